// What the operator does at his desk. He needs nobody's right, and asks nobody.
#include "allocator/rules/interrupted.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {

using model::Reason;

Decision on(const OperatorEnds& event, State& state, model::Time now) {
  Decision decision;
  stop_ringing(state, event.conference, now, decision);
  for (const model::Participant* participant : participants_of(state, event.conference)) {
    leave(state, LegId(participant->leg), Reason::gone, Untold::both, now, decision);
  }
  give_up_interruption(state, event.conference, decision);
  return decision;
}

Decision on(const OperatorRemoves& event, State& state, model::Time now) {
  Decision decision;
  if (state.participants.contains(event.leg)) leave(state, event.leg, Reason::removed, Untold::both, now, decision);
  return decision;
}

Decision on(const OperatorDrains& event, State& state, model::Time /*now*/) {
  const auto found = state.mcus.find(event.mcu);
  if (found != state.mcus.end()) found->second.draining = event.on;
  return {};
}

}  // namespace rollcall::rules
