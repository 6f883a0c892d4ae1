#include "tests/bench/statistics.h"

#include <algorithm>
#include <cmath>

namespace rollcall::bench {

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto index = static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
  return values[index];
}

int late(std::span<const Time> arrivals, std::chrono::nanoseconds tick) {
  int count = 0;
  for (std::size_t index = 1; index < arrivals.size(); ++index)
    if (arrivals[index] - arrivals[index - 1] > tick * 3 / 2) ++count;
  return count;
}

double longest_gap_ms(std::span<const Time> arrivals) {
  std::chrono::nanoseconds longest{};
  for (std::size_t index = 1; index < arrivals.size(); ++index)
    longest = std::max<std::chrono::nanoseconds>(longest, arrivals[index] - arrivals[index - 1]);
  return to_ms(longest);
}

double psnr_db(double squares, double count) {
  if (count == 0) return 0;
  return squares == 0 ? 99 : 10 * std::log10(255.0 * 255.0 * count / squares);
}

}  // namespace rollcall::bench
