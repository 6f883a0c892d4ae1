#include "probe/picture.h"

#include <gst/video/video.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "probe/gst_handle.h"

namespace rollcall::probe {
namespace {

bool video_info(GstSample* sample, GstVideoInfo& info) {
  GstCaps* caps = gst_sample_get_caps(sample);
  return caps && gst_video_info_from_caps(&info, caps);
}

}  // namespace

PictureSize size_of(GstSample* sample) {
  GstVideoInfo info;
  if (!video_info(sample, info)) return {};
  return {GST_VIDEO_INFO_WIDTH(&info), GST_VIDEO_INFO_HEIGHT(&info)};
}

bool measure(GstSample* sample, PictureMeter& meter, Milliseconds now) {
  GstVideoInfo info;
  GstVideoFrame frame;
  if (!video_info(sample, info) || GST_VIDEO_INFO_FORMAT(&info) != GST_VIDEO_FORMAT_I420) return false;
  if (!gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ)) return false;
  PictureView view{GST_VIDEO_INFO_WIDTH(&info), GST_VIDEO_INFO_HEIGHT(&info), {}, {}};
  for (unsigned plane = 0; plane < 3; ++plane) {
    view.planes[plane] = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane));
    view.strides[plane] = GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane);
  }
  meter.measure(view, now);
  gst_video_frame_unmap(&frame);
  return true;
}

std::string write_png(GstSample* sample, const std::string& path) {
  const Caps png(gst_caps_new_empty_simple("image/png"));
  GError* raw = nullptr;
  const Sample picture(gst_video_convert_sample(sample, png.get(), 5 * GST_SECOND, &raw));
  const Error error(raw);
  if (!picture) return "The picture could not be made a PNG: " + std::string(error ? error->message : "unknown") + ".";
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(picture.get());
  if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) return "The PNG could not be read from memory.";
  const auto beside = path + ".part";
  std::ofstream file(beside, std::ios::binary);
  file.write(reinterpret_cast<const char*>(map.data), static_cast<std::streamsize>(map.size));
  gst_buffer_unmap(buffer, &map);
  file.close();
  std::error_code failure;
  if (file) std::filesystem::rename(beside, path, failure);
  if (!file || failure) return "The snapshot could not be written to " + path + ".";
  return {};
}

}  // namespace rollcall::probe
