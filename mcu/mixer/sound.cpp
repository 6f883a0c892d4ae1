#include "mcu/mixer/sound.h"

#include <algorithm>
#include <limits>

namespace rollcall::mcu::mixer {
namespace {

std::int16_t clip(std::int32_t value) {
  using Limits = std::numeric_limits<std::int16_t>;
  return static_cast<std::int16_t>(std::clamp<std::int32_t>(value, Limits::min(), Limits::max()));
}

}  // namespace

void add_to(Sum& sum, const Block& block) {
  for (std::size_t i = 0; i < block_samples; ++i) sum[i] += block[i];
}

void mix_without(const Sum& sum, const Block& own, Block& mix) {
  for (std::size_t i = 0; i < block_samples; ++i) mix[i] = clip(sum[i] - own[i]);
}

void mix_all(const Sum& sum, Block& mix) {
  for (std::size_t i = 0; i < block_samples; ++i) mix[i] = clip(sum[i]);
}

}  // namespace rollcall::mcu::mixer
