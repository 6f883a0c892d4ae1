#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// SwitchRequested for the recording, by somebody who may. The answer follows the MCU's.
[[nodiscard]] Decision record(const SwitchRequested& event, const State& state, const model::Conference& conference);

}  // namespace rollcall::rules
