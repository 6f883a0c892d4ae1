#pragma once

#include <gst/video/video.h>

#include "mcu/mixer/canvas.h"

namespace rollcall::mcu::mixer {

/// A sample mapped for reading; not a picture we can show if it is not I420. Lives for one function.
class MappedPicture {
 public:
  explicit MappedPicture(GstSample* sample);
  ~MappedPicture();
  MappedPicture(const MappedPicture&) = delete;
  MappedPicture& operator=(const MappedPicture&) = delete;

  [[nodiscard]] bool valid() const { return mapped_; }
  [[nodiscard]] PictureView view() const;

 private:
  GstVideoFrame frame_{};
  bool mapped_ = false;
};

}  // namespace rollcall::mcu::mixer
