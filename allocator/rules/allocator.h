#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/event.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// The allocator of the claims: takes requests, decides who is in which conference on which MCU. One per process,
/// owned by it; loop thread. Pure: all that happens comes in as an event with its time, all that is to be done goes
/// out as a decision.
class Allocator {
 public:
  /// With what the store held. Its legs are kept for `grace` until their MCUs have said whether they still have them.
  Allocator(State state, model::Time now);

  [[nodiscard]] Decision handle(const Event& event, model::Time now);

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const model::Conference* conference(const model::ConferenceId& id) const;
  [[nodiscard]] const model::Participant* participant(const model::LegId& leg) const;
  /// What the contact's presence says now; of an unknown conference: nothing.
  [[nodiscard]] model::PresenceIndicator indicator(const model::ConferenceId& id) const;

 private:
  State state_;
};

}  // namespace rollcall::rules
