#include "mcu/mixer/loudest.h"

#include <algorithm>

#include "mcu/voice/block.h"

namespace rollcall::mcu::mixer {
namespace {

constexpr double speech = 250;        // RMS: -42 dBFS
constexpr double clearly_louder = 2;  // 6 dB
constexpr double smoothing = 0.1;
constexpr std::size_t hold_blocks = 100;  // two seconds

}  // namespace

void Loudest::update(std::span<const Level> levels) {
  listen(levels);
  assign_seats();
  choose_speaker();
}

bool Loudest::heard(std::size_t participant) const {
  return std::find(seated_.begin(), seated_.end(), participant) != seated_.end();
}

Loudest::Voice& Loudest::voice(std::size_t participant, std::size_t place) {
  if (place < voices_.size() && voices_[place].participant == participant) return voices_[place];
  const auto at = std::find_if(voices_.begin(), voices_.end(),
                               [&](const Voice& voice) { return voice.participant == participant; });
  if (at != voices_.end()) return *at;
  return voices_.emplace_back(Voice{.participant = participant, .silent_blocks = hold_blocks, .present = true});
}

void Loudest::listen(std::span<const Level> levels) {
  for (Voice& voice : voices_) voice.present = false;
  std::size_t place = 0;
  for (const Level& level : levels) {
    Voice& who = voice(level.participant, place++);
    who.present = true;
    who.now = level.root_mean_square;
    who.level += smoothing * (level.root_mean_square - who.level);
    who.silent_blocks = level.root_mean_square > voice::audible ? 0 : who.silent_blocks + 1;
  }
  std::erase_if(voices_, [](const Voice& voice) { return !voice.present; });
}

void Loudest::assign_seats() {
  std::size_t taken = 0;
  for (Voice& voice : voices_) {
    if (voice.silent_blocks >= hold_blocks) voice.seated = false;
    taken += voice.seated ? 1 : 0;
  }
  for (Voice& voice : voices_) {
    if (voice.seated || voice.silent_blocks > 0) continue;
    if (taken < seats_) {
      voice.seated = true;
      ++taken;
      continue;
    }
    Voice* quietest = nullptr;
    for (Voice& other : voices_)
      if (other.seated && (quietest == nullptr || other.level < quietest->level)) quietest = &other;
    if (quietest == nullptr) continue;
    // A door that slams does not take a speaker's seat, but a word's first 20 ms take that of somebody's fan.
    const double strength = quietest->level < speech && voice.now > speech ? voice.now : voice.level;
    if (strength <= clearly_louder * quietest->level) continue;
    quietest->seated = false;
    voice.seated = true;
  }
  seated_.clear();
  for (const Voice& voice : voices_)
    if (voice.seated) seated_.push_back(voice.participant);
}

void Loudest::choose_speaker() {
  const Voice* loudest = nullptr;
  const Voice* current = nullptr;
  for (const Voice& voice : voices_) {
    if (voice.level > speech && (loudest == nullptr || voice.level > loudest->level)) loudest = &voice;
    if (speaker_ == voice.participant) current = &voice;
  }
  ++speaking_blocks_;
  quiet_blocks_ = loudest == nullptr ? quiet_blocks_ + 1 : 0;
  if (current == nullptr || quiet_blocks_ >= hold_blocks) speaker_.reset();
  if (loudest == nullptr || speaker_ == loudest->participant) return;
  const bool may_change = !speaker_ || (speaking_blocks_ >= hold_blocks &&
                                        (current->level < speech || loudest->level > clearly_louder * current->level));
  if (!may_change) return;
  speaker_ = loudest->participant;
  speaking_blocks_ = 0;
}

}  // namespace rollcall::mcu::mixer
