#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "mcu/mixer/sound.h"
#include "mcu/mixer/sound_desk.h"
#include "mcu/mixer/ticker.h"

namespace rollcall::mcu::mixer {

struct SoundFigures {
  std::uint64_t blocks = 0;
  std::uint64_t late = 0;  ///< came more than 1.5 ticks after the one before it
  std::chrono::microseconds max_gap = {};
  std::uint64_t decoded = 0;  ///< blocks of all voices together
};

/// 20 ms of a conference. Valid for the call.
struct SoundMix {
  std::chrono::nanoseconds running_time = {};  ///< start + n × 20 ms: counts samples, never the clock
  std::uint64_t number = 0;                    ///< n; jumps where the machine was too busy to mix
  const Block* common = nullptr;               ///< for all who have none of their own
  std::span<const OwnMix> own = {};
};

/// One conference's sound: each hears everybody but himself. A thread that mixes 20 ms every 20 ms. Owned by the
/// conference; loop thread, except the two callbacks, which are called on the tick thread, without a lock.
///
/// A block's running time is that of its tick, and so is a picture's. What is heard at a tick arrived 5 to 30 ms before
/// it (mcu/voice), what is seen 0 to 33 ms (the newest of 30 pictures a second, and its decoding), so that a receiver
/// who lines both up by their RTP times and sender reports is within 40 ms of the truth on an even network.
class SoundMixer {
 public:
  struct Callbacks {
    std::function<void(const SoundMix&)> mixed;
    /// Another one speaks; empty: nobody does.
    std::function<void(const std::string& id)> speaker;
  };

  explicit SoundMixer(Callbacks callbacks);
  ~SoundMixer();

  void start();
  void stop();
  [[nodiscard]] bool running() const { return ticker_.running(); }

  /// `id` is new. The source is borrowed until remove() of the same id has returned.
  void add(const std::string& id, voice::Source& source);
  void remove(const std::string& id);
  /// Whoever is muted is not heard, whatever he sends.
  void mute(const std::string& id, bool muted);

  [[nodiscard]] SoundFigures figures() const;

 private:
  void tick(std::uint64_t number);
  void count(Ticker::Clock::time_point now);

  Callbacks callbacks_;
  mutable std::mutex mutex_;  ///< between the loop thread, which adds and removes, and the tick
  SoundDesk desk_;
  SoundFigures figures_;
  Ticker::Clock::time_point last_block_{};

  Ticker::Clock::time_point first_tick_{};  ///< these two: tick thread
  std::string speaker_;

  std::chrono::nanoseconds start_time_{};  ///< written before the thread starts
  Ticker ticker_;
};

}  // namespace rollcall::mcu::mixer
