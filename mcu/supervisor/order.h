// What the parent tells a child that is this very program: an argument before all others, which are passed on as they
// were given. Secrets travel as they did: by the settings file or the environment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "allocator/control/messages.h"

namespace rollcall::mcu::supervisor {

/// "Be worker `number` of `count`."
struct WorkerOrder {
  int number = 1;
  int count = 1;
  int parent = 0;                 ///< its process number: with another parent the child ends
  control::UnitCosts costs = {};  ///< as they were measured before
  std::string name;               ///< of all of them together
  bool operator==(const WorkerOrder&) const = default;
};

/// "Measure the machine and say what things cost."
struct CalibrationOrder {
  int parent = 0;
  bool operator==(const CalibrationOrder&) const = default;
};

using Order = std::variant<WorkerOrder, CalibrationOrder>;

[[nodiscard]] std::string to_argument(const Order& order);
/// None: it is no such argument, or cannot be understood.
[[nodiscard]] std::optional<Order> order_of(std::string_view argument);

/// The four costs on one line, "200 150 65 10"; how a calibration reports them.
[[nodiscard]] std::string to_line(const control::UnitCosts& costs);
[[nodiscard]] std::optional<control::UnitCosts> costs_of(const std::string& line);

/// "mcu-1/2": what this worker is called at the allocator, always the same, whatever became of the one before him.
[[nodiscard]] std::string name_of(const WorkerOrder& order);

struct PortRange {
  int first = 0;
  int last = 0;
  bool operator==(const PortRange&) const = default;
};
/// The worker's part of the ports, so that no two of them try the same one; begins with an even number, as RTP does.
[[nodiscard]] PortRange ports_of(const WorkerOrder& order, PortRange all);

}  // namespace rollcall::mcu::supervisor
