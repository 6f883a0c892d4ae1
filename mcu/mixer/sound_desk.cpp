#include "mcu/mixer/sound_desk.h"

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::mixer {
namespace {

constexpr std::size_t probes_per_tick = 4;  // decoded only to know how loud they are
constexpr std::size_t silence_heard = 10;   // blocks: a packet that is late is worth waiting for, a pause is not

constexpr double learning = 0.02;  // of whom to trust: a second
constexpr std::size_t long_silent = 1000;

/// Who loses his seat while he speaks goes without a click.
void fade_out(Block& block) {
  for (std::size_t i = 0; i < block_samples; ++i) {
    const auto left = static_cast<std::int32_t>(block_samples - i);
    block[i] = static_cast<std::int16_t>(block[i] * left / static_cast<std::int32_t>(block_samples));
  }
}

}  // namespace

void SoundDesk::add(const std::string& id, voice::Source& source) {
  assert(std::none_of(participants_.begin(), participants_.end(), [&](const auto& other) { return other.id == id; }));
  participants_.push_back({.number = next_number_++, .id = id, .source = &source});
}

void SoundDesk::remove(const std::string& id) {
  std::erase_if(participants_, [&](const Participant& participant) { return participant.id == id; });
}

void SoundDesk::mute(const std::string& id, bool muted) {
  for (Participant& participant : participants_)
    if (participant.id == id) participant.muted = muted;
}

void SoundDesk::mix(voice::Time now) {
  listen(now);
  probe();
  choose();
  blend();
}

/// How loud everybody is, and the sound of those who were heard until now.
void SoundDesk::listen(voice::Time now) {
  unknown_.clear();
  for (std::size_t place = 0; place < participants_.size(); ++place) {
    Participant& participant = participants_[place];
    participant.decoded = false;
    const voice::Coming coming = participant.source->advance(now);
    participant.said = coming.loudness.value_or(0);
    const bool silent = participant.muted || coming.loudness == 0.0;
    participant.silent_blocks = silent ? participant.silent_blocks + 1 : 0;
    if (participant.muted) participant.silent_blocks = long_silent;
    if (participant.muted || (silent && participant.silent_blocks > silence_heard)) {
      participant.loudness = 0;
    } else if (participant.seated) {
      decode(participant);  // what is heard counts more than what is said
    } else if (coming.loudness) {
      participant.loudness = *coming.loudness * participant.trust;
    } else {
      unknown_.push_back(place);
    }
  }
}

/// The next few of the unknown by turns, those first who were silent until now.
void SoundDesk::probe() {
  if (unknown_.empty()) return;
  std::size_t left = probes_per_tick;
  for (const std::size_t place : unknown_) {
    if (left == 0) return;
    if (participants_[place].loudness > 0) continue;
    decode(participants_[place]);
    --left;
  }
  for (std::size_t i = 0; i < unknown_.size() && left > 0; ++i) {
    Participant& participant = participants_[unknown_[next_probe_++ % unknown_.size()]];
    if (participant.decoded) continue;
    decode(participant);
    --left;
  }
}

void SoundDesk::decode(Participant& participant) {
  participant.source->decode(participant.block);
  participant.decoded = true;
  participant.loudness = root_mean_square(participant.block);
  ++blocks_decoded_;
  if (participant.said <= voice::audible) return;
  const double true_share = std::min(1.0, (participant.loudness + voice::audible) / participant.said);
  participant.trust += learning * (true_share - participant.trust);
}

void SoundDesk::choose() {
  levels_.clear();
  for (const Participant& participant : participants_) levels_.push_back({participant.number, participant.loudness});
  loudest_.update(levels_);
  heard_.clear();
  const std::string* speaker = nullptr;
  for (Participant& participant : participants_) {
    if (loudest_.speaker() == participant.number) speaker = &participant.id;
    const bool seated = loudest_.heard(participant.number);
    const bool leaves = participant.seated && !seated && participant.decoded;
    participant.seated = seated;
    if (leaves) fade_out(participant.block);
    if (seated && !participant.decoded) {
      if (participant.silent_blocks > silence_heard)
        participant.block.fill(0);
      else
        decode(participant);
    }
    if (seated || leaves) heard_.push_back(&participant);
  }
  if (speaker == nullptr)
    speaker_.clear();
  else if (speaker_ != *speaker)
    speaker_ = *speaker;
}

void SoundDesk::blend() {
  own_.clear();
  if (heard_.empty()) {
    common_.fill(0);
    return;
  }
  Sum sum{};
  for (const Participant* participant : heard_) add_to(sum, participant->block);
  mix_all(sum, common_);
  for (const Participant* participant : heard_)
    mix_without(sum, participant->block, own_.emplace_back(OwnMix{participant->id, {}}).samples);
}

}  // namespace rollcall::mcu::mixer
