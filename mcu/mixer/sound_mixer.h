#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "mcu/mixer/loudest.h"
#include "mcu/mixer/sound.h"
#include "mcu/mixer/sound_queue.h"
#include "mcu/mixer/ticker.h"

namespace rollcall::mcu::mixer {

struct SoundFigures {
  std::uint64_t blocks = 0;
  std::uint64_t late = 0;  ///< came more than 1.5 ticks after the one before it
  std::chrono::microseconds max_gap = {};
};

/// What one of the loudest hears: everybody heard but himself.
struct OwnMix {
  std::string id;
  Block samples;
};

/// 20 ms of a conference. Valid for the call.
struct SoundMix {
  std::chrono::nanoseconds running_time = {};  ///< start + n × 20 ms: counts samples, never the clock
  std::uint64_t number = 0;                    ///< n; jumps where the machine was too busy to mix
  const Block* common = nullptr;               ///< for all who have none of their own
  std::span<const OwnMix> own = {};
};

/// One conference's sound: each hears everybody but himself. A thread that takes 20 ms from each participant's queue
/// every 20 ms. Owned by the conference; loop thread, except SoundQueue::put(), and the two callbacks, which are called
/// on the tick thread.
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

  /// `id` is new. The queue is borrowed until remove() of the same id has returned.
  void add(const std::string& id, SoundQueue& queue);
  void remove(const std::string& id);

  [[nodiscard]] SoundFigures figures() const;

 private:
  struct Participant {
    std::size_t number = 0;
    std::string id;
    SoundQueue* queue = nullptr;
    Block block{};
  };
  void tick(std::uint64_t number);
  void mix();
  void count();
  [[nodiscard]] std::string speaker_id() const;

  Callbacks callbacks_;
  mutable std::mutex mutex_;  ///< between the loop thread, which adds and removes, and the tick
  std::vector<Participant> participants_;
  std::size_t next_number_ = 0;
  Loudest loudest_;
  SoundFigures figures_;
  Ticker::Clock::time_point last_block_{};

  std::vector<OwnMix> own_;  ///< these three: tick thread
  Block common_{};
  std::string speaker_;

  std::chrono::nanoseconds start_time_{};  ///< written before the thread starts
  Ticker ticker_;
};

}  // namespace rollcall::mcu::mixer
