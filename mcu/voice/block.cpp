#include "mcu/voice/block.h"

#include <algorithm>
#include <cmath>

namespace rollcall::mcu::voice {
namespace {

std::array<double, 128> loudness_by_level() {
  std::array<double, 128> table{};
  for (std::size_t level = 0; level < 127; ++level)
    table[level] = 32768 * std::pow(10.0, -static_cast<double>(level) / 20);
  return table;
}

}  // namespace

Samples samples_of(Time time) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count() * 6 / 125000;
}

double root_mean_square(std::span<const std::int16_t> samples) {
  if (samples.empty()) return 0;
  std::int64_t squares = 0;
  for (const std::int32_t sample : samples) squares += sample * sample;
  return std::sqrt(static_cast<double>(squares) / static_cast<double>(samples.size()));
}

double root_mean_square_of(int level) {
  static const std::array<double, 128> table = loudness_by_level();
  return table[static_cast<std::size_t>(std::clamp(level, 0, 127))];
}

}  // namespace rollcall::mcu::voice
