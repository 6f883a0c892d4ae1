#include "tests/bench/scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "tests/bench/barcode.h"
#include "tests/bench/clip.h"

namespace rollcall::bench {
namespace {

constexpr int rate = 48000;
constexpr int size = scene_width * scene_height;

/// Smooth noise of one size, added to `field`: a lattice of random values with cubic transitions between them.
void add_octave(std::vector<float>& field, int step, float strength, std::minstd_rand& random) {
  const int columns = scene_width / step + 2;
  const int rows = scene_height / step + 2;
  std::vector<float> lattice(static_cast<std::size_t>(columns * rows));
  std::uniform_real_distribution<float> any(-strength, strength);
  for (float& value : lattice) value = any(random);
  const auto ease = [](float t) { return t * t * (3 - 2 * t); };
  for (int y = 0; y < scene_height; ++y) {
    for (int x = 0; x < scene_width; ++x) {
      const float* at = &lattice[static_cast<std::size_t>(y / step * columns + x / step)];
      const float across = ease(static_cast<float>(x % step) / static_cast<float>(step));
      const float down = ease(static_cast<float>(y % step) / static_cast<float>(step));
      const float upper = std::lerp(at[0], at[1], across);
      const float lower = std::lerp(at[columns], at[columns + 1], across);
      field[static_cast<std::size_t>(y * scene_width + x)] += std::lerp(upper, lower, down);
    }
  }
}

/// Natural pictures have about the same strength in each octave, less in the finest.
std::vector<float> texture(float middle, float strength, std::minstd_rand& random) {
  std::vector<float> field(size, middle);
  for (int step = 160; step >= 2; step /= 2) {
    add_octave(field, step, strength, random);
    strength *= 0.72F;
  }
  return field;
}

std::uint8_t shade(float value) {
  return static_cast<std::uint8_t>(std::clamp(value, 16.0F, 235.0F));
}

double envelope(double seconds, double phase) {
  const double syllable = std::sin(2 * std::numbers::pi * 4.1 * seconds + phase);
  const double sentence = std::sin(2 * std::numbers::pi * 0.31 * seconds + phase);
  return sentence < -0.75 ? 0.05 : 0.25 + 0.75 * std::max(0.0, syllable);
}

double voice_at(double seconds, double phase) {
  const double pitch = 125 + 18 * phase;
  const double turn = 2 * std::numbers::pi * (pitch * seconds + 1.5 * std::sin(2 * std::numbers::pi * 0.9 * seconds));
  double sum = 0;
  for (int harmonic = 1; harmonic * pitch < 3600; ++harmonic) {
    const double hz = harmonic * pitch;
    const double formants = std::exp(-std::pow((hz - 600) / 350, 2)) + 0.5 * std::exp(-std::pow((hz - 1700) / 500, 2));
    sum += (formants + 0.02) * std::sin(harmonic * turn);
  }
  return sum * envelope(seconds, phase);
}

double click_at(int sample) {
  const int into = sample % rate - rate / 2;
  if (into < 0 || into >= rate / 50) return 0;
  return std::sin(2 * std::numbers::pi * click_hz * into / rate);
}

}  // namespace

Camera::Camera(int clip) : clip_(clip), random_(static_cast<unsigned>(clip * 7919 + 17)) {
  room_ = texture(110, 34, random_);
  face_ = texture(165, 20, random_);
  std::normal_distribution<float> sensor(0, 2.2F);
  noise_.resize(65536);
  for (auto& value : noise_) value = static_cast<std::int8_t>(std::lround(sensor(random_)));
}

int Camera::noise() {
  return noise_[random_() & 0xffff];
}

std::vector<std::uint8_t> Camera::picture(int frame) {
  std::vector<std::uint8_t> out(size * 3 / 2, 128);
  const double turn = 2 * std::numbers::pi * frame / clip_frames;
  const int face_x = static_cast<int>(320 + 90 * std::sin(3 * turn + clip_));
  const int face_y = static_cast<int>(190 + 35 * std::sin(5 * turn + 2 * clip_));
  for (int y = 0; y < scene_height; ++y) {
    for (int x = 0; x < scene_width; ++x) {
      const int dx = x - face_x;
      const int dy = y - face_y;
      const bool face = dx * dx / 11000.0 + dy * dy / 19000.0 < 1;
      const auto at = static_cast<std::size_t>(y * scene_width + x);
      const auto moved =
          static_cast<std::size_t>((dy + scene_height) % scene_height * scene_width + (dx + scene_width) % scene_width);
      out[at] = shade((face ? face_[moved] : room_[at]) + static_cast<float>(noise()));
      if (x % 2 != 0 || y % 2 != 0) continue;
      const auto chroma = static_cast<std::size_t>(size + y / 2 * (scene_width / 2) + x / 2);
      out[chroma] = shade(face ? 112 : 124 + room_[at] / 16);
      out[chroma + size / 4] = shade(face ? 150 : 134 - room_[at] / 16);
    }
  }
  draw({clip_, frame}, {out.data(), scene_width, scene_width, scene_height});
  return out;
}

std::vector<std::int16_t> microphone(Voice voice, unsigned seed) {
  std::minstd_rand random(seed + 1);
  std::normal_distribution<double> hiss(0, 12);
  std::vector<std::int16_t> samples(static_cast<std::size_t>(rate * clip_seconds));
  for (int index = 0; index < rate * clip_seconds; ++index) {
    double value = hiss(random);
    if (voice == Voice::talk) value += 1500 * voice_at(static_cast<double>(index) / rate, seed);
    if (voice == Voice::click)
      value += 3000 * voice_at(static_cast<double>(index) / rate, seed) + 9000 * click_at(index);
    samples[static_cast<std::size_t>(index)] = static_cast<std::int16_t>(std::clamp(value, -32000.0, 32000.0));
  }
  return samples;
}

}  // namespace rollcall::bench
