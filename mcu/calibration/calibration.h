#pragma once

#include "mcu/calibration/reckoning.h"

namespace rollcall::mcu::calibration {

/// Encodes, decodes, scales and codes sound for about a second, and says what that took of this process's CPU time;
/// other work on the machine does not count. GStreamer is initialised; no other thread of the process is busy.
/// Throws std::runtime_error where a plugin is missing.
[[nodiscard]] Times measure();

}  // namespace rollcall::mcu::calibration
