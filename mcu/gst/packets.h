// What passes between the legs, the voices, the mixers and the encoders in encoded form. Immutable once made.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "mcu/gst/frames.h"

namespace rollcall::mcu::gst {

/// One encoded picture, cut into RTP payloads (RFC 7741, RFC 6184, …) once for everybody who gets it. Each receiver adds
/// nothing but headers and protection. VP8 goes without picture ids, so that a receiver may be moved from one encoder to
/// another at any key frame.
struct PacketizedPicture {
  Coding coding = Coding::vp8;
  bool key = false;                         ///< decodable by itself
  std::chrono::nanoseconds running_time{};  ///< of the tick, on the process-wide media clock
  std::vector<std::uint8_t> bytes = {};     ///< all payloads, one behind the other
  std::vector<std::size_t> ends = {};       ///< where each payload ends in `bytes`; the last one carries the marker

  [[nodiscard]] std::size_t count() const { return ends.size(); }
  [[nodiscard]] std::span<const std::uint8_t> payload(std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends[index - 1];
    return std::span(bytes).subspan(begin, ends[index] - begin);
  }
};
using PicturePtr = std::shared_ptr<const PacketizedPicture>;

/// 20 ms of the mix for one kind of listener. Borrowed for the call.
struct EncodedSound {
  Coding coding = Coding::opus;
  std::chrono::nanoseconds running_time{};  ///< counts samples, never the clock
  std::span<const std::uint8_t> payload = {};
  bool begins_talk = false;  ///< the first after a pause in sending (DTX): the marker bit
};

/// One packet of what a participant says, still encoded, in the order of arrival (the receiver of this sorts). Borrowed
/// for the call.
struct SoundPacket {
  Coding coding = Coding::opus;
  std::uint64_t sequence = 0;   ///< extended: never wraps
  std::uint32_t timestamp = 0;  ///< RTP's, in the codec's clock rate
  std::span<const std::uint8_t> payload = {};
  std::optional<int> level = {};  ///< RFC 6464: -dBov, 0 (loud) … 127 (silence), where the sender says it
  std::chrono::steady_clock::time_point arrived = {};
};

}  // namespace rollcall::mcu::gst
