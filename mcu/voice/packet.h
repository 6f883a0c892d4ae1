#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/voice/block.h"

namespace rollcall::mcu::voice {

/// One packet kept until it is played, and a little longer.
struct Packet {
  gst::Coding coding = gst::Coding::opus;
  std::uint64_t sequence = 0;
  Samples begin = 0;     ///< in the sender's time, unwrapped
  Samples duration = 0;  ///< 2.5 to 120 ms
  Samples arrived = 0;   ///< in our time
  unsigned line = 0;     ///< another number: `begin` and `sequence` have nothing to do with those before
  /// Root mean square: said by the sender or seen in the payload; none: only decoding can tell.
  std::optional<double> loudness = {};
  bool pause_follows = false;  ///< an Opus encoder in DTX says so by a packet of nothing but its header
  std::vector<std::uint8_t> payload = {};

  [[nodiscard]] Samples end() const { return begin + duration; }
};

/// How long a payload sounds; none: it is not of this coding, empty, or longer than 120 ms.
[[nodiscard]] std::optional<Samples> duration_of(gst::Coding coding, std::span<const std::uint8_t> payload);

/// Samples of 48 kHz per tick of the coding's RTP clock: 1 for Opus, 3 for AMR-WB, 6 for those with 8 kHz. (G.722
/// samples at 16 kHz and counts at 8, RFC 3551, 4.5.2.)
[[nodiscard]] int samples_per_tick(gst::Coding coding);

/// What can be known of the loudness without decoding: the level that the sender says, else that of the samples where
/// they are plain to see (G.711), else silence where Opus says that nobody speaks (the flags of RFC 6716, 4.2.3).
[[nodiscard]] std::optional<double> loudness_of(gst::Coding coding, std::span<const std::uint8_t> payload,
                                                std::optional<int> level);

/// Whether SILK's detector heard a voice in this payload; none: music (CELT alone), or not well-formed.
[[nodiscard]] std::optional<bool> opus_voice_activity(std::span<const std::uint8_t> payload);

}  // namespace rollcall::mcu::voice
