#pragma once

#include <chrono>
#include <cstdint>

namespace rollcall::mcu::encode {

/// Which of the mixer's pictures one encoder takes: as many a second as its class says, and fewer while nothing
/// changes, but one a second in any case, so that a lost last packet is noticed and a newcomer's decoder stays fed.
/// After the last change a few more are taken, which the encoder makes sharp. No clock of its own; the tick thread.
class FrameChoice {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr Time idle_interval = std::chrono::seconds(1);
  static constexpr int sharpening = 10;

  explicit FrameChoice(int frame_rate) : frame_rate_(frame_rate) {}
  void set_frame_rate(int frame_rate) { frame_rate_ = frame_rate; }
  [[nodiscard]] int frame_rate() const { return frame_rate_; }

  /// Called for each picture: whether this one is taken. `wanted`: even if nothing has changed. `idle`: how long at
  /// most none is taken.
  [[nodiscard]] bool take(Time now, bool changed, bool wanted, Time idle = idle_interval) {
    if (changed) still_ = 0;
    // Counted from zero, so that encoders of the same rate take the same pictures, whenever they began.
    const std::int64_t place = (now.count() * frame_rate_ + second / 4) / second;
    if (place == place_) return false;
    place_ = place;
    if (still_ > sharpening && !wanted && now < last_ + idle) return false;
    ++still_;
    last_ = now;
    return true;
  }

 private:
  static constexpr std::int64_t second = 1'000'000'000;
  int frame_rate_;
  std::int64_t place_ = -1;
  Time last_{};
  int still_ = 0;  ///< taken since the last change
};

}  // namespace rollcall::mcu::encode
