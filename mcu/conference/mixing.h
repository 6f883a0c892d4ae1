#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "mcu/encode/picture_encoders.h"
#include "mcu/encode/sound_encoders.h"
#include "mcu/gst/frames.h"
#include "mcu/mixer/picture_mixer.h"
#include "mcu/mixer/picture_slot.h"
#include "mcu/mixer/sound_mixer.h"
#include "mcu/mixer/sound_tap.h"
#include "mcu/voice/voice.h"

namespace rollcall::mcu::conference {

/// What one participant sends, on its way into the mix. Owned by the participant; its functions are for his
/// decoders' threads and the I/O thread.
class Input {
 public:
  void picture(gst::SamplePtr sample);
  void sound(const gst::SoundPacket& packet) { voice_.put(packet); }

  [[nodiscard]] mixer::PictureSlot& slot() { return slot_; }
  [[nodiscard]] voice::Voice& voice() { return voice_; }

 private:
  mixer::PictureSlot slot_;
  voice::Voice voice_;
};

/// Measured by the machine itself, for the log and for tests.
struct Figures {
  mixer::PictureFigures picture = {};
  mixer::SoundFigures sound = {};
  std::size_t encoders = 0;  ///< running now
  std::uint64_t key_frames = 0;
  std::uint64_t sound_blocks_encoded = 0;
};

/// One conference's mixers and encoders, wired: inputs on one side, encoded pictures and sound on the other. Ticks only
/// while somebody listens or looks. Owned by the Conference; loop thread.
class Mixing {
 public:
  struct Callbacks {
    encode::PictureEncoder::Post post;
    /// On the sound's tick thread; empty: nobody.
    std::function<void(const std::string& id)> speaker;
    /// On the loop thread: an encoder broke; viewers must subscribe anew.
    std::function<void(const std::string& text)> failed;
    mixer::PictureMixer::Wanted wanted = {};
  };

  Mixing(mixer::PictureMixer::Settings settings, Callbacks callbacks);
  ~Mixing();

  /// From now on the participant is seen and heard. The input is borrowed until remove() has returned.
  void add(const std::string& id, mixer::PictureMixer::Appearance appearance, Input& input);
  void remove(const std::string& id);
  void update(const std::string& id, mixer::PictureMixer::Appearance appearance);
  /// What he says is heard by nobody, whatever he sends.
  void mute(const std::string& id, bool muted) { sound_.mute(id, muted); }
  void set_speaker(const std::string& id) { picture_.set_speaker(id); }
  /// What lies over the picture, and who is where in it; see PictureMixer.
  [[nodiscard]] mixer::PictureMixer& picture() { return picture_; }

  /// Everybody's picture. Called on the encoder's thread.
  [[nodiscard]] encode::Subscription watch(const encode::PictureClass& wanted, encode::SendPicture send);
  [[nodiscard]] encode::Subscription watch(const encode::PictureClass& wanted, encode::Send send);
  /// Everybody's sound but that of `id`. Called on the sound's tick thread.
  [[nodiscard]] encode::Subscription listen(const std::string& id, gst::Coding coding, encode::SendSound send);
  /// How much of what is sent to him gets lost, 0…100.
  void report_loss(const std::string& id, int percent) { sound_encoders_.report_loss(id, percent); }
  [[nodiscard]] mixer::SoundTap& sound_tap() { return sound_tap_; }
  [[nodiscard]] encode::PictureEncoders& picture_encoders() { return picture_encoders_; }

  [[nodiscard]] Figures figures() const;

 private:
  void on_mixed(const mixer::SoundMix& mix);

  std::size_t participants_ = 0;
  encode::PictureEncoders picture_encoders_;
  encode::SoundEncoders sound_encoders_;
  mixer::PictureMixer picture_;  ///< behind the encoders, whom its thread calls
  mixer::SoundTap sound_tap_;
  mixer::SoundMixer sound_;  ///< behind what its thread calls
};

}  // namespace rollcall::mcu::conference
