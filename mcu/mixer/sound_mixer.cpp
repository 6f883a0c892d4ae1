#include "mcu/mixer/sound_mixer.h"

#include <algorithm>
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

void SoundMixer::add(const std::string& id, voice::Source& source) {
  const std::lock_guard lock(mutex_);
  desk_.add(id, source);
}

void SoundMixer::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  desk_.remove(id);
}

void SoundMixer::mute(const std::string& id, bool muted) {
  const std::lock_guard lock(mutex_);
  desk_.mute(id, muted);
}

SoundFigures SoundMixer::figures() const {
  const std::lock_guard lock(mutex_);
  SoundFigures figures = figures_;
  figures.decoded = desk_.blocks_decoded();
  return figures;
}

void SoundMixer::tick(std::uint64_t number) {
  const auto now = Ticker::Clock::now();
  if (number == 0) first_tick_ = now;
  std::string speaker;
  {
    const std::lock_guard lock(mutex_);
    desk_.mix(first_tick_ + number * block_time);
    count(now);
    speaker = desk_.speaker();
  }
  // Nobody but this thread changes the desk's mixes.
  callbacks_.mixed({start_time_ + number * std::chrono::nanoseconds(block_time), number, &desk_.common(), desk_.own()});
  if (speaker == speaker_) return;
  speaker_ = speaker;
  callbacks_.speaker(speaker_);
}

void SoundMixer::count(Ticker::Clock::time_point now) {
  ++figures_.blocks;
  const auto before = std::exchange(last_block_, now);
  if (before == Ticker::Clock::time_point{}) return;
  const auto gap = std::chrono::duration_cast<std::chrono::microseconds>(now - before);
  figures_.max_gap = std::max(figures_.max_gap, gap);
  if (gap * 2 > block_time * 3) ++figures_.late;
}

}  // namespace rollcall::mcu::mixer
