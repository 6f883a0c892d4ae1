#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/layout/layout.h"
#include "mcu/mixer/composer.h"
#include "mcu/mixer/ticker.h"

namespace rollcall::mcu::mixer {

struct PictureFigures {
  std::uint64_t frames = 0;
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
  };
  /// What the picture says about one participant.
  struct Appearance {
    std::string name;
    bool microphone_muted = false;
    bool camera_muted = false;
    std::string note = {};  ///< on his card
    bool operator==(const Appearance&) const = default;
  };
  /// A finished I420 picture, borrowed; its PTS is the tick's running time on the media clock.
  using Output = std::function<void(GstBuffer* picture)>;

  PictureMixer(Settings settings, Output output);
  ~PictureMixer();

  /// Starts and stops the ticking; without a viewer there is no picture to make.
  void start();
  void stop();
  [[nodiscard]] bool running() const { return ticker_.running(); }

  /// One more participant, last in order. `id` is new. The slot is borrowed until remove() of the same id has returned.
  void add(const std::string& id, Appearance appearance, const PictureSlot& slot);
  void update(const std::string& id, Appearance appearance);
  /// Whose tile is framed; nobody's for an id that is not here.
  void set_speaker(const std::string& id);
  void remove(const std::string& id);
  /// One line at the top of the picture, empty for none.
  void set_notice(const std::string& text);

  [[nodiscard]] PictureFigures figures() const;

 private:
  struct Participant {
    std::string id;
    Appearance appearance;
    const PictureSlot* slot = nullptr;
    std::shared_ptr<const Artwork> artwork = {};
    layout::Size drawn_for = {0, 0};
  };
  Participant& find(const std::string& id);
  void rearrange();
  void tick(std::uint64_t number);
  void count(Ticker::Clock::time_point now);
  [[nodiscard]] gst::BufferPtr copy_of_canvas();

  Settings settings_;
  Output output_;
  std::vector<Participant> participants_;  ///< in order of joining
  std::string speaker_;
  std::shared_ptr<const Overlay> notice_;

  mutable std::mutex mutex_;  ///< between the loop thread, which changes the scene, and the tick
  Composer composer_;
  PictureFigures figures_;
  Ticker::Clock::time_point last_frame_{};  ///< zero: none since the start

  std::chrono::nanoseconds start_time_{};  ///< written before the thread starts
  struct Pool;
  std::unique_ptr<Pool> pool_;
  Ticker ticker_;
};

}  // namespace rollcall::mcu::mixer
