#pragma once

#include <chrono>
#include <optional>

namespace rollcall::mcu::encode {

/// When a shared encoder makes a key frame: on demand, and at most two a second, however many receivers ask at once.
/// What was asked for too early is given later, never forgotten. No clock of its own, no thread.
class KeyFramePolicy {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr Time least_distance = std::chrono::milliseconds(500);

  void want() { wanted_ = true; }
  /// Asked before each picture: whether this one shall be a key frame. True forgets the wish.
  [[nodiscard]] bool due(Time now) {
    if (!wanted_ || (last_ && now - *last_ < least_distance)) return false;
    wanted_ = false;
    last_ = now;
    return true;
  }

 private:
  bool wanted_ = true;  ///< the first picture is one anyhow
  std::optional<Time> last_ = {};
};

}  // namespace rollcall::mcu::encode
