// MCU workers and doors come and go; what they hold and what we hold is brought together.
#include <algorithm>
#include <chrono>
#include <set>

#include "allocator/rules/interrupted.h"
#include "allocator/rules/joining.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/peers.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::LegState;
using model::Phrase;
using model::Reason;
using model::Sentence;

// A worker whose connection broke, and not its process, dials again within a second or two.
constexpr std::chrono::seconds grace_after_loss{3};

bool should_be_held(const model::Participant& participant) {
  return participant.state == LegState::dialled || participant.state == LegState::answered ||
         participant.state == LegState::connected;
}

void drop_what_we_do_not_know(const McuUp& event, const State& state, Decision& decision) {
  for (const auto& [id, legs] : event.held) {
    const auto conference = state.conferences.find(id);
    if (conference == state.conferences.end() || conference->second.mcu != event.mcu) {
      decision.effects.emplace_back(DestroyConference{event.mcu, id});
      continue;
    }
    for (const LegId& leg : legs) {
      if (!state.participants.contains(leg)) decision.effects.emplace_back(DestroyLeg{event.mcu, leg});
    }
  }
}

/// After our own restart the store does not know where a conference runs; the worker does.
void believe_where_it_runs(const McuUp& event, State& state) {
  for (const auto& [id, legs] : event.held) {
    model::Conference* conference = find_conference(state, id);
    if (conference != nullptr && !conference->mcu) conference->mcu = event.mcu;
  }
}

}  // namespace

void lose_legs(State& state, const std::set<LegId>& lost, model::Time now, Decision& decision) {
  note_interruption(state, lost, now, decision);
  for (const LegId& leg : lost) {
    const model::Participant participant = state.participants.at(leg);
    leave(state, leg, Reason::connectivity, Untold::door, now, decision);
    const model::Conference* conference = find_conference(state, participant.conference);
    if (participant.address.empty() || conference == nullptr) continue;
    decision.effects.emplace_back(
        Tell{participant.address, conference->id, Sentence{Phrase::media_server_lost, {conference->title}}});
    // In his quiet hours too: he was in the call a moment ago, and it is we who dropped him.
    const bool was_dialled = !participant.charged_to.empty();
    ring(state, *conference, participant.address, participant.charged_to,
         was_dialled ? std::optional(participant.endpoint.mode) : std::nullopt, now, decision.effects);
  }
}

Decision on(const McuUp& event, State& state, model::Time now) {
  Decision decision;
  Mcu& mcu = state.mcus[event.mcu];
  mcu = {.capacity_units = event.capacity_units,
         .up = true,
         .host = event.host,
         .costs = event.costs,
         .draining = mcu.draining};
  believe_where_it_runs(event, state);
  drop_what_we_do_not_know(event, state, decision);

  std::set<LegId> held;
  for (const auto& [id, legs] : event.held) held.insert(legs.begin(), legs.end());
  std::set<LegId> lost;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.mcu == event.mcu && should_be_held(participant) && !held.contains(leg)) lost.insert(leg);
  }
  lose_legs(state, lost, now, decision);

  // A conference that waits for its first caller is only a promise of ours; the new process has not heard of it.
  for (auto& [id, conference] : state.conferences) {
    const bool is_held = std::ranges::any_of(event.held, [&](const auto& entry) { return entry.first == id; });
    if (conference.mcu == event.mcu && !is_held) conference.mcu.reset();
  }
  take_up_waiting(state, now, decision);
  return decision;
}

Decision on(const McuLoaded& event, State& state, model::Time /*now*/) {
  const auto found = state.mcus.find(event.mcu);
  if (found != state.mcus.end()) {
    found->second.further_units = std::max(0.0, event.used_units - used_units(state, event.mcu));
    found->second.is_shedding = event.is_shedding;
  }
  return {};
}

Decision on(const McuDown& event, State& state, model::Time now) {
  const auto found = state.mcus.find(event.mcu);
  if (found != state.mcus.end()) {
    found->second.up = false;
    found->second.deadline = now + grace_after_loss;
  }
  return {};
}

namespace {

/// A SIP door keeps its dialogs only while it runs; a browser's page calls again by itself.
void end_what_door_lost(const DoorUp& event, State& state, model::Time now, Decision& decision) {
  const std::set<LegId> held(event.calls.begin(), event.calls.end());
  std::set<LegId> lost;
  for (const auto& [leg, participant] : state.participants) {
    const bool is_at_door = participant.door == model::Door::sip && participant.door_peer == event.door;
    if (is_at_door && should_be_held(participant) && !held.contains(leg)) lost.insert(leg);
  }
  for (const LegId& leg : lost) {
    const model::Participant participant = state.participants.at(leg);
    leave(state, leg, Reason::connectivity, Untold::mcu, now, decision);
    if (participant.called && !participant.address.empty()) {
      end_ring(state, participant.conference, participant.address, leg, Reason::connectivity, now, decision);
    }
  }
}

}  // namespace

Decision on(const DoorUp& event, State& state, model::Time now) {
  Decision decision;
  if (event.kind == model::Door::sip) end_what_door_lost(event, state, now, decision);
  for (const LegId& leg : event.calls) {
    if (!state.participants.contains(leg)) {
      decision.effects.emplace_back(EndCall{{leg, event.kind, event.door}, Reason::gone});
    }
  }
  return decision;
}

Decision on(const DoorDown& event, State& state, model::Time /*now*/) {
  state.gateways.erase(event.door);
  return {};
}

}  // namespace rollcall::rules
