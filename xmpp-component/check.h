#pragma once

#include <ostream>

#include "daemon/exit_code.h"
#include "daemon/settings.h"

namespace rollcall::component {

/// `rollcall --check`: tells line by line whether the installation works, and what to do where it does not. Asks the
/// running service if there is one, and tries everything itself otherwise (up to 40 s). Exit code ok or unavailable.
[[nodiscard]] daemon::ExitCode check(const daemon::Settings& settings, std::ostream& out);

}  // namespace rollcall::component
