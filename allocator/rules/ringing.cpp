// Calling people, instead of waiting for their call: from the first ring to our offer, and how it ends otherwise.
#include "allocator/rules/ringing.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "allocator/rules/endpoint_choice.h"
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
// The doors let it ring for less; what is older was never begun, because a write failed.
constexpr std::chrono::seconds longest_ring{120};

bool is_in_call(const State& state, const ConferenceId& conference, const Address& person) {
  return std::ranges::any_of(state.participants, [&](const auto& entry) {
    return entry.second.conference == conference && !entry.second.address.empty() &&
           entry.second.address.bare() == person.bare();
  });
}

void tell_inviter(const State& state, const Ring& ring, Reason reason, Decision& decision) {
  const auto conference = state.conferences.find(ring.conference);
  const auto news = news_of(reason);
  if (ring.inviter.empty() || !news || conference == state.conferences.end()) return;
  decision.effects.emplace_back(
      Tell{ring.inviter, ring.conference, Sentence{*news, {ring.person.text(), conference->second.title}}});
}

/// One of his own devices is about to join, or rings by a call without announcement (JC-28).
bool has_picked_up(const State& state, const RingKey& key) {
  return std::ranges::any_of(state.participants, [&](const auto& entry) {
    const model::Participant& one = entry.second;
    return one.door == model::Door::jabber && one.conference == key.first && one.address.bare() == key.second;
  });
}

/// What rings by telephone is not let go on for ever by us, if his side does.
constexpr std::chrono::seconds longest_turn{60};

void begin_turn(const State& state, Ring& ring, model::Time now, std::vector<Effect>& effects) {
  const Turn turn = std::move(ring.turns.front());
  ring.turns.erase(ring.turns.begin());
  ring.turn_ends = now + (ring.turns.empty() ? longest_turn : state.settings.next_mode);
  for (const model::Endpoint& endpoint : turn) {
    if (endpoint.mode == model::CommunicationMode::computer) {
      ring.computer = true;
      effects.emplace_back(RingPerson{ring.conference, ring.person});
    } else {
      ring.awaited.push_back(endpoint);
      effects.emplace_back(Reach{ring.conference, ring.person, ring.inviter, endpoint});
    }
  }
}

/// But for `winner`.
void stop(State& state, Ring& ring, const LegId& winner, model::Time now, Decision& decision) {
  if (ring.computer) decision.effects.emplace_back(StopRinging{ring.conference, ring.person});
  ring.computer = false;
  ring.awaited.clear();
  for (const LegId& leg : std::exchange(ring.legs, {})) {
    if (leg != winner) leave(state, leg, Reason::cancelled, Untold::both, now, decision);
  }
}

/// What is next, or the end.
void go_on(State& state, const RingKey& key, Reason reason, model::Time now, Decision& decision) {
  const auto found = state.rings.find(key);
  if (found == state.rings.end() || !found->second.is_silent()) return;
  if (!found->second.turns.empty()) return begin_turn(state, found->second, now, decision.effects);
  const Ring ring = found->second;
  state.rings.erase(found);
  if (reason == Reason::timeout) state.unanswered.insert_or_assign(key, now);
  tell_inviter(state, ring, reason, decision);
}

/// The person himself said so; no other of his telephones will make him say something else.
bool is_his_answer(Reason reason) {
  return reason == Reason::declined || reason == Reason::busy;
}

void over(State& state, const RingKey& key, Reason reason, bool is_final, model::Time now, Decision& decision) {
  const auto found = state.rings.find(key);
  if (found == state.rings.end()) return;
  if (is_final) {
    found->second.turns.clear();
    Ring ring = found->second;
    stop(state, ring, {}, now, decision);
    const auto again = state.rings.find(key);
    if (again != state.rings.end()) again->second = ring;
  }
  go_on(state, key, reason, now, decision);
}

}  // namespace

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
    case Reason::not_dialled:
    case Reason::dialled_enough:
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
    case Reason::wrong_pin:
    case Reason::modes_at_server:
    case Reason::internal:
      return std::nullopt;
  }
  __builtin_unreachable();
}

bool ring(State& state, const model::Conference& conference, const Address& person, const Address& inviter,
          std::optional<model::CommunicationMode> wanted, model::Time now, std::vector<Effect>& effects) {
  if (!state.settings.ring) return true;
  const RingKey key{conference.id, person.bare()};
  if (state.rings.contains(key) || is_in_call(state, conference.id, person)) return true;
  const auto before = state.unanswered.find(key);
  const bool was_lately = before != state.unanswered.end() && now - before->second < quiet_after_no_answer;
  if (was_lately && !wanted) return true;
  Ring ring{.conference = conference.id,
            .person = person.bare(),
            .inviter = inviter.bare(),
            .since = now,
            .turns = turns_for(state, person, inviter, wanted, now)};
  if (ring.turns.empty()) return false;
  begin_turn(state, ring, now, effects);
  state.rings.emplace(key, std::move(ring));
  return true;
}

