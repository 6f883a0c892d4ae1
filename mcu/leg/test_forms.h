// What an encoder and a voice do in the real thing, in its simplest form.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mcu/gst/packets.h"

struct OpusDecoder;

namespace rollcall::mcu::leg::test {

/// Cuts a VP8 frame into payloads (RFC 7741).
[[nodiscard]] gst::PicturePtr packetize(std::span<const std::uint8_t> frame, bool key,
                                        std::chrono::nanoseconds running_time);

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

}  // namespace rollcall::mcu::leg::test
