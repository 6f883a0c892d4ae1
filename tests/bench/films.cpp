#include "tests/bench/films.h"

#include <gst/video/video.h>
#include <libyuv/scale.h>

#include <stdexcept>

#include "tests/bench/chain.h"
#include "tests/bench/statistics.h"

namespace rollcall::bench {

const char* decoder_of(Packing packing) {
  return packing == Packing::h264 ? "avdec_h264 max-threads=1" : "vp8dec threads=1";
}
const char* caps_of(Packing packing) {
  return packing == Packing::h264 ? "video/x-h264,stream-format=byte-stream,alignment=au" : "video/x-vp8";
}

Film::Film(const Clip& clip, Packing packing) {
  Chain chain(decoder_of(packing), caps_of(packing), [this](GstBuffer* buffer, const GstCaps* caps) {
    GstVideoInfo info;
    GstVideoFrame frame;
    if (!gst_video_info_from_caps(&info, caps) || !gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ)) return;
    width_ = info.width;
    height_ = info.height;
    auto& picture = pictures_.emplace_back();
    const auto* row = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    for (int y = 0; y < height_; ++y, row += GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0))
      picture.insert(picture.end(), row, row + width_);
    gst_video_frame_unmap(&frame);
  });
  for (std::size_t index = 0; index < clip.size(); ++index)
    chain.push(make_buffer(clip[index].data.data(), clip[index].data.size(), index * GST_SECOND / picture_rate));
  chain.finish();
  if (pictures_.size() != clip.size()) throw std::runtime_error("a clip cannot be decoded; delete its folder");
}

Plane Film::picture(int frame) const {
  return {pictures_[static_cast<std::size_t>(frame)].data(), width_, width_, height_};
}

double similarity_db(const Plane& tile, const Plane& original) {
  std::vector<std::uint8_t> scaled(static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height));
  libyuv::ScalePlane(original.data, original.stride, original.width, original.height, scaled.data(), tile.width,
                     tile.width, tile.height, libyuv::kFilterBox);
  double squares = 0;
  double count = 0;
  for (int y = tile.height / 8; y < tile.height * 5 / 8; ++y) {
    const auto* row = tile.data + static_cast<std::ptrdiff_t>(y) * tile.stride;
    const auto* wanted = scaled.data() + static_cast<std::ptrdiff_t>(y) * tile.width;
    for (int x = tile.width / 12; x < tile.width * 11 / 12; ++x) {
      const double difference = static_cast<double>(row[x]) - wanted[x];
      squares += difference * difference;
      ++count;
    }
  }
  return psnr_db(squares, count);
}

}  // namespace rollcall::bench
