#include "probe/expectations.h"

#include <algorithm>

namespace rollcall::probe {
namespace {

/// A click at the start may touch any frequency; a tone that is really there goes on.
constexpr Milliseconds tolerated_own_tone{300};

std::string seconds(Milliseconds time) {
  auto text = std::to_string(static_cast<double>(time.count()) / 1000);
  return text.substr(0, text.find('.') + 2) + " s";
}

void judge_tiles(const Expectations& expected, const Measurements& measured, std::vector<std::string>& sentences) {
  for (const auto& tile : measured.pictures().tiles()) {
    if (std::find(expected.colours.begin(), expected.colours.end(), tile.colour) == expected.colours.end()) continue;
    const auto name = "The colour " + to_text(tile.colour);
    if (tile.seen < expected.hold) {
      sentences.push_back(name + " stood in the picture for " + seconds(tile.seen) + " instead of " +
                          seconds(expected.hold) + ".");
    } else if (expected.movement && !tile.last_movement) {
      sentences.push_back(name + " stood in the picture, but nothing in it ever moved.");
    }
  }
}

void judge_tones(const Expectations& expected, const Measurements& measured, std::vector<std::string>& sentences) {
  const auto contains = [](const std::vector<int>& list, int hertz) {
    return std::find(list.begin(), list.end(), hertz) != list.end();
  };
  for (const auto& tone : measured.sound().tones()) {
    const auto name = "The tone of " + std::to_string(tone.hertz) + " Hz was heard for " + seconds(tone.heard);
    if (contains(expected.tones, tone.hertz) && tone.heard < expected.hold) {
      sentences.push_back(name + " instead of " + seconds(expected.hold) + ".");
    }
    if (contains(expected.forbidden_tones, tone.hertz) && tone.heard > tolerated_own_tone) {
      sentences.push_back(name + ", but must not come back at all.");
    }
  }
}

}  // namespace

std::vector<std::string> unmet(const Expectations& expected, const Measurements& measured) {
  std::vector<std::string> sentences;
  if (!expected.call) return sentences;
  if (!measured.times.accept) sentences.emplace_back("No call came about.");
  if (!measured.times.first_sound) sentences.emplace_back("No sound was received.");
  if (expected.video && measured.frames().frames() == 0) sentences.emplace_back("No picture was received.");
  judge_tiles(expected, measured, sentences);
  judge_tones(expected, measured, sentences);
  return sentences;
}

}  // namespace rollcall::probe
