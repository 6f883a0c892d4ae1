#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "mcu/gst/frames.h"

namespace rollcall::mcu::mixer {

/// The newest decoded picture of one participant. Written by his decoder's thread, read by the tick thread; neither
/// ever waits for the other longer than it takes to exchange a pointer. Owned by the participant.
class PictureSlot {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Any thread. Samples without a buffer are ignored.
  void put(gst::SamplePtr sample, Time now);
  /// Any thread. What was there is not shown again, until the next picture.
  void clear();

  struct Look {
    gst::SamplePtr sample = {};  ///< none: never a picture, or cleared
    std::uint64_t serial = 0;    ///< changes with every picture
    Time arrived = {};
  };
  /// Any thread. A reference, not a copy.
  [[nodiscard]] Look look() const;
  /// Any thread. The same without the picture.
  [[nodiscard]] std::optional<Time> last_arrival() const;

 private:
  mutable std::mutex mutex_;
  gst::SamplePtr sample_;
  std::uint64_t serial_ = 0;
  Time arrived_{};
};

}  // namespace rollcall::mcu::mixer
