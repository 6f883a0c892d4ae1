// Finds the clicks in encoded sound. Pure but for libopus.
#pragma once

#include <span>
#include <vector>

#include "tests/bench/rtp.h"

namespace rollcall::bench {

/// Where a click begins.
struct Click {
  std::size_t packet = 0;  ///< index of the packet
  double into_ms = 0;      ///< from that packet's first sample
};

/// In Opus payloads of 20 ms each, in order. An empty one is concealed.
[[nodiscard]] std::vector<Click> clicks_in(std::span<const Bytes> payloads);
/// How much of `click_hz` is in a millisecond of 48 kHz sound, as an amplitude.
[[nodiscard]] double strength(std::span<const std::int16_t> millisecond);

}  // namespace rollcall::bench
