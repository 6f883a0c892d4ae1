// Arithmetic on sound: 48 kHz, mono, 16 bit, in blocks of 20 ms. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>

namespace rollcall::mcu::mixer {

inline constexpr int sample_rate = 48000;
inline constexpr std::chrono::milliseconds block_time{20};
inline constexpr std::size_t block_samples = 960;

using Block = std::array<std::int16_t, block_samples>;
using Sum = std::array<std::int32_t, block_samples>;

/// 0…32768.
[[nodiscard]] double root_mean_square(std::span<const std::int16_t> samples);

void add_to(Sum& sum, const Block& block);
/// Everybody but one: the sum less that one's own block, clipped to 16 bit.
void mix_without(const Sum& sum, const Block& own, Block& mix);
/// The sum, clipped to 16 bit.
void mix_all(const Sum& sum, Block& mix);

}  // namespace rollcall::mcu::mixer
