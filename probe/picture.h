// A received picture as GStreamer hands it over.
#pragma once

#include <gst/gst.h>

#include <string>

#include "probe/picture_meter.h"

namespace rollcall::probe {

struct PictureSize {
  int width = 0;
  int height = 0;
};

[[nodiscard]] PictureSize size_of(GstSample* sample);

/// Maps the I420 sample for the time of the measurement. False if it is no such picture.
bool measure(GstSample* sample, PictureMeter& meter, Milliseconds now);

/// Writes a PNG beside `path` and renames it, so that a reader never sees half a picture. Returns a sentence when it
/// did not work, else nothing. Takes some 50 ms for 1280×720.
[[nodiscard]] std::string write_png(GstSample* sample, const std::string& path);

}  // namespace rollcall::probe
