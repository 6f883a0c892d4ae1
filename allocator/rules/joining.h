#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// An MCU came, or one was given up: the calls that waited for that are placed, refused, or wait on.
void take_up_waiting(State& state, model::Time now, Decision& decision);

}  // namespace rollcall::rules
