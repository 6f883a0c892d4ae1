#include "mcu/mixer/synthetic.h"

#include <gst/video/video.h>
#include <libyuv.h>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::mixer {

gst::SamplePtr solid_picture(layout::Size size, Rgb colour) {
  gst::initialise();
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                            static_cast<guint>(size.height));
  const gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, info.size, nullptr));
  const Yuv value = to_yuv(colour);
  GstVideoFrame frame;
  gst_video_frame_map(&frame, &info, buffer.get(), GST_MAP_WRITE);
  for (unsigned plane = 0; plane < 3; ++plane)
    libyuv::SetPlane(static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane)),
                     GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane), GST_VIDEO_FRAME_COMP_WIDTH(&frame, plane),
                     GST_VIDEO_FRAME_COMP_HEIGHT(&frame, plane),
                     plane == 0   ? value.y
                     : plane == 1 ? value.u
                                  : value.v);
  gst_video_frame_unmap(&frame);
  const gst::CapsPtr caps(gst_video_info_to_caps(&info));
  return gst::SamplePtr(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr));
}

}  // namespace rollcall::mcu::mixer
