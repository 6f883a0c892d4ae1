#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What the conference's presence says now: running when anybody's packets flow.
[[nodiscard]] model::PresenceIndicator indicator_of(const State& state, const model::Conference& conference);

[[nodiscard]] Indicate indicate(const State& state, const model::Conference& conference);

}  // namespace rollcall::rules
