#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "mcu/conference/class_choice.h"
#include "mcu/conference/guarded_post.h"
#include "mcu/conference/picture_class.h"
#include "mcu/encode/picture_feed.h"
#include "mcu/leg/leg.h"

namespace rollcall::mcu::conference {

/// What one participant sees of the conference: which class, as the path to him allows, and who answers when he asks
/// for a key frame. Owned by the participant, before whose leg it ends; loop thread.
class Watching {
 public:
  struct Settings {
    mixer::PictureMixer::Settings picture = {};
    int picture_kbit = 1500;
    int ceiling_kbit = 1500;
  };
  using Time = ClassChoice::Time;

  /// `send` is called on encoders' threads. `failed`: he sees nothing, but hears and is seen.
  Watching(encode::PictureEncoders& encoders, const Settings& settings, const GuardedPost::Post& post,
           encode::SendPicture send, std::function<void(const std::string& text)> failed);

  /// What he can be sent; none: no picture. As often as something may have changed.
  void begin(std::optional<gst::Coding> coding, Time now);
  /// Nothing is sent any more, until begin().
  void stop();
  /// He asks: at once after a beginning or a change because he has nothing yet, later because he has lost something.
  void on_key_frame_wanted(Time now);
  /// Each second.
  void on_health(const leg::Health& health, Time now);
  /// The class that he gets or is about to get.
  [[nodiscard]] const std::optional<encode::PictureClass>& wanted() const { return feed_.wanted(); }

 private:
  void watch(Time now);

  Settings settings_;
  std::function<void(const std::string& text)> failed_;
  std::optional<gst::Coding> coding_ = {};
  std::vector<encode::PictureClass> classes_ = {};
  std::optional<ClassChoice> choice_ = {};
  KeyFrameAsks asks_ = {};
  Time began_ = {};  ///< with the present class
  encode::PictureFeed feed_;
};

}  // namespace rollcall::mcu::conference
