#include "mcu/supervisor/order.h"

#include <algorithm>
#include <sstream>

namespace rollcall::mcu::supervisor {
namespace {

constexpr std::string_view worker_option = "--worker=";
constexpr std::string_view calibration_option = "--calibrate-for=";

std::optional<Order> worker_of(const std::string& text) {
  WorkerOrder order;
  std::istringstream words(text);
  char slash = 0;
  char semicolon = 0;
  words >> order.number >> slash >> order.count >> semicolon >> order.parent;
  words >> order.costs.conference >> order.costs.encoder >> order.costs.video_leg >> order.costs.audio_leg;
  if (!words || slash != '/' || semicolon != ';' || words.get() != ' ') return std::nullopt;
  std::getline(words, order.name);
  const bool makes_sense = order.number >= 1 && order.number <= order.count && order.parent > 0 && !order.name.empty();
  return makes_sense ? std::optional<Order>(order) : std::nullopt;
}

}  // namespace

std::string to_argument(const Order& order) {
  if (const auto* calibration = std::get_if<CalibrationOrder>(&order)) {
    return std::string(calibration_option) + std::to_string(calibration->parent);
  }
  const auto& worker = std::get<WorkerOrder>(order);
  return std::string(worker_option) + std::to_string(worker.number) + "/" + std::to_string(worker.count) + ";" +
         std::to_string(worker.parent) + " " + to_line(worker.costs) + " " + worker.name;
}

std::optional<Order> order_of(std::string_view argument) {
  if (argument.starts_with(worker_option)) return worker_of(std::string(argument.substr(worker_option.size())));
  if (!argument.starts_with(calibration_option)) return std::nullopt;
  CalibrationOrder order;
  std::istringstream words{std::string(argument.substr(calibration_option.size()))};
  if (!(words >> order.parent) || order.parent <= 0) return std::nullopt;
  return order;
}

std::string to_line(const control::UnitCosts& costs) {
  std::ostringstream line;
  line << costs.conference << " " << costs.encoder << " " << costs.video_leg << " " << costs.audio_leg;
  return line.str();
}

std::optional<control::UnitCosts> costs_of(const std::string& line) {
  control::UnitCosts costs;
  std::istringstream words(line);
  words >> costs.conference >> costs.encoder >> costs.video_leg >> costs.audio_leg;
  const bool all = words && std::min({costs.conference, costs.encoder, costs.video_leg, costs.audio_leg}) > 0;
  return all ? std::optional(costs) : std::nullopt;
}

std::string name_of(const WorkerOrder& order) {
  return order.name + "/" + std::to_string(order.number);
}

PortRange ports_of(const WorkerOrder& order, PortRange all) {
  const int first = (all.first + 1) / 2 * 2;
  const int pairs = (all.last - first + 1) / 2 / order.count;
  const int begin = first + 2 * pairs * (order.number - 1);
  return {begin, begin + 2 * pairs - 1};
}

}  // namespace rollcall::mcu::supervisor
