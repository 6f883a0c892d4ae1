#include "mcu/mixer/sound_mixer.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::mixer {
namespace {

constexpr std::uint64_t made_up_blocks = 5;  // 100 ms; listeners' own buffers carry no more than that

}  // namespace

SoundMixer::SoundMixer(Callbacks callbacks)
    : callbacks_(std::move(callbacks)),
      ticker_(block_time, made_up_blocks, [this](std::uint64_t number) { tick(number); }) {}

SoundMixer::~SoundMixer() {
  stop();
}

void SoundMixer::start() {
  if (running()) return;
  start_time_ = gst::running_time_now();
  last_block_ = {};
  ticker_.start();
}

void SoundMixer::stop() {
  ticker_.stop();
}

void SoundMixer::add(const std::string& id, SoundQueue& queue) {
  const std::lock_guard lock(mutex_);
  assert(std::none_of(participants_.begin(), participants_.end(), [&](const auto& other) { return other.id == id; }));
  participants_.push_back({next_number_++, id, &queue});
}

void SoundMixer::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(participants_, [&](const Participant& participant) { return participant.id == id; });
}

SoundFigures SoundMixer::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

void SoundMixer::tick(std::uint64_t number) {
  std::string speaker;
  {
    const std::lock_guard lock(mutex_);
    mix();
    count();
    speaker = speaker_id();
  }
  callbacks_.mixed({start_time_ + number * std::chrono::nanoseconds(block_time), number, &common_, own_});
  if (speaker == speaker_) return;
  speaker_ = speaker;
  callbacks_.speaker(speaker_);
}

void SoundMixer::mix() {
  std::vector<Loudest::Level> levels;
  levels.reserve(participants_.size());
  for (Participant& participant : participants_) {
    participant.queue->take(participant.block);
    levels.push_back({participant.number, root_mean_square(participant.block)});
  }
  loudest_.update(levels);
  Sum sum{};
  for (const Participant& participant : participants_)
    if (loudest_.heard(participant.number)) add_to(sum, participant.block);
  mix_all(sum, common_);
  own_.clear();
  for (const Participant& participant : participants_)
    if (loudest_.heard(participant.number))
      mix_without(sum, participant.block, own_.emplace_back(OwnMix{participant.id, {}}).samples);
}

void SoundMixer::count() {
  const auto now = Ticker::Clock::now();
  ++figures_.blocks;
  const auto before = std::exchange(last_block_, now);
  if (before == Ticker::Clock::time_point{}) return;
  const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(now - before);
  figures_.max_gap = std::max(figures_.max_gap, gap);
  if (gap * 2 > block_time * 3) ++figures_.late;
}

std::string SoundMixer::speaker_id() const {
  for (const Participant& participant : participants_)
    if (loudest_.speaker() == participant.number) return participant.id;
  return {};
}

}  // namespace rollcall::mcu::mixer
