// What an operator reads, as text. Pure.
#pragma once

#include <string>

#include "allocator/control/messages.h"

namespace rollcall::ctl {

[[nodiscard]] std::string status_text(const control::DeskStatus::Result& status);
/// The running ones first; `only` one, if it is not empty. What people typed is shown without control characters.
[[nodiscard]] std::string conferences_text(const control::DeskOverview::Result& overview, const std::string& only = {});
[[nodiscard]] std::string mcus_text(const control::DeskOverview::Result& overview);

}  // namespace rollcall::ctl
