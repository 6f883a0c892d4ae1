#pragma once

#include <cstddef>
#include <string>

#include "mcu/conference/mixing.h"

namespace rollcall::mcu {

/// At debug, while a conference runs.
void log_figures(const std::string& conference, const conference::Figures& figures, std::size_t legs);
/// At information, with the same figures, when it ends.
void log_end(const std::string& conference, const conference::Figures& figures, std::size_t legs);

}  // namespace rollcall::mcu
