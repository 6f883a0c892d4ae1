#pragma once

#include <compare>

#include "mcu/gst/frames.h"

namespace rollcall::mcu::encode {

struct PictureSize {
  int width = 1280;
  int height = 720;
  auto operator<=>(const PictureSize&) const = default;
};

/// What distinguishes one encoder's output from another's.
struct PictureClass {
  gst::Coding coding = gst::Coding::vp8;
  int width = 1280;
  int height = 720;
  int frame_rate = 30;
  int kbit = 1500;
  auto operator<=>(const PictureClass&) const = default;
};

}  // namespace rollcall::mcu::encode
