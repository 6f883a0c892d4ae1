#pragma once

#include <string>

#include "allocator/control/messages.h"

namespace rollcall::ctl {

/// What goes on, in Prometheus's text exposition format 0.0.4: gauges only, named by its conventions. No label carries
/// a person's name or address.
[[nodiscard]] std::string metrics_text(const control::DeskStatus::Result& status,
                                       const control::DeskOverview::Result& overview);

}  // namespace rollcall::ctl
