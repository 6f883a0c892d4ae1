#pragma once

#include <set>

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Ends legs whose MCU has lost them, and tells the people why.
void lose_legs(State& state, const std::set<model::LegId>& lost, model::Time now, Decision& decision);

}  // namespace rollcall::rules
