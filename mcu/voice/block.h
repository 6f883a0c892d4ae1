// The unit in which sound is mixed: 20 ms of 48 kHz, mono, 16 bit; and how its loudness is said. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace rollcall::mcu::voice {

inline constexpr int sample_rate = 48000;
inline constexpr std::chrono::milliseconds block_time{20};
inline constexpr std::size_t block_samples = 960;

using Block = std::array<std::int16_t, block_samples>;

/// A point in a sender's time, or a length of it, in samples of 48 kHz whatever his codec's clock is.
using Samples = std::int64_t;
using Time = std::chrono::steady_clock::time_point;

inline constexpr Samples block = block_samples;
inline constexpr Samples millisecond = sample_rate / 1000;

/// Counted from the clock's own zero.
[[nodiscard]] Samples samples_of(Time time);

/// 0…32768.
[[nodiscard]] double root_mean_square(std::span<const std::int16_t> samples);
/// The same scale from RFC 6464's -dBov, 0…127; 127 is silence, 0.
[[nodiscard]] double root_mean_square_of(int level);

/// RMS: -61 dBFS, above a good microphone's noise. What is below is silence to us.
inline constexpr double audible = 30;

}  // namespace rollcall::mcu::voice
