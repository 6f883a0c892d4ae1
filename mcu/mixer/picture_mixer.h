#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/layout/arrangement.h"
#include "mcu/mixer/composer.h"
#include "mcu/mixer/ticker.h"

namespace rollcall::mcu::mixer {

struct PictureFigures {
  std::uint64_t frames = 0;
  std::uint64_t unchanged = 0;             ///< of these: the same pixels as the one before
  std::uint64_t late = 0;                  ///< came more than 1.5 ticks after the one before it
  std::chrono::microseconds max_gap = {};  ///< between two frames
  std::uint64_t tiles_drawn = 0;
};

/// One conference's picture with everybody in it: a thread that takes the newest picture of each participant, thirty
/// times a second, and never waits for any. Owned by the conference; loop thread, except PictureSlot::put() and the
/// output, which is called on the tick thread. Text is drawn on the loop thread, before a scene is handed over.
class PictureMixer {
 public:
  struct Settings {
    layout::Size size = {};
    int frame_rate = 30;
    std::chrono::milliseconds card_after{1000};
    /// Of a screen: browsers send one that does not change once a second, and less when packets are lost.
    std::chrono::milliseconds screen_card_after{5000};
    std::chrono::milliseconds glide{300};  ///< how long people take to their new places; 0: at once
  };
  /// What the picture says about one participant.
  struct Appearance {
    std::string name;
    bool microphone_muted = false;
    bool camera_muted = false;
    std::string note = {};  ///< a word beside his name and on his card
    bool poor_connection = false;
    bool on_hold = false;  ///< his card, at once
    bool hand_raised = false;
    std::shared_ptr<const Avatar> avatar = {};
    bool operator==(const Appearance&) const = default;
  };
  /// A finished I420 picture, borrowed, not to be written to; its PTS is the tick's running time on the media clock.
  /// `changed`: not the same pixels as the one before.
  using Output = std::function<void(GstBuffer* picture, bool changed)>;
  /// Loop thread, within the call that changed it, which must not be made from here: at what size somebody's picture
  /// is shown from now on; none: not at all, and so nobody need decode it. The first time when he is added.
  using Wanted = std::function<void(const std::string& id, std::optional<layout::Size> size)>;

  PictureMixer(Settings settings, Output output, Wanted wanted = {});
  ~PictureMixer();

  /// Starts and stops the ticking; without a viewer there is no picture to make, and nobody is wanted.
  void start();
  void stop();
  [[nodiscard]] bool running() const { return ticker_.running(); }

  /// One more participant, last in order. `id` is new. The slot is borrowed until remove() of the same id has returned.
  void add(const std::string& id, Appearance appearance, const PictureSlot& slot);
  void update(const std::string& id, Appearance appearance);
  void remove(const std::string& id);

  /// Whose tile is framed, and large where one is; an id that is not here: nobody's.
  void set_speaker(const std::string& id);
  void set_layout(layout::Layout layout);
  /// Who is large whoever speaks; empty: the speaker.
  void set_spotlight(const std::string& id);
  /// Whose picture is a screen; empty: nobody's.
  void set_presentation(const std::string& id);
  /// The mark in the upper right corner.
  void set_recording(bool recording);
  /// While nobody is here: a slate with the title and, below, the text. Otherwise both in one line at the top; nothing
  /// if `text` is empty.
  void set_slate(std::string title, std::string text);

  [[nodiscard]] PictureFigures figures() const;

 private:
  struct Participant {
    std::string id;
    Appearance appearance;
    const PictureSlot* slot = nullptr;
    std::optional<std::optional<layout::Size>> told = {};                        ///< what Wanted said last
    std::map<std::pair<int, int>, std::shared_ptr<const Artwork>> artwork = {};  ///< by size of tile
  };
  Participant& find(const std::string& id);
  void rearrange();
  [[nodiscard]] Seat seat_for(const layout::Arrangement::Shown& shown);
  [[nodiscard]] const std::shared_ptr<const Artwork>& artwork_for(Participant& who, layout::Size size);
  [[nodiscard]] const std::shared_ptr<const Edges>& edges_for(layout::Size size, bool speaking);
  [[nodiscard]] std::vector<Placed> what_lies_over(bool nobody) const;
  void tell_wanted();
  void tick(std::uint64_t number);
  void count(Ticker::Clock::time_point now, const Composer::Result& result);

  Settings settings_;
  Output output_;
  Wanted wanted_;
  std::vector<Participant> participants_;  ///< in order of joining
  layout::Arrangement arrangement_;
  std::string speaker_;
  std::map<std::tuple<int, int, bool>, std::shared_ptr<const Edges>> edges_;
  std::string title_, text_;
  std::shared_ptr<const Overlay> slate_, notice_, recording_;  ///< may be none

  mutable std::mutex mutex_;  ///< between the loop thread, which changes the scene, and the tick
  Composer composer_;
  PictureFigures figures_;
  Ticker::Clock::time_point last_frame_{};  ///< zero: none since the start

  std::chrono::nanoseconds start_time_{};  ///< written before the thread starts
  Ticker ticker_;
};

}  // namespace rollcall::mcu::mixer
