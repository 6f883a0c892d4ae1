// The GStreamer encoders and how they are set. Every figure was measured; run_encode repeats it.
#pragma once

#include "mcu/encode/picture_class.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::encode {

/// Throws std::runtime_error where it is not installed.
[[nodiscard]] gst::ObjectPtr<GstElement> make_picture_encoder(gst::Coding coding, int kbit);
/// 0: the ordinary speed, 1, 2: faster and a little worse. While it runs; of no effect where the ordinary one is the
/// fastest already. Any thread.
void set_speed(GstElement* encoder, gst::Coding coding, int speed);

[[nodiscard]] const char* encoded_caps(gst::Coding coding);
[[nodiscard]] gst::CapsPtr raw_caps(PictureSize size, int frame_rate);

}  // namespace rollcall::mcu::encode
