#pragma once

#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Digits by which telephones choose the conference, if it has none yet.
void give_number(const State& state, model::Conference& conference);

}  // namespace rollcall::rules
