#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "mcu/encode/picture_encoder.h"

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

  explicit PictureEncoders(Callbacks callbacks);

  /// The first frame that `send` gets is not necessarily a key frame, but one is on its way. Throws std::runtime_error
  /// where no such encoder is installed. The subscription ends before this object.
  [[nodiscard]] Subscription subscribe(const PictureClass& wanted, Send send);
  void want_key_frame(const PictureClass& wanted);
  /// The tick thread: to every encoder that runs.
  void put(GstBuffer* picture);

  [[nodiscard]] std::size_t running() const;
  /// Since this was made, of encoders that have stopped too.
  [[nodiscard]] std::uint64_t key_frames() const;

 private:
  void unsubscribe(const PictureClass& wanted, const std::shared_ptr<Receiver>& receiver);

  Callbacks callbacks_;
  mutable std::mutex mutex_;  ///< between the loop thread, which starts and stops encoders, and the tick
  std::map<PictureClass, std::unique_ptr<PictureEncoder>> encoders_;
  std::uint64_t past_key_frames_ = 0;
};

}  // namespace rollcall::mcu::encode
