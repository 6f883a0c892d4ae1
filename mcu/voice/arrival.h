#pragma once

#include <array>
#include <cstddef>

#include "mcu/voice/block.h"

namespace rollcall::mcu::voice {

/// What the arrival of one sender's packets teaches: how his clock lies to ours, and how unevenly the network
/// delivers. Told in samples of 48 kHz. Pure.
class Arrival {
 public:
  static constexpr Samples most_reserve = 10 * block;
  static constexpr Samples least_reserve = 2 * millisecond;

  /// A packet whose first sample is `media` in the sender's time arrived at `arrived` in ours. True: the sender's time
  /// has jumped, and everything from before means nothing any more.
  [[nodiscard]] bool learn(Samples media, Samples arrived);
  void forget() { *this = Arrival(); }

  [[nodiscard]] bool started() const { return packets_ > 0; }
  /// Our time less the sender's, for a packet that the network did not hold up: the least of the last 5 to 10 s, so
  /// that a clock that runs too fast or too slow is followed.
  [[nodiscard]] Samples base() const { return std::min(least_, least_before_); }
  /// How much later than that a packet may come and be in time: 96 of 100 do. 2 to 200 ms.
  [[nodiscard]] Samples reserve() const { return reserve_; }

 private:
  static constexpr std::size_t buckets = 80;
  static constexpr Samples bucket_width = most_reserve / static_cast<Samples>(buckets);

  void restart(Samples offset, Samples arrived);
  void follow(Samples offset, Samples arrived);
  [[nodiscard]] bool late_for_good(Samples offset, Samples arrived);
  void count(Samples lateness);

  std::size_t packets_ = 0;
  Samples least_ = 0;
  Samples least_before_ = 0;
  Samples window_began_ = 0;
  Samples late_since_ = 0;  ///< the first of an unbroken run of packets that came far too late; 0: the last did not
  Samples late_least_ = 0;
  Samples last_offset_ = 0;
  bool catching_up_ = false;
  std::array<float, buckets> share_{};  ///< of the packets that came so much later; sums to 1
  Samples reserve_ = 10 * millisecond;
};

}  // namespace rollcall::mcu::voice
