#include "allocator/rules/indicator.h"

namespace rollcall::rules {

model::PresenceIndicator indicator_of(const State& state, const model::Conference& conference) {
  model::PresenceIndicator indicator{.title = conference.title};
  for (const model::Participant* participant : participants_of(state, conference.id)) {
    if (participant->state != model::LegState::connected) continue;
    indicator.names.push_back(participant->name);
    if (participant->stalled) indicator.stalled.push_back(participant->name);
  }
  indicator.running = !indicator.names.empty();
  return indicator;
}

Indicate indicate(const State& state, const model::Conference& conference) {
  return {conference.id, indicator_of(state, conference)};
}

}  // namespace rollcall::rules
