// From measured times to what things cost. Pure.
#pragma once

#include "allocator/control/messages.h"

namespace rollcall::mcu::calibration {

/// CPU time, in milliseconds.
struct Times {
  double encode = 0;  ///< of one picture of 1280×720 to VP8
  double decode = 0;  ///< of one of 640×360 from VP8, scaled to a tile
  double sound = 0;   ///< of a second of sound, to Opus and back
  bool operator==(const Times&) const = default;
};

/// What the machine needed that the published ratios (allocator/model/units.h) were found on.
inline constexpr Times published{.encode = 5.9, .decode = 0.66, .sound = 9.0};

/// The mixed picture, as the settings have it.
struct Picture {
  int width = 1280;
  int height = 720;
  int frame_rate = 30;
};

/// The published ratios, made larger or smaller as this machine is slower or faster at what makes them up, and as the
/// mixed picture is. What cannot be (a time of nothing, a tenth or the tenfold of the published) is bounded.
[[nodiscard]] control::UnitCosts costs_of(const Times& times, const Picture& picture);

}  // namespace rollcall::mcu::calibration
