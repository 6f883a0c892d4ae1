#pragma once

#include <chrono>

namespace rollcall::mcu {

/// How many cores this process keeps busy, from one look to the next. One per worker, loop thread.
class CpuUsage {
 public:
  CpuUsage();
  /// Cores kept busy since the last call.
  double take();

 private:
  std::chrono::nanoseconds cpu_;
  std::chrono::steady_clock::time_point at_;
};

}  // namespace rollcall::mcu
