#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What a moderator wishes for the picture or for somebody's sound. While the call runs its MCU is asked, and he is
/// answered when it has answered; before the call it is kept for it.
[[nodiscard]] Decision order(const Asked& question, const Wish& wish, State& state);

}  // namespace rollcall::rules
