#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace rollcall::component::stream {

/// How long to wait before the next attempt: doubling, with a quarter of chance either way so that many components do
/// not come back to a restarted server in step. A value.
class BackOff {
 public:
  using Duration = std::chrono::milliseconds;
  static constexpr Duration shortest{1'000};
  static constexpr Duration longest{30'000};

  void reset() { next_ = shortest; }

  [[nodiscard]] Duration next() {
    std::uniform_int_distribution<Duration::rep> chance(next_.count() * 3 / 4, next_.count() * 5 / 4);
    next_ = std::min(next_ * 2, longest);
    return std::min(Duration(chance(random_)), longest);
  }

 private:
  Duration next_ = shortest;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace rollcall::component::stream
