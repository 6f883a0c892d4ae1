// XEP-0353: what comes by message.
#include <algorithm>

#include "xmpp-component/jingle/call.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {

using model::Reason;
using Kind = stanza::CallMessage::Kind;

namespace {

/// Kept somewhere on its way: whoever announced that call has given up long ago (Monal#1580).
bool is_late(const gloox::Tag& message) {
  return stanza::child_of(message, "delay", "urn:xmpp:delay") != nullptr;
}

Reason reason_of(const stanza::CallMessage& said) {
  if (said.tie_break) return Reason::cancelled;
  const Reason reason = said.reason ? to_model(said.reason) : Reason::declined;
  return reason == Reason::busy ? Reason::busy : Reason::declined;
}

}  // namespace

Outcome Calls::handle_message(const gloox::Tag& message, Time now) {
  Outcome out;
  const auto from = Address::parse(message.findAttribute("from"));
  const auto to = Address::parse(message.findAttribute("to"));
  const auto said = stanza::read_call_message(message);
  if (!from || !to) return out;
  if (message.findAttribute("type") == "error") {
    on_bounce(message, *from, now, out);
    return out;
  }
  if (!said) return out;
  const Key key{to->bare(), *from, said->sid};
  if (said->kind == Kind::propose) {
    if (!from->is_bare() && !is_late(message)) on_propose(message, *said, key, now, out);
  } else if (Call* call = find_ring(key.contact, *from, said->sid); call != nullptr) {
    on_ring_answer(*said, *call, *from, now, out);
  }
  return out;
}

void Calls::on_propose(const gloox::Tag& message, const stanza::CallMessage& said, const Key& key, Time now,
                       Outcome& out) {
  if (Call* known = find(key); known != nullptr) {
    // Said again after a reconnect: the answer may have been lost on the way.
    if (known->state == State::proceeding) send(*known, stanza::CallMessage{.kind = Kind::proceed}, out);
    return;
  }
  Call call{.leg = names_.new_leg_id(), .conference = ConferenceId(key.contact.node())};
  call.contact = key.contact.with_resource(resource_);
  call.peer = key.peer;
  call.sid = key.sid;
  call.since = now;
  call.announced = true;
  call.audio = said.audio;
  call.video = said.video;
  call.propose_id = message.findAttribute("id");
  call.receipt = stanza::wants_receipt(message) && !call.propose_id.empty();
  if (too_many(key.peer)) {
    say_goodbye(call, to_jingle({Reason::busy}), out);
    return;
  }
  yield_to(key.contact, key.peer, now, out);
  out.events.push_back(Proposed{call.leg, call.peer, call.conference, call.audio, call.video});
  add(std::move(call));
}

/// JC-22: who calls while we ring him, wins.
void Calls::yield_to(const Address& contact, const Address& person, Time now, Outcome& out) {
  Call* ring = nullptr;
  for (const auto& [_, call] : calls_) {
    if (call->state == State::ringing && call->peer == person.bare() && call->contact.bare() == contact) {
      ring = call.get();
    }
  }
  if (ring == nullptr) return;
  stanza::CallMessage retract{.kind = Kind::retract, .reason = stanza::JingleReason{stanza::Condition::expired}};
  retract.tie_break = true;
  send(*ring, retract, out);
  lose(*ring, Reason::cancelled, now, out);
}

void Calls::on_ring_answer(const stanza::CallMessage& said, Call& call, const Address& from, Time now, Outcome& out) {
  const bool ours = call.we == Party::initiator;
  const bool rings = ours && call.state == State::ringing;
  switch (said.kind) {
    case Kind::propose:
    case Kind::accept:  // among the person's own devices (JC-15)
      return;
    case Kind::ringing:
      if (rings && !from.is_bare()) out.events.push_back(Ringing{call.leg, from});
      return;
    case Kind::proceed:
      if (!rings || from.is_bare()) return;  // JC-26: a second proceed
      bind(call, from);
      call.state = State::picked_up;
      call.since = now;
      out.events.push_back(PickedUp{call.leg, from});
      return;
    case Kind::reject:
      if (ours && call.state != State::active) lose(call, reason_of(said), now, out);
      return;
    case Kind::retract:
      if (!ours && call.state != State::active) lose(call, Reason::cancelled, now, out);
      return;
    case Kind::finish:
      if (!rings) lose(call, to_model(said.reason), now, out);
      return;
  }
  __builtin_unreachable();
}

bool Calls::is_bounce(const gloox::Tag& message) const {
  if (message.name() != "message" || message.findAttribute("type") != "error") return false;
  const std::string& id = message.findAttribute("id");
  return !id.empty() && std::ranges::any_of(calls_, [&](const auto& entry) {
    return entry.second->state == State::ringing && entry.second->propose_id == id;
  });
}

/// JC-27: nobody there to ring.
void Calls::on_bounce(const gloox::Tag& message, const Address& from, Time now, Outcome& out) {
  const std::string& id = message.findAttribute("id");
  Call* bounced = nullptr;
  for (const auto& [_, call] : calls_) {
    const bool rings = call->state == State::ringing && call->propose_id == id;
    if (rings && (call->peer == from.bare() || call->peer.domain() == from.text())) bounced = call.get();
  }
  if (bounced != nullptr) lose(*bounced, Reason::connectivity, now, out);
}

}  // namespace rollcall::component::jingle
