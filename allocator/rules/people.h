#pragma once

#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Whether we keep anything about the person. Strangers leave no trace.
[[nodiscard]] bool is_to_be_remembered(const State& state, const Address& person);

}  // namespace rollcall::rules
