#include "mcu/conference/recorder.h"

#include <utility>

namespace rollcall::mcu::conference {

Recorder::Recorder(Mixing& mixing, const encode::PictureClass& whole, const std::filesystem::path& path,
                   const record::Recording::Limits& limits, const GuardedPost::Post& post,
                   std::function<void(const std::string& reason)> over)
    : mixing_(mixing),
      recording_(path, {whole.width, whole.height, whole.frame_rate}, limits, post, std::move(over)),
      picture_(mixing_.watch(whole, [this](const gst::EncodedFrame& frame) { recording_.picture(frame); })) {
  mixing_.sound_tap().listen([this](std::chrono::nanoseconds running_time, std::span<const std::int16_t> samples) {
    recording_.sound(running_time, samples);
  });
  mixing_.picture().set_recording(true);
  mixing_.sound_tap().play(mixer::Chime(true));
}

Recorder::~Recorder() {
  picture_ = {};
  mixing_.sound_tap().listen({});
  recording_.finish();
  mixing_.picture().set_recording(false);
  mixing_.sound_tap().play(mixer::Chime(false));
}

}  // namespace rollcall::mcu::conference
