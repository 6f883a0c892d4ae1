#include "mcu/mixer/sound_tap.h"

#include <utility>

namespace rollcall::mcu::mixer {

void SoundTap::listen(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

void SoundTap::play(Chime chime) {
  const std::lock_guard lock(mutex_);
  chime_ = std::move(chime);
}

SoundMix SoundTap::pass(SoundMix mix) {
  const std::lock_guard lock(mutex_);
  if (chime_.playing()) {
    common_ = *mix.common;
    chime_.add_to(common_);
    own_.assign(mix.own.begin(), mix.own.end());
    for (OwnMix& one : own_) chime_.add_to(one.samples);
    chime_.play_on(block_samples);
    mix.common = &common_;
    mix.own = own_;
  }
  if (listener_) listener_(mix.running_time, *mix.common);
  return mix;
}

}  // namespace rollcall::mcu::mixer
