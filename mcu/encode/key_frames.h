#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace rollcall::mcu::encode {

/// Why a receiver wants a key frame.
enum class KeyFrameAsk {
  repair,  ///< he has lost something (PLI, FIR)
  join,    ///< he has nothing to decode from yet: new here, or from another encoder
};

/// When a shared encoder makes a key frame: one cohort, all who get its pictures. However many ask, there is at most
/// one in two seconds in the long run, because each costs everybody the quality of the pictures after it. Who has
/// nothing yet need not wait for that: a join may be half a second after the last one, on credit of one key frame,
/// which is paid back before the next is given on credit. What was asked for too early is given later, never forgotten.
/// No clock of its own, no thread.
class KeyFramePolicy {
 public:
  using Time = std::chrono::nanoseconds;
  static constexpr Time interval = std::chrono::seconds(2);
  static constexpr Time least_distance = std::chrono::milliseconds(500);

  void ask(KeyFrameAsk why) { (why == KeyFrameAsk::join ? joined_ : broken_) = true; }
  /// Asked before each picture: whether this one shall be a key frame. True forgets what was asked.
  [[nodiscard]] bool due(Time now) {
    const Time since = last_ ? now - *last_ : interval;
    const bool granted = (broken_ && since >= interval) ||
                         (joined_ && since >= least_distance && (!last_ || now >= paid_until_ - interval));
    if (!granted) return false;
    joined_ = broken_ = false;
    paid_until_ = std::max(last_ ? paid_until_ : now, now) + interval;
    last_ = now;
    return true;
  }
  [[nodiscard]] bool asked() const { return joined_ || broken_; }

 private:
  bool joined_ = true;  ///< the first picture is one anyhow
  bool broken_ = false;
  std::optional<Time> last_ = {};
  Time paid_until_ = {};
};

}  // namespace rollcall::mcu::encode
