#include "probe/sound_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace rollcall::probe {
namespace {

constexpr auto window_samples = static_cast<std::size_t>(SoundMeter::rate / 10);
/// -40 dB. A sent tone has 0.25; what Opus leaves at a foreign frequency stays below 0.003.
constexpr double audible_amplitude = 0.01;
constexpr double silent_level = 0.001;

/// Hann's window keeps a strong tone out of its neighbours' figures; its mean is one half, hence the factor 4.
double amplitude_of(const std::vector<double>& samples, int hertz) {
  const double step = 2 * std::numbers::pi * hertz / SoundMeter::rate;
  const double coefficient = 2 * std::cos(step);
  const double turn = 2 * std::numbers::pi / static_cast<double>(samples.size());
  double before = 0;
  double last = 0;
  for (std::size_t index = 0; index < samples.size(); ++index) {
    const double weight = 0.5 - 0.5 * std::cos(turn * static_cast<double>(index));
    const double next = samples[index] * weight + coefficient * last - before;
    before = last;
    last = next;
  }
  const double power = last * last + before * before - coefficient * last * before;
  return 4 * std::sqrt(std::max(power, 0.0)) / static_cast<double>(samples.size());
}

double level_of(const std::vector<double>& samples) {
  double sum = 0;
  for (const double sample : samples) sum += sample * sample;
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

}  // namespace

bool ToneRecord::audible() const {
  return amplitude >= audible_amplitude;
}

SoundMeter::SoundMeter(const std::vector<int>& hertz) {
  for (const int tone : hertz) tones_.push_back({.hertz = tone});
  pending_.reserve(window_samples);
}

void SoundMeter::feed(std::span<const std::int16_t> samples, Milliseconds now) {
  for (const auto sample : samples) {
    pending_.push_back(sample / 32768.0);
    if (pending_.size() == window_samples) measure(now);
  }
}

void SoundMeter::measure(Milliseconds now) {
  level_ = level_of(pending_);
  measured_ += window;
  if (level_ < silent_level) silence_ += window;
  for (auto& tone : tones_) {
    tone.amplitude = amplitude_of(pending_, tone.hertz);
    tone.loudest = std::max(tone.loudest, tone.amplitude);
    if (!tone.audible()) continue;
    tone.heard += window;
    if (!tone.first_heard) tone.first_heard = now;
  }
  pending_.clear();
}

}  // namespace rollcall::probe
