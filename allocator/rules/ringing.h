#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Begins to ring a person's devices, unless he is in the call, rings already, or did not answer within the last
/// minute. `inviter` (bare) is told how it ends; empty: nobody is.
void ring(State& state, const model::Conference& conference, const Address& person, const Address& inviter,
          model::Time now, std::vector<Effect>& effects);

/// It came to an end before the person was in the call: the inviter is told, where it concerns him.
void end_ring(State& state, const ConferenceId& conference, const Address& person, model::Reason reason,
              model::Time now, Decision& decision);

/// Once in a while.
void forget_old_rings(State& state, model::Time now);

/// Nobody rings for this conference any more.
void stop_ringing(State& state, const ConferenceId& conference, Decision& decision);

}  // namespace rollcall::rules
