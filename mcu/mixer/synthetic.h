// Pictures and tones for tests and for trying things out.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/layout/layout.h"
#include "mcu/mixer/colour.h"

namespace rollcall::mcu::mixer {

/// A picture of one colour, of any size.
[[nodiscard]] gst::SamplePtr solid_picture(layout::Size size, Rgb colour);

/// An endless sine at 48 kHz.
class Tone {
 public:
  explicit Tone(double frequency, double amplitude = 8000) : step_(frequency), amplitude_(amplitude) {}
  void fill(std::span<std::int16_t> samples) {
    for (std::int16_t& sample : samples)
      sample = static_cast<std::int16_t>(
          amplitude_ * std::sin(2 * std::numbers::pi * step_ * static_cast<double>(position_++) / 48000));
  }

 private:
  double step_;
  double amplitude_;
  std::uint64_t position_ = 0;
};

/// How loud one frequency is, as a sine's amplitude (Goertzel).
[[nodiscard]] inline double amplitude_of(double frequency, std::span<const std::int16_t> samples) {
  const double turn = 2 * std::numbers::pi * frequency / 48000;
  const double factor = 2 * std::cos(turn);
  double last = 0, before = 0;
  for (const std::int16_t sample : samples) {
    const double now = sample + factor * last - before;
    before = last;
    last = now;
  }
  const double power = last * last + before * before - factor * last * before;
  return samples.empty() ? 0 : 2 * std::sqrt(std::max(power, 0.0)) / static_cast<double>(samples.size());
}

}  // namespace rollcall::mcu::mixer
