#include "tests/bench/ears.h"

#include <opus/opus.h>

#include <array>
#include <cmath>
#include <memory>
#include <numbers>

#include "tests/bench/scene.h"

namespace rollcall::bench {
namespace {

constexpr int millisecond_samples = 48;
constexpr double least_amplitude = 3000;
constexpr int silence_before_ms = 300;

struct Destroy {
  void operator()(OpusDecoder* decoder) const { opus_decoder_destroy(decoder); }
};

}  // namespace

double strength(std::span<const std::int16_t> millisecond) {
  double real = 0;
  double imaginary = 0;
  for (std::size_t index = 0; index < millisecond.size(); ++index) {
    const double turn = 2 * std::numbers::pi * click_hz * static_cast<double>(index) / 48000;
    real += millisecond[index] * std::cos(turn);
    imaginary += millisecond[index] * std::sin(turn);
  }
  return 2 * std::hypot(real, imaginary) / static_cast<double>(millisecond.size());
}

std::vector<Click> clicks_in(std::span<const Bytes> payloads) {
  const std::unique_ptr<OpusDecoder, Destroy> decoder(opus_decoder_create(48000, 1, nullptr));
  std::vector<Click> clicks;
  int quiet = silence_before_ms;
  for (std::size_t packet = 0; packet < payloads.size(); ++packet) {
    std::array<std::int16_t, 5760> samples;
    const Bytes payload = payloads[packet];
    const int count = opus_decode(decoder.get(), payload.empty() ? nullptr : payload.data(),
                                  static_cast<int>(payload.size()), samples.data(), payload.empty() ? 960 : 5760, 0);
    for (int at = 0; at + millisecond_samples <= count; at += millisecond_samples) {
      const double now = strength(std::span(samples).subspan(static_cast<std::size_t>(at), millisecond_samples));
      if (now < least_amplitude) {
        ++quiet;
        continue;
      }
      if (quiet >= silence_before_ms) clicks.push_back({packet, at / static_cast<double>(millisecond_samples)});
      quiet = 0;
    }
  }
  return clicks;
}

}  // namespace rollcall::bench
