#pragma once

#include <chrono>
#include <string>

#include "allocator/model/person.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Whether the person's devices may ring now: not in his quiet hours.
[[nodiscard]] bool may_ring(const State& state, const model::Address& person, model::Time now);

/// `22:05`
[[nodiscard]] std::string clock_text(std::chrono::minutes time);

/// `local` is the time since midnight on the wall.
[[nodiscard]] bool is_within(const model::QuietHours& quiet, std::chrono::minutes local);

/// Since midnight, on a clock that is so far east of UTC.
[[nodiscard]] std::chrono::minutes on_the_wall(model::Time now, std::chrono::minutes offset);

}  // namespace rollcall::rules
