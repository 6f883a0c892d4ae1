#pragma once

#include <map>
#include <memory>

#include "mcu/encode/picture_class.h"
#include "mcu/gst/frames.h"

namespace rollcall::mcu::encode {

/// Makes the smaller sizes of the mixed picture: each once per picture, whoever wants it. Tick thread.
class PictureScaler {
 public:
  explicit PictureScaler(PictureSize canvas);
  ~PictureScaler();

  /// `canvas` in the size that was wanted; itself, if that is its own. Time stamps are copied. Null if there is no
  /// memory. Valid until the next call with another canvas.
  [[nodiscard]] GstBuffer* scaled(GstBuffer* canvas, PictureSize size);
  /// The canvas that was scaled is done with.
  void forget();

 private:
  struct Output;
  PictureSize canvas_;
  std::map<PictureSize, std::unique_ptr<Output>> outputs_;
};

}  // namespace rollcall::mcu::encode
