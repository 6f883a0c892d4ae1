#include "mcu/mixer/chime.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace rollcall::mcu::mixer {
namespace {

constexpr int samples_per_ms = 48;
constexpr double loudness = 5000, low_note = 587.33, high_note = 880.0;

}  // namespace

Chime::Chime(bool rising) {
  constexpr int length = note_ms * samples_per_ms;
  samples_.reserve(2 * length);
  for (const double note : {rising ? low_note : high_note, rising ? high_note : low_note}) {
    for (int i = 0; i < length; ++i) {
      const double swell = std::sin(std::numbers::pi * i / length);  // without a click at either end
      const double wave = std::sin(2 * std::numbers::pi * note * i / (1000 * samples_per_ms));
      samples_.push_back(static_cast<std::int16_t>(loudness * swell * wave));
    }
  }
}

void Chime::add_to(std::span<std::int16_t> block) const {
  using Limits = std::numeric_limits<std::int16_t>;
  const std::size_t count = std::min(block.size(), samples_.size() - std::min(at_, samples_.size()));
  for (std::size_t i = 0; i < count; ++i)
    block[i] = static_cast<std::int16_t>(std::clamp(block[i] + samples_[at_ + i], +Limits::min(), +Limits::max()));
}

}  // namespace rollcall::mcu::mixer
