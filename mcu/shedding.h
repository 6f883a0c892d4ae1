#pragma once

#include <chrono>

namespace rollcall::mcu {

/// How much quality is given up so that everybody keeps hearing and seeing. Each level includes those before it; sound
/// is never touched.
enum class Shedding {
  none,
  frame_rate,  ///< large grids move less smoothly
  size,        ///< the picture gets smaller
  speed,       ///< the encoders take less trouble
};

/// When to give up more, and when to take it back: slowly enough not to swing, and the slower the more often it has
/// turned out to be too early. One per worker. Pure.
class SheddingPolicy {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds patience{3};     ///< trouble that passes within this is left alone
  static constexpr std::chrono::seconds first_calm{15};  ///< before one step is taken back
  static constexpr std::chrono::seconds longest_calm{240};

  /// What was measured since the last call.
  struct Pressure {
    double cpu = 0;   ///< 0…1, of what this worker may use
    double late = 0;  ///< 0…1, of the mixed pictures
  };

  /// At least once a second.
  Shedding observe(const Pressure& pressure, Time now);
  [[nodiscard]] Shedding level() const { return level_; }

 private:
  void step_up(Time now);
  void step_down(Time now);

  Shedding level_ = Shedding::none;
  Time trouble_since_ = {};
  Time calm_since_ = {};
  Time last_down_ = {};
  bool in_trouble_ = false;
  bool calm_ = false;
  std::chrono::seconds calm_needed_ = first_calm;
};

}  // namespace rollcall::mcu
