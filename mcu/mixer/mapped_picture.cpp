#include "mcu/mixer/mapped_picture.h"

namespace rollcall::mcu::mixer {

MappedPicture::MappedPicture(GstSample* sample) {
  GstVideoInfo info;
  mapped_ = gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) != FALSE &&
            GST_VIDEO_INFO_FORMAT(&info) == GST_VIDEO_FORMAT_I420 && info.width >= 2 && info.height >= 2 &&
            gst_video_frame_map(&frame_, &info, gst_sample_get_buffer(sample), GST_MAP_READ) != FALSE;
}

MappedPicture::~MappedPicture() {
  if (mapped_) gst_video_frame_unmap(&frame_);
}

PictureView MappedPicture::view() const {
  const auto plane = [this](unsigned number) {
    return static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame_, number));
  };
  const auto stride = [this](unsigned number) { return GST_VIDEO_FRAME_PLANE_STRIDE(&frame_, number); };
  return {plane(0),
          plane(1),
          plane(2),
          stride(0),
          stride(1),
          stride(2),
          {GST_VIDEO_FRAME_WIDTH(&frame_), GST_VIDEO_FRAME_HEIGHT(&frame_)}};
}

}  // namespace rollcall::mcu::mixer
