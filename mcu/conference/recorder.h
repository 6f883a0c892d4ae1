#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "mcu/conference/guarded_post.h"
#include "mcu/conference/mixing.h"
#include "mcu/record/recording.h"

namespace rollcall::mcu::conference {

/// A recording while it runs: takes the whole picture from the encoder that makes it for the viewers, or from one of
/// its own if nobody sees VP8, and the sound that those hear who do not speak. Everybody sees and hears that it begins
/// and ends. Owned by the conference, and ends before its mixing; loop thread.
class Recorder {
 public:
  /// `over` comes when the recording must end by itself, with the reason. Throws std::runtime_error where something is
  /// not installed.
  Recorder(Mixing& mixing, const encode::PictureClass& whole, const std::filesystem::path& path,
           const record::Recording::Limits& limits, const GuardedPost::Post& post,
           std::function<void(const std::string& reason)> over);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return recording_.path(); }

 private:
  Mixing& mixing_;
  record::Recording recording_;
  encode::Subscription picture_;
};

}  // namespace rollcall::mcu::conference
