#include "probe/measurements.h"

#include "probe/picture.h"

namespace rollcall::probe {
namespace {

constexpr Milliseconds look_every{200};

std::vector<bool> present(const PictureMeter& meter) {
  std::vector<bool> found;
  for (const auto& tile : meter.tiles()) found.push_back(tile.area.has_value());
  return found;
}

std::vector<bool> present(const SoundMeter& meter) {
  std::vector<bool> found;
  for (const auto& tone : meter.tones()) found.push_back(tone.audible());
  return found;
}

}  // namespace

Measurements::Measurements(const std::vector<Colour>& colours, const std::vector<int>& tones, Report& report)
    : report_(report), pictures_(colours), sound_(tones) {}

void Measurements::take(FrameArrived frame) {
  const auto [width, height] = size_of(frame.sample.get());
  const bool resized = width != frames_.width() || height != frames_.height();
  const bool first = frames_.frames() == 0;
  frames_.arrived(width, height, frame.at);
  if (first || resized) report_.event(first ? "first-frame" : "resized", {{"width", width}, {"height", height}});
  newest_ = std::move(frame.sample);
  if (last_look_ && frame.at - *last_look_ < look_every) return;
  last_look_ = frame.at;
  const auto before = present(pictures_);
  measure(newest_.get(), pictures_, frame.at);
  tell_tiles(before);
}

void Measurements::take(const SoundArrived& sound) {
  if (!times.first_sound) {
    times.first_sound = sound.at;
    report_.event("first-sound");
  }
  const auto before = present(sound_);
  sound_.feed(sound.samples, sound.at);
  tell_tones(before);
}

void Measurements::tell_tiles(const std::vector<bool>& before) {
  for (std::size_t index = 0; index < before.size(); ++index) {
    const auto& [colour, area, first_seen, seen, last_movement] = pictures_.tiles()[index];
    if (area && !before[index]) {
      report_.event("tile-appeared", {{"colour", to_text(colour)},
                                      {"x", area->x},
                                      {"y", area->y},
                                      {"width", area->width},
                                      {"height", area->height}});
    }
    if (!area && before[index]) report_.event("tile-vanished", {{"colour", to_text(colour)}});
  }
}

void Measurements::tell_tones(const std::vector<bool>& before) {
  for (std::size_t index = 0; index < before.size(); ++index) {
    const auto& tone = sound_.tones()[index];
    if (tone.audible() == before[index]) continue;
    report_.event(tone.audible() ? "tone-appeared" : "tone-vanished", {{"hz", tone.hertz}});
  }
}

}  // namespace rollcall::probe
