#pragma once

namespace rollcall::daemon {

/// What a daemon's exit says to systemd and to people; the numbers are those of sysexits(3).
enum class ExitCode {
  ok = 0,
  usage = 64,        ///< the command line cannot be understood; a restart does not help
  unavailable = 69,  ///< the server or the allocator refused us at start
  internal = 70,     ///< our own fault
  settings = 78,     ///< the settings are wrong; a restart does not help
};

}  // namespace rollcall::daemon
