#pragma once

#include <algorithm>
#include <chrono>

namespace rollcall::mcu::supervisor {

/// When a worker that ended by itself is started again: at once after a long life, later and later after short ones,
/// so that one that cannot live does not eat the machine. One per worker. Pure.
class Restarts {
 public:
  using Duration = std::chrono::milliseconds;
  static constexpr Duration long_life = std::chrono::seconds(60);
  static constexpr Duration first_delay = std::chrono::seconds(1);
  static constexpr Duration last_delay = std::chrono::seconds(30);

  /// It ended after `life`: how long to wait. The first short life is forgiven.
  [[nodiscard]] Duration after(Duration life) {
    if (life >= long_life) delay_ = Duration::zero();
    const Duration wait = delay_;
    delay_ = delay_ == Duration::zero() ? first_delay : std::min(2 * delay_, last_delay);
    return wait;
  }

 private:
  Duration delay_ = Duration::zero();
};

}  // namespace rollcall::mcu::supervisor
