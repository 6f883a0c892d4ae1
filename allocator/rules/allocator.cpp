#include "allocator/rules/allocator.h"

#include <chrono>
#include <utility>
#include <variant>

#include "allocator/rules/indicator.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

// An MCU that lost us dials again after at most 30 s and a little.
constexpr std::chrono::seconds grace_after_start{45};

}  // namespace

Allocator::Allocator(State state, model::Time now) : state_(std::move(state)) {
  const Mcu expected{.up = false, .deadline = now + grace_after_start};
  for (const auto& [leg, participant] : state_.participants) state_.mcus.try_emplace(participant.mcu, expected);
  for (const auto& [id, conference] : state_.conferences) {
    if (conference.mcu) state_.mcus.try_emplace(*conference.mcu, expected);
  }
}

Decision Allocator::handle(const Event& event, model::Time now) {
  return std::visit([&](const auto& happened) { return on(happened, state_, now); }, event);
}

const model::Conference* Allocator::conference(const model::ConferenceId& id) const {
  const auto found = state_.conferences.find(id);
  return found == state_.conferences.end() ? nullptr : &found->second;
}

model::PresenceIndicator Allocator::indicator(const model::ConferenceId& id) const {
  const model::Conference* known = conference(id);
  return known == nullptr ? model::PresenceIndicator{} : indicator_of(state_, *known);
}

const model::Participant* Allocator::participant(const model::LegId& leg) const {
  const auto found = state_.participants.find(leg);
  return found == state_.participants.end() ? nullptr : &found->second;
}

}  // namespace rollcall::rules