void stop_ringing(State& state, const ConferenceId& conference, model::Time now, Decision& decision) {
  std::vector<Ring> rings;
  std::erase_if(state.rings, [&](const auto& entry) {
    if (entry.first.first != conference) return false;
    rings.push_back(entry.second);
    return true;
  });
  for (Ring& ring : rings) stop(state, ring, {}, now, decision);
}

void end_ring(State& state, const ConferenceId& conference, const Address& person, const LegId& leg, Reason reason,
              model::Time now, Decision& decision) {
  const RingKey key{conference, person.bare()};
  const auto found = state.rings.find(key);
  if (found == state.rings.end()) return;
  const bool was_telephone = found->second.legs.erase(leg) > 0;
  if (!was_telephone) found->second.computer = false;
  // A busy telephone says nothing of the person; a busy computer is his other call.
  over(state, key, reason, was_telephone ? reason == Reason::declined : is_his_answer(reason), now, decision);
}

void endpoint_is_over(State& state, const Reach& reach, const LegId& leg, Reason reason, model::Time now,
                      Decision& decision) {
  const RingKey key{reach.conference, reach.person.bare()};
  const auto found = state.rings.find(key);
  if (found == state.rings.end()) return;
  if (leg.empty()) std::erase(found->second.awaited, reach.endpoint);
  found->second.legs.erase(leg);
  over(state, key, reason, reason == Reason::declined, now, decision);
}

void answered(State& state, const ConferenceId& conference, const Address& person, const LegId& winner, model::Time now,
              Decision& decision) {
  if (person.empty()) return;
  auto found = state.rings.extract(RingKey{conference, person.bare()});
  if (found.empty()) return;
  Ring& ring = found.mapped();
  // His device itself has picked up: it does not ring any more, and his others are told by its door.
  if (!winner.empty() && !ring.legs.contains(winner)) ring.computer = false;
  stop(state, ring, winner, now, decision);
}

bool is_awaited(const State& state, const Reach& reach) {
  const auto found = state.rings.find({reach.conference, reach.person.bare()});
  return found != state.rings.end() && std::ranges::count(found->second.awaited, reach.endpoint) > 0;
}

void has_begun(State& state, const Reach& reach, const LegId& leg) {
  const auto found = state.rings.find({reach.conference, reach.person.bare()});
  if (found == state.rings.end()) return;
  std::erase(found->second.awaited, reach.endpoint);
  found->second.legs.insert(leg);
}

Decision on(const RingEnded& event, State& state, model::Time now) {
  Decision decision;
  end_ring(state, event.conference, event.person, {}, event.reason, now, decision);
  return decision;
}

Decision on(const PickedUp& event, State& state, model::Time now) {
  Decision decision;
  place_picked_up(state, event, now, decision);
  return decision;
}

Decision on(const AnswerCame& event, State& state, model::Time now) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::dialled) return decision;
  participant->state = LegState::answered;
  participant->signalling = event.signalling;
  participant->video = model::has_video(event.description);
  // A call that is paid for begins here; others began when they were placed.
  if (!participant->charged_to.empty()) participant->since = now;
  decision.writes.emplace_back(SaveLeg{*participant});
  decision.effects.emplace_back(AnswerLeg{participant->mcu, event.leg, event.description});
  answered(state, ConferenceId(participant->conference), Address(participant->address), event.leg, now, decision);
  return decision;
}

Decision on(const McuRefusedAnswer& event, State& state, model::Time now) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::answered) return decision;
  leave(state, event.leg, event.refusal.reason, Untold::both, now, decision);
  return decision;
}

void advance_rings(State& state, model::Time now, Decision& decision) {
  std::erase_if(state.rings, [&](const auto& entry) {
    const Ring& ring = entry.second;
    return ring.turns.empty() && ring.legs.empty() && now - ring.turn_ends >= longest_ring - longest_turn;
  });
  std::erase_if(state.unanswered, [&](const auto& entry) { return now - entry.second >= quiet_after_no_answer; });
  std::vector<RingKey> due;
  for (auto& [key, ring] : state.rings) {
    if (ring.computer && has_picked_up(state, key)) continue;  // his door says how that ends
    std::erase_if(ring.legs, [&](const LegId& leg) { return !state.participants.contains(leg); });
    const bool goes_on_anyhow = ring.turns.empty() && ring.legs.empty() && !ring.is_silent();
    if (ring.is_silent() || (ring.turn_ends <= now && !goes_on_anyhow)) due.push_back(key);
  }
  for (const RingKey& key : due) {
    Ring ring = state.rings.at(key);
    stop(state, ring, {}, now, decision);
    state.rings.insert_or_assign(key, std::move(ring));
    go_on(state, key, Reason::timeout, now, decision);
  }
}

}  // namespace rollcall::rules
