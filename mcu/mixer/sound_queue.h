#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <span>

#include "mcu/mixer/sound.h"
#include "mcu/voice/source.h"

namespace rollcall::mcu::mixer {

struct SoundQueueFigures {
  std::uint64_t empty = 0;    ///< blocks asked for when there was not enough
  std::uint64_t trimmed = 0;  ///< silent blocks left out to become shorter
  std::uint64_t dropped = 0;  ///< samples thrown away because the queue was too long
};

/// What one participant said and the mix has not yet taken. The network delivers in bursts, the mix takes 20 ms every
/// 20 ms; the queue keeps two to four blocks ready, as many as the bursts turn out to need: one more after it ran
/// empty, one less after ten calm seconds. What is too much goes when nobody speaks. Filled on the decoder's
/// thread, emptied on the tick thread. Owned by the participant.
class SoundQueue final : public voice::Source {
 public:
  static constexpr std::size_t least_blocks = 2;
  static constexpr std::size_t most_blocks = 4;
  static constexpr std::size_t limit_blocks = 10;  ///< 200 ms: the oldest goes, down to the target

  /// Any thread. Any number of samples.
  void put(std::span<const std::int16_t> samples);
  /// Any thread. The next 20 ms; silence, and false, where there are none ready.
  bool take(Block& block);
  [[nodiscard]] voice::Coming advance(voice::Time now) override;
  void decode(Block& block) override { block = coming_; }
  /// Any thread. How many blocks it wants to hold before it starts to give.
  [[nodiscard]] std::size_t target_blocks() const;
  [[nodiscard]] std::size_t samples_waiting() const;
  [[nodiscard]] SoundQueueFigures figures() const;

 private:
  void pop(Block& block);
  void trim();
  void learn(std::size_t waiting);

  mutable std::mutex mutex_;
  std::deque<std::int16_t> samples_;
  std::size_t target_ = least_blocks;
  bool flowing_ = false;    ///< enough was gathered once, and it has not run empty since
  bool was_silent_ = true;  ///< the last block given
  std::size_t calm_blocks_ = 0;
  std::size_t least_waiting_ = 0;  ///< over the calm time, in samples
  SoundQueueFigures figures_;
  Block coming_{};  ///< tick thread
};

}  // namespace rollcall::mcu::mixer
