#include "mcu/conference/picture_class.h"

namespace rollcall::mcu::conference {

encode::PictureClass picture_class(gst::Coding coding, const mixer::PictureMixer::Settings& picture, int picture_kbit,
                                   int limit_kbit) {
  int kbit = picture_kbit;
  if (limit_kbit < picture_kbit) kbit = picture_kbit / 2;
  if (limit_kbit < picture_kbit / 2) kbit = picture_kbit / 4;
  return {coding, picture.size.width, picture.size.height, picture.frame_rate, kbit};
}

}  // namespace rollcall::mcu::conference
