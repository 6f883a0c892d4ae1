// What is said of a row of figures. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace rollcall::bench {

using Time = std::chrono::steady_clock::time_point;

/// Of `values` in any order, `share` 0…1; 0 where there is none.
[[nodiscard]] double percentile(std::vector<double> values, double share);

/// How many came more than 1.5 ticks after the one before.
[[nodiscard]] int late(std::span<const Time> arrivals, std::chrono::nanoseconds tick);
/// The longest time between two neighbours, in milliseconds.
[[nodiscard]] double longest_gap_ms(std::span<const Time> arrivals);

[[nodiscard]] inline double to_ms(std::chrono::nanoseconds span) {
  return static_cast<double>(span.count()) / 1e6;
}

/// Peak signal to noise from a sum of squared differences of 8-bit samples.
[[nodiscard]] double psnr_db(double squares, double count);

}  // namespace rollcall::bench
