// The forms in which sound came out and frames went in before mcu/voice and the packetising encoders.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mcu/gst/packets.h"

struct OpusDecoder;

namespace rollcall::mcu::leg {

/// Cuts a VP8 frame into payloads (RFC 7741).
[[nodiscard]] gst::PicturePtr packetize(const gst::EncodedFrame& frame);

/// Sound packets into samples at 48 kHz. One thread.
class SampleDecoder {
 public:
  SampleDecoder();
  ~SampleDecoder();
  SampleDecoder(const SampleDecoder&) = delete;
  SampleDecoder& operator=(const SampleDecoder&) = delete;
  /// Until the next call.
  [[nodiscard]] std::span<const std::int16_t> decode(const gst::SoundPacket& packet);

 private:
  OpusDecoder* opus_;
  std::uint64_t next_ = 0;
  std::vector<std::int16_t> samples_;
};

}  // namespace rollcall::mcu::leg
