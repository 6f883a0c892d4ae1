#include "mcu/calibration/reckoning.h"

#include <algorithm>

namespace rollcall::mcu::calibration {
namespace {

double slower(double here, double there) {
  return std::clamp(here / there, 0.1, 10.0);
}

double whole(double units) {
  return std::max(1.0, static_cast<double>(static_cast<long>(units + 0.5)));
}

}  // namespace

control::UnitCosts costs_of(const Times& times, const Picture& picture) {
  const control::UnitCosts there;
  const double pixels = static_cast<double>(picture.width) * picture.height * picture.frame_rate / (1280.0 * 720 * 30);
  const double encode = slower(times.encode, published.encode);
  const double decode = slower(times.decode, published.decode);
  const double sound = slower(times.sound, published.sound);
  return {.conference = whole(there.conference * encode * pixels),
          .encoder = whole(there.encoder * encode * pixels),
          .video_leg = whole((there.video_leg - there.audio_leg) * decode + there.audio_leg * sound),
          .audio_leg = whole(there.audio_leg * sound)};
}

}  // namespace rollcall::mcu::calibration
