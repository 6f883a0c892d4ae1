#pragma once

#include <istream>
#include <optional>
#include <ostream>

#include "ctl/setup/plan.h"

namespace rollcall::ctl::setup {

/// Asks the few questions; an empty line takes what stands in brackets, and what cannot be is asked for again. None
/// when the answers end before the questions do.
[[nodiscard]] std::optional<Plan> ask(std::istream& in, std::ostream& out);

}  // namespace rollcall::ctl::setup
