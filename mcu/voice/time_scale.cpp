#include "mcu/voice/time_scale.h"

#include <cassert>
#include <cmath>

namespace rollcall::mcu::voice {
namespace {

constexpr double like_enough = 0.5;
constexpr std::size_t coarse = 4;  // compares every fourth sample at every fourth distance: 12 kHz holds a voice

using View = std::span<const std::int16_t>;

double likeness(View one, View other) {
  double both = 0, first = 1, second = 1;
  for (std::size_t i = 0; i < one.size(); i += coarse) {
    const double a = one[i], b = other[i];
    both += a * b;
    first += a * a;
    second += b * b;
  }
  return both / std::sqrt(first * second);
}

/// `fixed` against what lies each distance from it.
template <class At>
Period most_alike(View fixed, At at) {
  Period best;
  const auto look = [&](std::size_t distance) {
    const double found = likeness(fixed, at(distance));
    if (found > best.likeness) best = {distance, found};
  };
  for (std::size_t distance = shortest_period; distance <= longest_period; distance += coarse) look(distance);
  const std::size_t about = best.samples;
  for (std::size_t distance = about - std::min(about, coarse - 1); distance < about + coarse; ++distance)
    if (distance >= shortest_period && distance <= longest_period) look(distance);
  return best;
}

/// From `one` to `other`, step 0…fade_samples.
std::int16_t between(std::int16_t one, std::int16_t other, std::size_t step) {
  const auto share = static_cast<std::int32_t>(step);
  constexpr auto whole = static_cast<std::int32_t>(fade_samples);
  return static_cast<std::int16_t>((one * (whole - share) + other * share) / whole);
}

}  // namespace

Period first_period(std::span<const std::int16_t> sound) {
  assert(sound.size() >= longest_period + fade_samples);
  return most_alike(sound.first(fade_samples),
                    [&](std::size_t distance) { return sound.subspan(distance, fade_samples); });
}

Period last_period(std::span<const std::int16_t> sound) {
  assert(sound.size() >= longest_period + fade_samples);
  const std::size_t begin = sound.size() - fade_samples;
  return most_alike(sound.last(fade_samples),
                    [&](std::size_t distance) { return sound.subspan(begin - distance, fade_samples); });
}

std::size_t shorten(std::vector<std::int16_t>& sound) {
  const Period period = first_period(sound);
  if (period.likeness < like_enough) return 0;
  for (std::size_t i = 0; i < fade_samples; ++i) sound[i] = between(sound[i], sound[i + period.samples], i);
  const auto cut = sound.begin() + static_cast<std::ptrdiff_t>(fade_samples);
  sound.erase(cut, cut + static_cast<std::ptrdiff_t>(period.samples));
  return period.samples;
}

std::size_t lengthen(std::vector<std::int16_t>& sound) {
  const Period period = first_period(sound);
  if (period.likeness < like_enough) return 0;
  std::vector<std::int16_t> front(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(period.samples));
  for (std::size_t i = 0; i < fade_samples; ++i) front.push_back(between(sound[period.samples + i], sound[i], i));
  sound.erase(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(fade_samples));
  sound.insert(sound.begin(), front.begin(), front.end());
  return period.samples;
}

void fade_in(std::span<std::int16_t> sound) {
  const auto length = static_cast<std::int32_t>(sound.size());
  for (std::int32_t i = 0; i < length; ++i)
    sound[static_cast<std::size_t>(i)] = static_cast<std::int16_t>(sound[static_cast<std::size_t>(i)] * i / length);
}

void fade_out(std::span<std::int16_t> sound) {
  const auto length = static_cast<std::int32_t>(sound.size());
  for (std::int32_t i = 0; i < length; ++i) {
    std::int16_t& sample = sound[static_cast<std::size_t>(i)];
    sample = static_cast<std::int16_t>(sample * (length - i) / length);
  }
}

}  // namespace rollcall::mcu::voice
