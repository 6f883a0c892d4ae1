// Arithmetic on sound: 48 kHz, mono, 16 bit, in blocks of 20 ms. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "mcu/voice/block.h"

namespace rollcall::mcu::mixer {

using voice::Block;
using voice::block_samples;
using voice::block_time;
using voice::root_mean_square;
using voice::sample_rate;

using Sum = std::array<std::int32_t, block_samples>;

void add_to(Sum& sum, const Block& block);
/// Everybody but one: the sum less that one's own block, clipped to 16 bit.
void mix_without(const Sum& sum, const Block& own, Block& mix);
/// The sum, clipped to 16 bit.
void mix_all(const Sum& sum, Block& mix);

}  // namespace rollcall::mcu::mixer
