// What the media side tells the main thread, and the only object that both touch.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "probe/clock.h"
#include "probe/gst_handle.h"

namespace rollcall::probe {

/// Our offer or answer is ready to be sent.
struct LocalDescription {
  std::string sdp;
};
/// Only when candidates trickle.
struct LocalCandidate {
  unsigned media = 0;
  std::string line;
};
/// ICE and DTLS of every transport stand.
struct MediaConnected {
  Milliseconds at{};
};
/// A sentence for people. The call cannot go on.
struct MediaFailed {
  std::string sentence;
};
struct FrameArrived {
  Milliseconds at{};
  Sample sample;  ///< I420
};
struct SoundArrived {
  Milliseconds at{};
  std::vector<std::int16_t> samples;  ///< mono, 48 kHz
};
/// One media's RTP as webrtcbin counts it.
struct RtpFigures {
  std::uint64_t received = 0;
  std::int64_t lost = 0;
  double jitter_ms = 0;
  std::uint64_t sent = 0;
};
struct Statistics {
  RtpFigures audio;
  RtpFigures video;
};

using MediaEvent =
    std::variant<LocalDescription, LocalCandidate, MediaConnected, MediaFailed, FrameArrived, SoundArrived, Statistics>;

/// Filled by GStreamer's threads, emptied by the main thread.
class MediaEventQueue {
 public:
  void push(MediaEvent event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }

  [[nodiscard]] std::vector<MediaEvent> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<MediaEvent> events_;
};

}  // namespace rollcall::probe
