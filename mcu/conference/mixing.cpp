#include "mcu/conference/mixing.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rollcall::mcu::conference {

void Input::picture(gst::SamplePtr sample) {
  slot_.put(std::move(sample), mixer::PictureSlot::Time::clock::now());
}

Mixing::Mixing(mixer::PictureMixer::Settings settings, Callbacks callbacks)
    : picture_encoders_({settings.size.width, settings.size.height},
                        {std::move(callbacks.post), [this](bool used) { used ? picture_.start() : picture_.stop(); },
                         std::move(callbacks.failed)}),
      picture_(
          settings, [this](GstBuffer* picture, bool changed) { picture_encoders_.put(picture, changed); },
          std::move(callbacks.wanted)),
      sound_({[this](const mixer::SoundMix& mix) { on_mixed(sound_tap_.pass(mix)); }, std::move(callbacks.speaker)}) {}

Mixing::~Mixing() {
  picture_.stop();
  sound_.stop();
}

void Mixing::add(const std::string& id, mixer::PictureMixer::Appearance appearance, Input& input) {
  picture_.add(id, std::move(appearance), input.slot());
  sound_.add(id, input.voice());
  if (++participants_ == 1) sound_.start();
}

void Mixing::remove(const std::string& id) {
  picture_.remove(id);
  sound_.remove(id);
  if (--participants_ == 0) sound_.stop();
}

void Mixing::update(const std::string& id, mixer::PictureMixer::Appearance appearance) {
  picture_.update(id, std::move(appearance));
}

encode::Subscription Mixing::watch(const encode::PictureClass& wanted, encode::SendPicture send) {
  return picture_encoders_.subscribe(wanted, std::move(send));
}

encode::Subscription Mixing::watch(const encode::PictureClass& wanted, encode::Send send) {
  return picture_encoders_.subscribe(wanted, std::move(send));
}

encode::Subscription Mixing::listen(const std::string& id, gst::Coding coding, encode::SendSound send) {
  return sound_encoders_.subscribe(id, coding, std::move(send));
}

void Mixing::on_mixed(const mixer::SoundMix& mix) {
  const auto own = [&mix](const std::string& id) -> std::optional<encode::SoundBlock> {
    const auto at = std::find_if(mix.own.begin(), mix.own.end(), [&](const auto& one) { return one.id == id; });
    if (at == mix.own.end()) return std::nullopt;
    return at->samples;
  };
  sound_encoders_.encode(mix.number, mix.running_time, *mix.common, own);
}

Figures Mixing::figures() const {
  return {picture_.figures(), sound_.figures(), picture_encoders_.running(), picture_encoders_.key_frames(),
          sound_encoders_.blocks_encoded()};
}

}  // namespace rollcall::mcu::conference
