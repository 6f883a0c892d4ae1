#pragma once

#include "mcu/encode/picture_encoder.h"
#include "mcu/mixer/picture_mixer.h"

namespace rollcall::mcu::conference {

/// The class of picture for a participant who can be sent `limit_kbit`: a quarter, half or the whole of what the mixed
/// picture takes. Few classes, because each in use costs an encoder.
[[nodiscard]] encode::PictureClass picture_class(gst::Coding coding, const mixer::PictureMixer::Settings& picture,
                                                 int picture_kbit, int limit_kbit);

}  // namespace rollcall::mcu::conference
