// Everything that is measured in one call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probe/frame_meter.h"
#include "probe/media_event.h"
#include "probe/picture_meter.h"
#include "probe/report.h"
#include "probe/sound_meter.h"

namespace rollcall::probe {

/// When the steps of a call happened, on the probe's clock.
struct CallTimes {
  std::optional<Milliseconds> start = {};  ///< our propose or session-initiate went out, or theirs came
  std::optional<Milliseconds> proceed = {};
  std::optional<Milliseconds> accept = {};
  std::optional<Milliseconds> connected = {};  ///< ICE and DTLS
  std::optional<Milliseconds> first_sound = {};
  std::optional<Milliseconds> end = {};
};

/// Fed on the main thread; tells the report when a tile or a tone appears or goes. Pictures are counted all and looked
/// into five times a second.
class Measurements {
 public:
  Measurements(const std::vector<Colour>& colours, const std::vector<int>& tones, Report& report);

  void take(FrameArrived frame);
  void take(const SoundArrived& sound);
  void take(const Statistics& statistics) { statistics_ = statistics; }

  /// The newest received picture; null before the first.
  [[nodiscard]] GstSample* picture() const { return newest_.get(); }

  [[nodiscard]] const FrameMeter& frames() const { return frames_; }
  [[nodiscard]] const PictureMeter& pictures() const { return pictures_; }
  [[nodiscard]] const SoundMeter& sound() const { return sound_; }
  [[nodiscard]] const Statistics& statistics() const { return statistics_; }
  /// Pictures or sound arrive.
  [[nodiscard]] bool anything_received() const { return frames_.frames() > 0 || times.first_sound; }

  CallTimes times;

 private:
  void tell_tiles(const std::vector<bool>& before);
  void tell_tones(const std::vector<bool>& before);

  Report& report_;
  FrameMeter frames_;
  PictureMeter pictures_;
  SoundMeter sound_;
  Statistics statistics_;
  Sample newest_;
  std::optional<Milliseconds> last_look_;
};

}  // namespace rollcall::probe
