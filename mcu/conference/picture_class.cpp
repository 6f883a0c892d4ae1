#include "mcu/conference/picture_class.h"

#include <algorithm>

namespace rollcall::mcu::conference {
namespace {

constexpr int tiny_kbit = 40;

int even(int pixels) {
  return std::max(2, pixels & ~1);
}

}  // namespace

std::vector<encode::PictureClass> picture_classes(gst::Coding coding, const mixer::PictureMixer::Settings& picture,
                                                  int picture_kbit) {
  const auto [width, height] = picture.size;
  const int rate = picture.frame_rate;
  if (gst::has_fixed_sizes(coding)) {
    const int telephone_rate = std::min(rate, 15);
    return {{coding, 352, 288, telephone_rate, std::min(picture_kbit, 384)},
            {coding, 352, 288, telephone_rate, std::min(picture_kbit, 128)},
            {coding, 176, 144, std::min(rate, 10), std::min(picture_kbit, 64)},
            {coding, 176, 144, std::min(rate, 5), std::min(picture_kbit, tiny_kbit)}};
  }
  return {{coding, width, height, rate, picture_kbit},
          {coding, even(width / 2), even(height / 2), rate, picture_kbit / 3},
          {coding, even(width / 4), even(height / 4), std::max(1, rate / 2), picture_kbit / 10},
          {coding, even(width / 4), even(height / 4), std::max(1, rate / 6), std::min(tiny_kbit, picture_kbit / 20)}};
}

}  // namespace rollcall::mcu::conference
