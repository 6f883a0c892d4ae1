// Makes a sound a few milliseconds shorter or longer without a change of pitch: leaves out or repeats what is most like
// its neighbour, a period of a voice, and cross-fades (as WSOLA does). Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mcu/voice/block.h"

namespace rollcall::mcu::voice {

inline constexpr std::size_t fade_samples = 320;     // 6.7 ms
inline constexpr std::size_t shortest_period = 120;  // 400 Hz
inline constexpr std::size_t longest_period = 640;   // 75 Hz

struct Period {
  std::size_t samples = 0;
  double likeness = 0;  ///< normalised correlation: 1 is the same, 0 nothing in common
};

/// At which distance the sound is most like its own first `fade_samples`. At least 960 samples.
[[nodiscard]] Period first_period(std::span<const std::int16_t> sound);
/// At which distance its last `fade_samples` were there before. At least 960 samples.
[[nodiscard]] Period last_period(std::span<const std::int16_t> sound);

/// Takes one period away from the front; how much that is. Nothing, and 0, where nothing is alike.
std::size_t shorten(std::vector<std::int16_t>& sound);
/// Repeats one period at the front; how much that is. Nothing, and 0, where nothing is alike.
std::size_t lengthen(std::vector<std::int16_t>& sound);

/// Begins at nothing and ends unchanged, or the other way round.
void fade_in(std::span<std::int16_t> sound);
void fade_out(std::span<std::int16_t> sound);

}  // namespace rollcall::mcu::voice
