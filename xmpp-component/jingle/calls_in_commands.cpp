// What the layers above want of a call.
#include <algorithm>

#include "xmpp-component/jingle/call.h"
#include "xmpp-component/jingle/calls.h"
#include "xmpp-component/jingle/reason.h"

namespace rollcall::component::jingle {

using model::Direction;
using model::Reason;
using Kind = stanza::CallMessage::Kind;

namespace {

/// JC-24: Conversations takes any difference between what was proposed and what is offered for an attack.
bool equals_proposal(const Call& call, const model::MediaDescription& offer) {
  const auto has = [&](model::MediaKind kind) {
    return std::ranges::find(offer.media, kind, &model::Media::kind) != offer.media.end();
  };
  return has(model::MediaKind::audio) == call.audio && has(model::MediaKind::video) == call.video;
}

/// Dino says before its answer which way it wants a media (JC-43), and may say "both" in the answer all the same.
Direction narrowed(Direction direction, Direction wanted) {
  const auto sends = [](Direction d) { return d == Direction::sendrecv || d == Direction::sendonly; };
  const auto receives = [](Direction d) { return d == Direction::sendrecv || d == Direction::recvonly; };
  const bool send = sends(direction) && sends(wanted);
  const bool receive = receives(direction) && receives(wanted);
  if (send) return receive ? Direction::sendrecv : Direction::sendonly;
  return receive ? Direction::recvonly : Direction::inactive;
}

bool apply_modified(Call& call) {
  bool changed = false;
  for (const auto& [mid, senders] : call.modified) {
    model::Media* media = find_media(call.theirs, mid);
    if (media == nullptr) continue;
    const Direction direction = narrowed(media->direction, direction_of(senders, call.they()));
    changed |= media->direction != direction;
    media->direction = direction;
  }
  call.modified.clear();
  return changed;
}

}  // namespace

Outcome Calls::admit(const LegId& leg, Time now) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || call->state != State::proposed) return out;
  call->state = State::proceeding;
  call->since = now;
  if (call->receipt) {
    out.stanzas.push_back(
        {stanza::write_receipt(call->propose_id, call->contact.text(), call->peer.text(), names_.new_uuid())});
  }
  send(*call, stanza::CallMessage{.kind = Kind::ringing}, out);
  send(*call, stanza::CallMessage{.kind = Kind::proceed}, out);
  return out;
}

Outcome Calls::refuse(const LegId& leg, const model::Refusal& refusal, Time now, std::string_view text) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr) return out;
  say_goodbye(*call, to_jingle(refusal, text), out);
  forget(*call, now);
  return out;
}

Outcome Calls::end(const LegId& leg, Reason reason, Time now, std::string_view text) {
  return refuse(leg, {reason}, now, text);
}

Outcome Calls::accept(const LegId& leg, const model::MediaDescription& answer, Time now) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || call->state != State::offered) return out;
  call->ours = answer;
  call->since = now;
  out.stanzas.push_back({iq_set(*call, session_accept(*call), names_.new_uuid()), leg});
  become_active(*call, out);
  return out;
}

void Calls::become_active(Call& call, Outcome& out) {
  call.state = State::active;
  for (stanza::Content& content : call.unsent) {
    stanza::Jingle info{.action = stanza::JingleAction::transport_info, .sid = call.sid};
    info.contents.push_back(std::move(content));
    send(call, info, out);
  }
  call.unsent.clear();
  for (const Candidate& early : call.early) tell_candidate(call, early.mid, early.candidate, out);
  call.early.clear();
  if (!apply_modified(call)) return;
  call.pending.push_back({});
  out.events.push_back(Changed{call.leg, call.theirs});
}

Outcome Calls::ring(const LegId& leg, const ConferenceId& conference, const Address& contact, const Address& person,
                    bool video, Time now, bool by_invite) {
  Outcome out;
  const auto in_call_with = [&](const auto& entry) {
    return entry.second->peer.bare() == person.bare() && entry.second->contact.bare() == contact.bare();
  };
  if (std::ranges::any_of(calls_, in_call_with)) {  // JC-23
    out.events.push_back(Ended{leg, Reason::already_in_call});
    return out;
  }
  Call call{.leg = leg, .conference = conference, .contact = contact.with_resource(resource_), .peer = person.bare()};
  call.sid = "~" + names_.new_uuid();  // JC-21
  call.state = State::ringing;
  call.since = now;
  call.we = Party::initiator;
  call.announced = true;
  call.audio = true;
  call.video = video;
  call.by_invite = by_invite;
  call.propose_id = by_invite ? call.sid : names_.new_uuid();
  const stanza::CallMessage propose{.kind = Kind::propose, .audio = true, .video = video};
  out.stanzas.push_back({jmi(call, propose, call.propose_id)});
  add(std::move(call));
  return out;
}

