#include "xmpp-component/jabber_door.h"

#include <utility>
#include <variant>

#include "allocator/words/words.h"
#include "xmpp-component/fresh.h"
#include "xmpp-component/stanza/stanza_error.h"
#include "xmpp-component/stream/iq_request.h"

namespace rollcall::component {
namespace {

using model::Reason;

jingle::Time now() {
  return std::chrono::steady_clock::now();
}

/// Reasons that the person at the other end knows already, because he caused them.
bool needs_words(Reason reason) {
  return reason != Reason::cancelled && reason != Reason::hung_up && reason != Reason::already_in_call;
}

}  // namespace

JabberDoor::JabberDoor(Outside outside, const Settings& settings)
    : outside_(std::move(outside)),
      call_invites_(settings.call_invites),
      calls_({.new_leg_id = fresh_leg_id, .new_uuid = fresh_uuid}, settings.rings_for) {
  // Gajim 1.7 leaves its window of the call open, ringing, at any other end (JC-47).
  calls_.set_declines_only([this](const model::Address& device) { return client_of(device) == "Gajim"; });
}

bool JabberDoor::take_message(const gloox::Tag& message) {
  if (!calls_.concerns(message) && !calls_.is_bounce(message)) return false;
  perform(calls_.handle_message(message, now()));
  return true;
}

bool JabberDoor::take_iq(stream::IqRequest& request) {
  if (!calls_.concerns(request.iq())) return false;
  if (turn_away(request)) return true;
  jingle::Outcome outcome = calls_.handle_iq(request.iq(), now());
  if (outcome.error) {
    request.error(std::move(outcome.error));
  } else {
    request.result();
  }
  perform(std::move(outcome));
  return true;
}

bool JabberDoor::turn_away(stream::IqRequest& request) {
  const auto to = model::Address::parse(request.to());
  const bool is_start =
      request.payload() != nullptr && request.payload()->findAttribute("action") == "session-initiate";
  if (!to || !is_start || outside_.exists(model::ConferenceId(to->node()))) return false;
  const model::Refusal refusal{Reason::unknown_conference, to->node()};
  const auto from = model::Address::parse(request.from()).value_or(model::Address{});
  request.error(stanza::write_error(refusal, words::explain(refusal, outside_.language(from))));
  return true;
}

bool JabberDoor::restore(const model::Participant& participant) {
  if (!calls_.restore(participant.leg, participant.conference, participant.signalling)) return false;
  callers_[participant.leg] = {participant.address, participant.conference};
  return true;
}

void JabberDoor::carry_out(const rules::Admit& effect) {
  if (const auto caller = callers_.find(effect.call.leg); caller != callers_.end()) {
    outside_.show_presence(caller->second.conference, caller->second.address);
  }
  perform(calls_.admit(effect.call.leg, now()));
}

void JabberDoor::carry_out(const rules::Accept& effect) {
  perform(calls_.accept(effect.call.leg, effect.description, now()));
}

void JabberDoor::carry_out(const rules::AcceptChange& effect) {
  const auto caller = callers_.find(effect.call.leg);
  if (caller != callers_.end() && client_of(caller->second.address) == "Movim") {
    calls_.set_upgrade_answer(effect.call.leg, jingle::UpgradeAnswer::session_accept);
  }
  perform(calls_.changed(effect.call.leg, effect.description));
}

std::string JabberDoor::client_of(const model::Address& device) const {
  for (const presence::Device& known : outside_.devices(device.bare())) {
    if (known.address == device && known.abilities) return known.abilities->name;
  }
  return {};
}

void JabberDoor::carry_out(const rules::RefuseChange& effect) {
  perform(calls_.refuse_change(effect.call.leg, effect.refusal));
}

void JabberDoor::carry_out(const rules::RefuseCall& effect) {
  perform(calls_.refuse(effect.call.leg, effect.refusal, now(),
                        words::explain(effect.refusal, language_of(effect.call.leg))));
  rung_.erase(effect.call.leg);
  const auto caller = callers_.extract(effect.call.leg);
  if (caller.empty() || !needs_words(effect.refusal.reason)) return;
  outside_.explain(caller.mapped().conference, caller.mapped().address, effect.refusal);
}

void JabberDoor::carry_out(const rules::EndCall& effect) {
  perform(calls_.end(effect.call.leg, effect.reason, now(),
                     words::explain({effect.reason, {}}, language_of(effect.call.leg))));
  callers_.erase(effect.call.leg);
  rung_.erase(effect.call.leg);
}

void JabberDoor::add_candidate(const model::LegId& leg, const std::string& mid, const model::IceCandidate& candidate) {
  perform(calls_.add_candidate(leg, mid, candidate));
}

words::Language JabberDoor::language_of(const model::LegId& leg) const {
  const auto caller = callers_.find(leg);
  return caller == callers_.end() ? words::Language::english : outside_.language(caller->second.address);
}

void JabberDoor::perform(jingle::Outcome outcome) {
  for (jingle::Stanza& stanza : outcome.stanzas) send(std::move(stanza));
  for (const jingle::Event& event : outcome.events) tell(event);
}

void JabberDoor::send(jingle::Stanza stanza) {
  if (stanza.answer_for.empty()) return outside_.send(*stanza.tag);
  outside_.ask(std::move(stanza.tag), [this, leg = stanza.answer_for](const gloox::Tag& answer) {
    perform(calls_.handle_answer(leg, answer, now()));
  });
}

void JabberDoor::tell(const jingle::Event& event) {
  struct Teller {
    JabberDoor& door;
    void operator()(const jingle::Proposed& it) const {
      door.callers_[it.leg] = {it.from, it.conference};
      door.outside_.happens(rules::Proposed{it.leg, it.conference, it.from, it.video});
    }
    void operator()(const jingle::Offered& it) const {
      door.callers_[it.leg] = {it.from, it.conference};
      door.outside_.happens(rules::Offered{.leg = it.leg,
                                           .conference = it.conference,
                                           .from = it.from,
                                           .offer = it.description,
                                           .signalling = it.signalling});
    }
    void operator()(const jingle::Unusable& it) const {
      door.callers_.erase(it.leg);
      door.outside_.explain(it.conference, it.from, it.refusal);
      door.outside_.happens(rules::HungUp{it.leg, it.refusal.reason});
    }
    void operator()(const jingle::Candidate& it) const { door.outside_.candidate(it.leg, it.mid, it.candidate); }
    void operator()(const jingle::Changed& it) const { door.outside_.happens(rules::Changed{it.leg, it.description}); }
    void operator()(const jingle::Muted& it) const { door.outside_.happens(rules::Muted{it.leg, it.audio, it.video}); }
    void operator()(const jingle::Ended& it) const {
      door.callers_.erase(it.leg);
      door.ring_ended(it.leg, it.reason);
    }
    void operator()(const jingle::Ringing& /*it*/) const {}  // nothing changes: it rings until somebody answers
    void operator()(const jingle::PickedUp& it) const { door.pick_up(it.leg, it.from); }
    void operator()(const jingle::Accepted& it) const {
      door.rung_.erase(it.leg);
      door.outside_.happens(rules::AnswerCame{it.leg, it.description, it.signalling});
    }
  };
  std::visit(Teller{*this}, event);
}

}  // namespace rollcall::component
