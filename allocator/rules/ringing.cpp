// Calling people, instead of waiting for their call: from the first ring to our offer, and how it ends otherwise.
#include "allocator/rules/ringing.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "allocator/rules/joining.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::LegState;
using model::Phrase;
using model::Reason;
using model::Sentence;

// JC-25: who let it ring is left alone for a while.
constexpr std::chrono::seconds quiet_after_no_answer{60};
// The door lets it ring for 30 s; what is older was never begun, because a write failed.
constexpr std::chrono::seconds longest_ring{120};

bool is_in_call(const State& state, const ConferenceId& conference, const Address& person) {
  return std::ranges::any_of(state.participants, [&](const auto& entry) {
    return entry.second.conference == conference && !entry.second.address.empty() &&
           entry.second.address.bare() == person.bare();
  });
}

/// What the inviter is told; nothing where he sees it for himself or where it was not the person's doing.
std::optional<Phrase> news_of(Reason reason) {
  switch (reason) {
    case Reason::declined:
      return Phrase::ring_declined;
    case Reason::busy:
      return Phrase::ring_busy;
    case Reason::timeout:
      return Phrase::ring_unanswered;
    case Reason::connectivity:
    case Reason::unreachable:
    case Reason::no_common_codec:
    case Reason::no_security:
    case Reason::bad_request:
      return Phrase::ring_failed;
    case Reason::bad_address:
    case Reason::own_address:
    case Reason::unknown_conference:
    case Reason::unknown_leg:
    case Reason::unknown_method:
    case Reason::name_taken:
    case Reason::not_allowed:
    case Reason::link_forged:
    case Reason::link_expired:
    case Reason::no_media_server:
    case Reason::full:
    case Reason::already_in_call:
    case Reason::gone:
    case Reason::cancelled:
    case Reason::hung_up:
    case Reason::locked:
    case Reason::members_only:
    case Reason::moderators_only:
    case Reason::owner_only:
    case Reason::removed:
    case Reason::too_fast:
    case Reason::unknown_person:
    case Reason::ambiguous_person:
    case Reason::not_stored:
    case Reason::internal:
      return std::nullopt;
  }
  __builtin_unreachable();
}

void tell_inviter(const State& state, const Ring& ring, Reason reason, Decision& decision) {
  const auto conference = state.conferences.find(ring.conference);
  const auto news = news_of(reason);
  if (ring.inviter.empty() || !news || conference == state.conferences.end()) return;
  decision.effects.emplace_back(
      Tell{ring.inviter, ring.conference, Sentence{*news, {ring.person.text(), conference->second.title}}});
}

}  // namespace

void ring(State& state, const model::Conference& conference, const Address& person, const Address& inviter,
          model::Time now, std::vector<Effect>& effects) {
  if (!state.settings.ring) return;
  const RingKey key{conference.id, person.bare()};
  if (state.rings.contains(key) || is_in_call(state, conference.id, person)) return;
  const auto before = state.unanswered.find(key);
  if (before != state.unanswered.end() && now - before->second < quiet_after_no_answer) return;
  state.rings.emplace(key, Ring{conference.id, person.bare(), inviter.bare(), now});
  effects.emplace_back(RingPerson{conference.id, person.bare()});
}

void stop_ringing(State& state, const ConferenceId& conference, Decision& decision) {
  std::erase_if(state.rings, [&](const auto& entry) {
    if (entry.first.first != conference) return false;
    decision.effects.emplace_back(StopRinging{conference, entry.first.second});
    return true;
  });
}

void end_ring(State& state, const ConferenceId& conference, const Address& person, Reason reason, model::Time now,
              Decision& decision) {
  const auto ring = state.rings.extract(RingKey{conference, person.bare()});
  if (ring.empty()) return;
  if (reason == Reason::timeout) state.unanswered.insert_or_assign(ring.key(), now);
  tell_inviter(state, ring.mapped(), reason, decision);
}

Decision on(const RingEnded& event, State& state, model::Time now) {
  Decision decision;
  end_ring(state, event.conference, event.person, event.reason, now, decision);
  return decision;
}

Decision on(const PickedUp& event, State& state, model::Time now) {
  Decision decision;
  place_picked_up(state, event, now, decision);
  return decision;
}

Decision on(const AnswerCame& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::dialled) return decision;
  participant->state = LegState::answered;
  participant->signalling = event.signalling;
  participant->video = model::has_video(event.description);
  state.rings.erase({participant->conference, participant->address.bare()});
  decision.writes.emplace_back(SaveLeg{*participant});
  decision.effects.emplace_back(AnswerLeg{participant->mcu, event.leg, event.description});
  return decision;
}

Decision on(const McuRefusedAnswer& event, State& state, model::Time now) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::answered) return decision;
  leave(state, event.leg, event.refusal.reason, Untold::both, now, decision);
  return decision;
}

void forget_old_rings(State& state, model::Time now) {
  std::erase_if(state.rings, [&](const auto& entry) { return now - entry.second.since >= longest_ring; });
  std::erase_if(state.unanswered, [&](const auto& entry) { return now - entry.second >= quiet_after_no_answer; });
}

}  // namespace rollcall::rules
