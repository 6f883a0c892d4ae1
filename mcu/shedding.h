#pragma once

#include <chrono>

namespace rollcall::mcu {

/// When to give up more, and when to take it back: slowly enough not to swing, and the slower the more often it has
/// turned out to be too early. A level is what mcu/encode/shedding.h makes of it: first the frame rate of large grids,
/// then the size, then the encoders' trouble, never sound. One per worker. Pure.
class SheddingPolicy {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int most = 6;
  static constexpr std::chrono::seconds patience{3};     ///< trouble that passes within this is left alone
  static constexpr std::chrono::seconds first_calm{15};  ///< before one step is taken back
  static constexpr std::chrono::seconds longest_calm{240};

  /// What was measured since the last call.
  struct Pressure {
    double cpu = 0;   ///< 0…1, of what this worker may use
    double late = 0;  ///< 0…1, of the mixed pictures
  };

  /// At least once a second. The level from now on; 0: nothing is given up.
  int observe(const Pressure& pressure, Time now);
  [[nodiscard]] int level() const { return level_; }

 private:
  void step_up(Time now);
  void step_down(Time now);

  int level_ = 0;
  Time trouble_since_ = {};
  Time calm_since_ = {};
  Time last_down_ = {};
  bool in_trouble_ = false;
  bool calm_ = false;
  std::chrono::seconds calm_needed_ = first_calm;
};

}  // namespace rollcall::mcu
