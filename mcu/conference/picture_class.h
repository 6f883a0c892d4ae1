#pragma once

#include <vector>

#include "mcu/encode/picture_class.h"
#include "mcu/mixer/picture_mixer.h"

namespace rollcall::mcu::conference {

/// The classes of picture that there are, from the whole mixed picture down: half its size at a third of its rate, a
/// quarter at half the frame rate, and one for a path that carries hardly anything. Few, because each in use costs an
/// encoder.
[[nodiscard]] std::vector<encode::PictureClass> picture_classes(gst::Coding coding,
                                                                const mixer::PictureMixer::Settings& picture,
                                                                int picture_kbit);

}  // namespace rollcall::mcu::conference
