#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "mcu/encode/picture_encoders.h"

namespace rollcall::mcu::encode {

/// One receiver's picture, whichever encoder it comes from. When another class is wanted, the pictures of the old one
/// go on until the first key frame of the new one is there, so that the receiver sees one stream without a gap; its
/// times never go back. Owned by the receiver's participant; loop thread.
class PictureFeed {
 public:
  using Post = PictureEncoder::Post;

  /// `send` is called on encoders' threads, one at a time, until the destructor has returned. `post` takes a task to
  /// the loop thread.
  PictureFeed(PictureEncoders& encoders, Post post, SendPicture send);
  ~PictureFeed();
  PictureFeed(const PictureFeed&) = delete;
  PictureFeed& operator=(const PictureFeed&) = delete;

  /// None: no picture, at once. Throws std::runtime_error where there is no such encoder; then he keeps what he has.
  void want(const std::optional<PictureClass>& wanted);
  [[nodiscard]] const std::optional<PictureClass>& wanted() const { return wanted_; }
  /// Asks the encoder that the next key frame will come from.
  void ask_key_frame(KeyFrameAsk why);
  /// Whether what is sent is of the class that is wanted.
  [[nodiscard]] bool arrived() const;

 private:
  struct Gate;
  [[nodiscard]] Subscription subscribe(const PictureClass& wanted, std::uint64_t source);
  void settle(std::uint64_t ready);
  void stop();
  void on_passed(std::uint64_t source);

  PictureEncoders& encoders_;
  Post post_;
  std::shared_ptr<Gate> gate_;
  std::optional<PictureClass> wanted_ = {};
  std::optional<PictureClass> shown_ = {};  ///< of `current_`
  std::uint64_t sources_ = 0;
  Subscription current_ = {}, next_ = {};
};

}  // namespace rollcall::mcu::encode
