#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mcu/encode/picture_encoder.h"
#include "mcu/encode/picture_scaler.h"

namespace rollcall::mcu::encode {

/// The encoders of one conference: one per class in use, started by its first subscriber and stopped when the last has
/// left, so that nobody pays for a picture that nobody sees. Owned by the conference; loop thread, except put().
class PictureEncoders {
 public:
  struct Callbacks {
    PictureEncoder::Post post;
    /// Whether any encoder runs: pictures are needed, or no longer.
    std::function<void(bool)> in_use;
    /// An encoder broke; its subscribers get nothing until they subscribe again.
    std::function<void(const std::string& text)> failed;
  };

  PictureEncoders(PictureSize canvas, Callbacks callbacks);

  /// The first picture that `send` gets is not necessarily a key frame, but one is on its way. Throws
  /// std::runtime_error where no such encoder is installed. The subscription ends before this object.
  [[nodiscard]] Subscription subscribe(const PictureClass& wanted, SendPicture send);
  /// The same, in one piece, for a file.
  [[nodiscard]] Subscription subscribe(const PictureClass& wanted, Send send);
  void ask_key_frame(const PictureClass& wanted, KeyFrameAsk why);
  /// How much work may be put into the picture, from the next one on.
  void set_effort(const Effort& effort);
  /// The tick thread: to every encoder that runs, in its size. `picture` is an I420 picture of the canvas's size with
  /// its running time as PTS; `changed`: it is not the same as the one before.
  void put(GstBuffer* picture, bool changed = true);

  [[nodiscard]] std::size_t running() const;
  /// Since this was made, of encoders that have stopped too.
  [[nodiscard]] std::uint64_t key_frames() const;
  /// Of the encoder of that class since it was started; 0 if there is none.
  [[nodiscard]] std::uint64_t key_frames(const PictureClass& wanted) const;

 private:
  PictureEncoder& started(const PictureClass& wanted);
  void unsubscribed(const PictureClass& wanted);

  Callbacks callbacks_;
  mutable std::mutex mutex_;  ///< between the loop thread, which starts and stops encoders, and the tick
  Effort effort_ = {};
  PictureScaler scaler_;  ///< the tick thread
  std::map<PictureClass, std::unique_ptr<PictureEncoder>> encoders_;
  std::uint64_t past_key_frames_ = 0;
};

}  // namespace rollcall::mcu::encode
