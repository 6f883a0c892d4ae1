// What stands on rollcallctl's command line, as values. Pure.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "allocator/control/messages.h"

namespace rollcall::ctl {

/// How the service is, in a few lines.
struct ShowStatus {
  bool operator==(const ShowStatus&) const = default;
};
/// The conferences; of one only, if named. With `json` as desk.overview's result is.
struct ShowConferences {
  bool json = false;
  std::string only = {};
  bool operator==(const ShowConferences&) const = default;
};
struct ShowMcus {
  bool operator==(const ShowMcus&) const = default;
};
/// Prometheus's text format.
struct ShowMetrics {
  bool operator==(const ShowMetrics&) const = default;
};
/// A new installation's settings; the only order that is not for a running rollcall.
struct SetUp {
  bool operator==(const SetUp&) const = default;
};

using Order = std::variant<ShowStatus, ShowConferences, ShowMcus, ShowMetrics, SetUp, control::DeskEnd,
                           control::DeskKick, control::DeskDrain>;

/// A sentence for people when the words make no order.
struct NoOrder {
  std::string why;
};

[[nodiscard]] std::variant<Order, NoOrder> order_of(const std::vector<std::string>& words, bool json);

/// One line for each command.
[[nodiscard]] std::string commands_help();

}  // namespace rollcall::ctl
