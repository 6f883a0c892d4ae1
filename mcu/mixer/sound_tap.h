#pragma once

#include <functional>
#include <mutex>
#include <span>
#include <vector>

#include "mcu/mixer/chime.h"
#include "mcu/mixer/sound_mixer.h"

namespace rollcall::mcu::mixer {

/// Stands between one conference's mix and those who hear it: lets a recording listen, and plays a chime to everybody.
/// Owned by the conference; loop thread, except pass().
class SoundTap {
 public:
  /// What all hear who do not speak.
  using Listener = std::function<void(std::chrono::nanoseconds running_time, std::span<const std::int16_t> samples)>;

  /// Who listens from now on, on the tick thread; empty: nobody. When this has returned, the one before is not running
  /// and never will be.
  void listen(Listener listener);
  /// Everybody hears it, in place of one that is playing.
  void play(Chime chime);
  /// The tick thread: the mix as it is to be heard. Valid until the next call.
  [[nodiscard]] SoundMix pass(SoundMix mix);

 private:
  std::mutex mutex_;
  Listener listener_;
  Chime chime_;
  Block common_{};  ///< with the chime; the tick thread's, and the next
  std::vector<OwnMix> own_ = {};
};

}  // namespace rollcall::mcu::mixer
