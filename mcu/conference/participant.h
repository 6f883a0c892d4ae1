#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "allocator/model/ids.h"
#include "allocator/model/leg_profile.h"
#include "allocator/model/refusal.h"
#include "mcu/conference/guarded_post.h"
#include "mcu/conference/mixing.h"
#include "mcu/conference/watching.h"
#include "mcu/leg/leg.h"
#include "mcu/record/file_name.h"

namespace rollcall::mcu::conference {

/// One participant of a running conference: his leg, and what ties it to the mix. Seen and heard from the moment his
/// leg is connected until this is deleted. Owned by the Conference; loop thread.
class Participant {
 public:
  struct Settings {
    mixer::PictureMixer::Settings picture = {};
    int picture_kbit = 1500;
    record::Settings recording = {};
  };
  /// Loop thread.
  struct Callbacks {
    std::function<void()> connected;
    /// The leg is over; to be deleted after this has returned, not within it.
    std::function<void(model::Reason)> ended;
    /// Only when something changed noticeably.
    std::function<void(const leg::Health&)> health;
    std::function<void(const std::string& text)> failed;
    std::function<void(char)> key = {};  ///< pressed on his telephone
  };

  /// What is said about him; what is not said stays.
  struct Change {
    std::optional<std::string> name = {};
    std::optional<bool> microphone_muted = {};
    std::optional<bool> camera_muted = {};
    std::optional<bool> muted_by_moderator = {};  ///< his sound does not enter the mix
    std::optional<std::string> note = {};         ///< a word beside his name; empty: none
  };

  Participant(model::LegId id, std::string name, model::LegProfile profile, const Settings& settings, Mixing& mixing,
              transport::IoContext& io, const GuardedPost::Post& post, Callbacks callbacks);
  ~Participant();
  Participant(const Participant&) = delete;
  Participant& operator=(const Participant&) = delete;

  [[nodiscard]] leg::Leg& leg() { return *leg_; }
  [[nodiscard]] bool connected() const { return connected_; }

  void update(const Change& change);
  /// His picture of us is broken, and he says so by other means than RTCP.
  void refresh();
  /// In how large a tile he is shown from now on; none: not at all, and his pictures are not decoded.
  void show_at(std::optional<layout::Size> tile);
  /// After a changed description: what can be sent may be other than before.
  void subscribe();
  /// The encoder is gone; as long as this is not followed by subscribe(), he gets no picture.
  void unsubscribe_picture();

 private:
  void on_connected();
  void on_health(const leg::Health& seen);
  void subscribe_sound();
  void show();

  model::LegId id_;
  model::LegProfile profile_;
  Settings settings_;
  Mixing& mixing_;
  Callbacks callbacks_;
  mixer::PictureMixer::Appearance appearance_;
  bool microphone_muted_ = false;
  bool muted_by_moderator_ = false;
  std::string note_;
  bool connected_ = false;
  leg::Health reported_ = {};
  GuardedPost post_;
  Input input_;
  std::unique_ptr<leg::Leg> leg_;
  std::optional<Watching> watching_ = {};  ///< ends before the leg does
  encode::Subscription sound_ = {};
  std::optional<gst::Coding> heard_ = {};
};

/// Whether others should see that his network is the reason for what they see and hear: more than 8 % lost, until it is
/// less than 5 %, or nothing comes at all. `marked`: they see it now.
[[nodiscard]] bool poor_connection(const leg::Health& health, bool marked);

/// Whether the difference is worth telling: something began or stopped, or the network got clearly better or worse.
[[nodiscard]] bool differs_noticeably(const leg::Health& before, const leg::Health& now);

}  // namespace rollcall::mcu::conference