Outcome Calls::initiate(const LegId& leg, const model::MediaDescription& offer, Time now) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || call->state != State::picked_up) return out;
  if (!equals_proposal(*call, offer)) {
    say_goodbye(*call, to_jingle({Reason::internal, "offer is not what was proposed"}), out);
    lose(*call, Reason::internal, now, out);
    return out;
  }
  send_offer(*call, offer, now, out);
  return out;
}

Outcome Calls::call(const LegId& leg, const ConferenceId& conference, const Address& contact, const Address& device,
                    const model::MediaDescription& offer, Time now) {
  Outcome out;
  Call call{.leg = leg, .conference = conference, .contact = contact.with_resource(resource_), .peer = device};
  call.sid = "~" + names_.new_uuid();
  call.we = Party::initiator;
  send_offer(add(std::move(call)), offer, now, out);
  return out;
}

void Calls::send_offer(Call& call, const model::MediaDescription& offer, Time now, Outcome& out) {
  call.ours = offer;
  call.grouped = model::is_bundled(offer);
  call.state = State::initiated;
  call.since = now;
  for (const model::Media& media : offer.media) call.creators[media.mid] = Party::initiator;
  out.stanzas.push_back({iq_set(call, session_initiate(call), names_.new_uuid()), call.leg});
}

Outcome Calls::changed(const LegId& leg, const model::MediaDescription& ours) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || call->pending.empty()) return out;
  const PendingChange change = std::move(call->pending.front());
  call->pending.pop_front();
  call->ours = ours;
  switch (change.kind) {
    case PendingChange::Kind::direction:
      break;
    case PendingChange::Kind::ice_restart:
      send(*call, all_credentials(*call), out);
      break;
    case PendingChange::Kind::content_add:
      if (change.mids.empty()) break;  // withdrawn meanwhile
      send(
          *call,
          call->upgrade_answer == UpgradeAnswer::session_accept ? session_accept(*call) : content_accept(*call, change),
          out);
      break;
    case PendingChange::Kind::two_step_add:
      if (change.mids.empty()) break;
      send(*call, content_accept(*call, change), out);
      send(*call, content_modify_to_both(*call, change), out);
      break;
  }
  return out;
}

Outcome Calls::refuse_change(const LegId& leg, const model::Refusal& refusal) {
  Outcome out;
  Call* call = find(leg);
  if (call == nullptr || call->pending.empty()) return out;
  const PendingChange change = std::move(call->pending.front());
  call->pending.pop_front();
  const bool added =
      change.kind == PendingChange::Kind::content_add || change.kind == PendingChange::Kind::two_step_add;
  if (!added || change.mids.empty()) return out;
  // Dino cannot be told no (not-implemented): its picture just stays unseen.
  if (change.kind == PendingChange::Kind::content_add) {
    send(*call, content_reject(*call, change.mids, to_jingle(refusal)), out);
  }
  for (const std::string& mid : change.mids) remove_media(call->theirs, mid);
  return out;
}

Outcome Calls::add_candidate(const LegId& leg, const std::string& mid, const model::IceCandidate& candidate) {
  Outcome out;
  Call* call = find(leg);
  const model::Media* media = call == nullptr ? nullptr : find_media(call->ours, mid);
  if (media == nullptr) return out;
  const auto creator = call->creators.find(mid);
  stanza::Content whole =
      content_of(call->ours, *media, call->we, creator == call->creators.end() ? call->we : creator->second);
  stanza::Content content{.creator = whole.creator, .name = mid, .transport = std::move(whole.transport)};
  if (!content.transport) return out;
  content.transport->dtls.reset();
  content.transport->candidates = {candidate};  // JC-36: one content, one candidate, ufrag and password
  if (call->state != State::active) {
    call->unsent.push_back(std::move(content));
    return out;
  }
  stanza::Jingle info{.action = stanza::JingleAction::transport_info, .sid = call->sid};
  info.contents.push_back(std::move(content));
  send(*call, info, out);
  return out;
}

void Calls::set_upgrade_answer(const LegId& leg, UpgradeAnswer answer) {
  if (Call* call = find(leg); call != nullptr) call->upgrade_answer = answer;
}

}  // namespace rollcall::component::jingle
