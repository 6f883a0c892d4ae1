#include "mcu/encode/sound_encoders.h"

#include <utility>

namespace rollcall::mcu::encode {

Subscription SoundEncoders::subscribe(const std::string& id, Send send) {
  auto listener = std::make_shared<Listener>(id, std::move(send));
  {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(listener);
  }
  return Subscription([this, listener] {
    {
      const std::lock_guard lock(mutex_);
      std::erase(listeners_, listener);
    }
    listener->receiver.close();
  });
}

void SoundEncoders::encode(std::uint64_t number, std::chrono::nanoseconds running_time, SoundBlock common,
                           const OwnMix& own) {
  gst::BufferPtr shared;
  for (const auto& listener : snapshot()) {
    const std::optional<SoundBlock> mix = own(listener->id);
    gst::BufferPtr alone;
    if (mix) {
      if (!listener->encoder) listener->encoder = std::make_unique<SoundEncoder>();
      alone = listener->encoder->encode(number, *mix, running_time, history_);
      ++blocks_encoded_;
    } else if (!shared) {
      shared = common_encoder_.encode(number, common, running_time, history_);
      ++blocks_encoded_;
    }
    listener->receiver.send({gst::Coding::opus, mix ? alone.get() : shared.get(), running_time, true});
  }
  history_.add(common);
}

std::vector<std::shared_ptr<SoundEncoders::Listener>> SoundEncoders::snapshot() const {
  const std::lock_guard lock(mutex_);
  return listeners_;
}

}  // namespace rollcall::mcu::encode
