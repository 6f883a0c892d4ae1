#pragma once

#include "daemon/command_line.h"
#include "daemon/exit_code.h"

namespace rollcall::ctl {

/// `rollcallctl setup`: asks on standard input, writes the settings file with fresh secrets, prints what the XMPP
/// server's administrator adds, and has `rollcall --check` look at the result, which takes this process's place. A file
/// that has been filled in already is left as it is, with a sentence.
[[nodiscard]] daemon::ExitCode set_up(const daemon::CommandLine& line);

}  // namespace rollcall::ctl
