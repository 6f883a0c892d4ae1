#include "mcu/encode/picture_scaler.h"

#include <gst/video/video.h>
#include <libyuv.h>

#include <algorithm>
#include <stdexcept>

#include "mcu/gst/handle.h"

namespace rollcall::mcu::encode {
namespace {

GstVideoInfo info_of(PictureSize size) {
  GstVideoInfo info;
  gst_video_info_set_format(&info, GST_VIDEO_FORMAT_I420, static_cast<guint>(size.width),
                            static_cast<guint>(size.height));
  return info;
}

std::uint8_t* plane(const GstVideoFrame& frame, unsigned number) {
  return static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, number));
}

int stride(const GstVideoFrame& frame, unsigned number) {
  return GST_VIDEO_FRAME_PLANE_STRIDE(&frame, number);
}

/// How many lines of the smaller picture the canvas takes. CIF and QCIF are of 4:3, with pixels that are 12:11.
int lines_of(PictureSize canvas, PictureSize size) {
  if (size.width * 9 != size.height * 11) return size.height;
  return std::min(size.height, size.width * 12 * canvas.height / (11 * canvas.width) & ~3);
}

void scale(const GstVideoFrame& from, const GstVideoFrame& to, int lines) {
  const int width = GST_VIDEO_FRAME_WIDTH(&to);
  const int height = GST_VIDEO_FRAME_HEIGHT(&to);
  const int above = (height - lines) / 2 & ~1;
  if (lines < height)
    libyuv::I420Rect(plane(to, 0), stride(to, 0), plane(to, 1), stride(to, 1), plane(to, 2), stride(to, 2), 0, 0, width,
                     height, 16, 128, 128);
  libyuv::I420Scale(plane(from, 0), stride(from, 0), plane(from, 1), stride(from, 1), plane(from, 2), stride(from, 2),
                    GST_VIDEO_FRAME_WIDTH(&from), GST_VIDEO_FRAME_HEIGHT(&from), plane(to, 0) + above * stride(to, 0),
                    stride(to, 0), plane(to, 1) + above / 2 * stride(to, 1), stride(to, 1),
                    plane(to, 2) + above / 2 * stride(to, 2), stride(to, 2), width, lines, libyuv::kFilterBox);
}

}  // namespace

/// The buffers of one size; they come back when the last encoder has let go.
struct PictureScaler::Output {
  explicit Output(PictureSize size) : info(info_of(size)), pool(gst::sink_floating(gst_video_buffer_pool_new())) {
    const gst::CapsPtr caps(gst_video_info_to_caps(&info));
    GstStructure* config = gst_buffer_pool_get_config(pool.get());
    gst_buffer_pool_config_set_params(config, caps.get(), static_cast<guint>(info.size), 2, 0);
    if (!gst_buffer_pool_set_config(pool.get(), config) || !gst_buffer_pool_set_active(pool.get(), TRUE))
      throw std::runtime_error("no memory for pictures of this size");
  }
  ~Output() {
    ready.reset();
    gst_buffer_pool_set_active(pool.get(), FALSE);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  GstVideoInfo info;
  gst::ObjectPtr<GstBufferPool> pool;
  gst::BufferPtr ready = {};  ///< of the present canvas
};

PictureScaler::PictureScaler(PictureSize canvas) : canvas_(canvas) {}
PictureScaler::~PictureScaler() = default;

void PictureScaler::forget() {
  for (auto& [size, output] : outputs_) output->ready.reset();
}

GstBuffer* PictureScaler::scaled(GstBuffer* canvas, PictureSize size) {
  if (size == canvas_) return canvas;
  auto& output = outputs_[size];
  if (!output) output = std::make_unique<Output>(size);
  if (output->ready) return output->ready.get();
  GstBuffer* acquired = nullptr;
  if (gst_buffer_pool_acquire_buffer(output->pool.get(), &acquired, nullptr) != GST_FLOW_OK) return nullptr;
  gst::BufferPtr buffer(acquired);
  GstVideoInfo info = info_of(canvas_);
  GstVideoFrame from, to;
  if (!gst_video_frame_map(&from, &info, canvas, GST_MAP_READ)) return nullptr;
  if (gst_video_frame_map(&to, &output->info, acquired, GST_MAP_WRITE)) {
    scale(from, to, lines_of(canvas_, size));
    gst_video_frame_unmap(&to);
    GST_BUFFER_PTS(acquired) = GST_BUFFER_PTS(canvas);
    output->ready = std::move(buffer);
  }
  gst_video_frame_unmap(&from);
  return output->ready.get();
}

}  // namespace rollcall::mcu::encode
