#include "mcu/mixer/sound_queue.h"

#include <algorithm>

namespace rollcall::mcu::mixer {
namespace {

constexpr double silence = 60;            // RMS: -55 dBFS
constexpr std::size_t calm_needed = 500;  // blocks: ten seconds

}  // namespace

void SoundQueue::put(std::span<const std::int16_t> samples) {
  const std::lock_guard lock(mutex_);
  samples_.insert(samples_.end(), samples.begin(), samples.end());
  if (samples_.size() <= limit_blocks * block_samples) return;
  const std::size_t excess = samples_.size() - target_ * block_samples;
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(excess));
  figures_.dropped += excess;
}

voice::Coming SoundQueue::advance(voice::Time) {
  take(coming_);
  return {root_mean_square(coming_)};
}

bool SoundQueue::take(Block& block) {
  const std::lock_guard lock(mutex_);
  const std::size_t waiting = samples_.size();
  if (!flowing_ && waiting >= target_ * block_samples) {
    flowing_ = true;
    calm_blocks_ = 0;
    least_waiting_ = waiting;
  }
  if (!flowing_) {
    block.fill(0);
    return false;
  }
  if (waiting < block_samples) {
    // The rest is given rather than kept: it would come late by as long as the queue takes to fill again.
    block.fill(0);
    std::copy(samples_.begin(), samples_.end(), block.begin());
    samples_.clear();
    flowing_ = false;
    // Who sends nothing while he is silent (DTX) teaches nothing about the network.
    if (!was_silent_) target_ = std::min(target_ + 1, most_blocks);
    ++figures_.empty;
    return waiting > 0;
  }
  pop(block);
  was_silent_ = root_mean_square(block) <= silence;
  trim();
  learn(samples_.size());
  return true;
}

std::size_t SoundQueue::target_blocks() const {
  const std::lock_guard lock(mutex_);
  return target_;
}

std::size_t SoundQueue::samples_waiting() const {
  const std::lock_guard lock(mutex_);
  return samples_.size();
}

SoundQueueFigures SoundQueue::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

void SoundQueue::pop(Block& block) {
  const auto end = samples_.begin() + static_cast<std::ptrdiff_t>(block_samples);
  std::copy(samples_.begin(), end, block.begin());
  samples_.erase(samples_.begin(), end);
}

/// Leaves out one silent block when more waits than wanted.
void SoundQueue::trim() {
  if (samples_.size() <= target_ * block_samples) return;
  std::array<std::int16_t, block_samples> next;
  std::copy_n(samples_.begin(), block_samples, next.begin());
  if (root_mean_square(next) > silence) return;
  samples_.erase(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(block_samples));
  ++figures_.trimmed;
}

/// After a long time in which at least a block was always to spare, one less is wanted.
void SoundQueue::learn(std::size_t waiting) {
  least_waiting_ = std::min(least_waiting_, waiting);
  if (++calm_blocks_ < calm_needed) return;
  if (least_waiting_ >= block_samples && target_ > least_blocks) --target_;
  calm_blocks_ = 0;
  least_waiting_ = waiting;
}

}  // namespace rollcall::mcu::mixer
