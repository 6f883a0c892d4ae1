// XEP-0166: what comes by iq.
#include <algorithm>

#include "xmpp-component/jingle/call.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {

using model::Reason;
using stanza::Jingle;
using stanza::JingleAction;

namespace {

const gloox::Tag* jingle_of(const gloox::Tag& iq) {
  return stanza::child_of(iq, "jingle", stanza::jingle_namespace);
}

bool is_iq_set(const gloox::Tag& stanza) {
  return stanza.name() == "iq" && stanza.findAttribute("type") == "set";
}

/// The peer has no such session (any more).
bool says_unknown(const gloox::Tag& iq) {
  const gloox::Tag* error = iq.findChild("error");
  return error != nullptr &&
         (error->findChild("item-not-found") != nullptr || error->findChild("unknown-session") != nullptr);
}

}  // namespace

bool Calls::concerns(const gloox::Tag& stanza) {
  if (is_iq_set(stanza)) return jingle_of(stanza) != nullptr;
  return stanza.name() == "message" && stanza.findChild("body") == nullptr &&
         stanza::read_call_message(stanza).has_value();
}

Outcome Calls::handle_iq(const gloox::Tag& iq, Time now) {
  Outcome out;
  const gloox::Tag* tag = jingle_of(iq);
  const auto from = Address::parse(iq.findAttribute("from"));
  const auto to = Address::parse(iq.findAttribute("to"));
  const auto jingle = tag == nullptr ? model::refuse(Reason::bad_request) : stanza::read_jingle(*tag);
  if (!from || !to || !jingle) {
    out.error = iq_error(IqError::bad_request);
    return out;
  }
  const Key key{to->bare(), *from, jingle->sid};
  Call* call = find(key);
  const bool has_session = call != nullptr && call->has_session();
  const bool initiates = jingle->action == JingleAction::session_initiate;
  const bool late_goodbye = jingle->action == JingleAction::session_terminate && ended_.contains(key);
  if (!has_session && !initiates && !late_goodbye) {
    out.error = iq_error(IqError::unknown_session);
    return out;
  }
  if (has_session) {
    on_action(*call, *jingle, now, out);
  } else if (initiates) {
    on_initiate(*jingle, key, *to, now, out);
  }
  return out;
}

Outcome Calls::handle_answer(const LegId& leg, const gloox::Tag& answer, Time now) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || answer.findAttribute("type") != "error") return out;
  if (call->state == State::initiated || says_unknown(answer)) lose(*call, Reason::connectivity, now, out);
  return out;
}

void Calls::on_initiate(const Jingle& jingle, const Key& key, const Address& contact, Time now, Outcome& out) {
  if (find(key) == nullptr) {
    Call fresh{.leg = names_.new_leg_id(), .conference = ConferenceId(key.contact.node())};
    fresh.contact = contact.is_bare() ? contact.with_resource(resource_) : contact;
    fresh.peer = key.peer;
    fresh.sid = key.sid;
    const bool crowded = too_many(key.peer);
    Call& added = add(std::move(fresh));
    if (crowded) return turn_down(added, {Reason::busy}, now, out);
  }
  Call& call = *find(key);
  if (call.we == Party::initiator) return;  // their sid would be ours
  call.state = State::offered;
  call.since = now;
  const bool foreign = std::ranges::any_of(jingle.contents, &stanza::Content::foreign);
  if (foreign) return turn_down(call, {Reason::no_common_codec, "not a call"}, now, out);
  auto theirs = describe(jingle, Party::initiator);
  if (!theirs) return turn_down(call, theirs.error(), now, out);
  call.theirs = std::move(*theirs);
  call.grouped = !jingle.bundle.empty();
  for (const stanza::Content& content : jingle.contents) call.creators[content.name] = content.creator;
  out.events.push_back(
      Offered{call.leg, call.peer, call.conference, call.theirs, call.announced, write_signalling(call)});
}

void Calls::turn_down(Call& call, const model::Refusal& refusal, Time now, Outcome& out) {
  call.state = State::offered;
  say_goodbye(call, to_jingle(refusal), out);
  out.events.push_back(Unusable{call.leg, call.peer, call.conference, refusal});
  forget(call, now);
}

void Calls::on_action(Call& call, const Jingle& jingle, Time now, Outcome& out) {
  switch (jingle.action) {
    case JingleAction::session_accept:
      return on_accept(call, jingle, now, out);
    case JingleAction::session_terminate:
      return lose(call, to_model(jingle.reason), now, out);
    case JingleAction::transport_info:
      return on_transport_info(call, jingle, out);
    case JingleAction::content_add:
      return on_content_add(call, jingle, out);
    case JingleAction::content_modify:
      return on_content_modify(call, jingle, out);
    case JingleAction::content_remove:
      return on_content_remove(call, jingle, now, out);
    case JingleAction::session_info:
      return on_session_info(call, jingle, out);
    case JingleAction::session_initiate:  // the same again
    case JingleAction::content_accept:    // answers to what we never ask (JC-41)
    case JingleAction::content_reject:
    case JingleAction::transport_accept:
    case JingleAction::transport_reject:
    case JingleAction::transport_replace:
    case JingleAction::description_info:
    case JingleAction::security_info:
      return;
  }
  __builtin_unreachable();
}

void Calls::on_accept(Call& call, const Jingle& jingle, Time now, Outcome& out) {
  if (call.state != State::initiated) return;
  auto theirs = describe(jingle, Party::responder);
  if (!theirs) {
    say_goodbye(call, to_jingle(theirs.error()), out);
    return lose(call, theirs.error().reason, now, out);
  }
  call.theirs = std::move(*theirs);
  call.grouped = !jingle.bundle.empty();
  out.events.push_back(Accepted{call.leg, call.theirs, write_signalling(call)});
  become_active(call, out);
}

void Calls::on_session_info(Call& call, const Jingle& jingle, Outcome& out) {
  using Info = stanza::SessionInfo::Kind;
  const auto before = std::pair(call.muted, call.held);
  for (const stanza::SessionInfo& info : jingle.infos) {
    const std::vector<std::string> about =
        info.name.empty() ? mids_of(call.theirs) : std::vector<std::string>{info.name};
    if (info.kind == Info::ringing && call.state == State::initiated) {
      out.events.push_back(Ringing{call.leg, call.peer});
    } else if (info.kind == Info::hold) {
      call.held = true;
    } else if (info.kind == Info::unhold || info.kind == Info::active) {
      call.held = false;
    }
    for (const std::string& mid : about) {
      if (info.kind == Info::mute && find_media(call.theirs, mid) != nullptr) call.muted.insert(mid);
      if (info.kind == Info::unmute) call.muted.erase(mid);
    }
  }
  if (before == std::pair(call.muted, call.held)) return;
  Muted muted{call.leg, call.held, call.held};
  for (const model::Media& media : call.theirs.media) {
    if (!call.muted.contains(media.mid)) continue;
    (media.kind == model::MediaKind::audio ? muted.audio : muted.video) = true;
  }
  out.events.emplace_back(muted);
}

}  // namespace rollcall::component::jingle
