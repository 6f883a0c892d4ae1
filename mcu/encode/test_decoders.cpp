#include "mcu/encode/test_decoders.h"

#include <gst/app/app.h>
#include <gst/video/video.h>

#include <array>
#include <stdexcept>
#include <thread>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::encode {

bool eventually(const std::function<bool()>& holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

ViewerForTest::ViewerForTest(gst::Coding coding) : pipeline_(gst::sink_floating(gst_pipeline_new(nullptr))) {
  gst::use_media_clock(pipeline_.get());
  const bool h264 = coding == gst::Coding::h264;
  source_ = gst::make_element("appsrc");
  auto decoder = gst::make_element(h264 ? "avdec_h264" : "vp8dec");
  auto sink = gst::make_element("appsink");
  const gst::CapsPtr caps(
      gst_caps_from_string(h264 ? "video/x-h264,stream-format=byte-stream,alignment=au" : "video/x-vp8"));
  g_object_set(source_.get(), "caps", caps.get(), "is-live", TRUE, "format", GST_FORMAT_TIME, nullptr);
  g_object_set(sink.get(), "sync", FALSE, "async", FALSE, nullptr);
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer self) { return on_sample(GST_ELEMENT(from), self); };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
  gst_bin_add_many(GST_BIN(pipeline_.get()), source_.get(), decoder.get(), sink.get(), nullptr);
  if (!gst_element_link_many(source_.get(), decoder.get(), sink.get(), nullptr)) throw std::runtime_error("not linked");
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

ViewerForTest::~ViewerForTest() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void ViewerForTest::put(const gst::EncodedFrame& frame) {
  {
    const std::lock_guard lock(mutex_);
    if (seen_.keys == 0 && !frame.key) return;
    ++seen_.put;
    seen_.keys += frame.key ? 1 : 0;
    seen_.times.push_back(frame.running_time);
    seen_.bytes += gst_buffer_get_size(frame.buffer);
  }
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), gst_buffer_ref(frame.buffer));
}

ViewerForTest::Seen ViewerForTest::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

Pixel ViewerForTest::pixel(int x, int y) const {
  const std::lock_guard lock(mutex_);
  GstVideoInfo info;
  GstVideoFrame frame;
  if (!last_ || !gst_video_info_from_caps(&info, gst_sample_get_caps(last_.get())) ||
      !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(last_.get()), GST_MAP_READ))
    return {};
  const auto at = [&frame](unsigned plane, int column, int row) {
    return static_cast<const std::uint8_t*>(
        GST_VIDEO_FRAME_PLANE_DATA(&frame, plane))[row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane) + column];
  };
  const Pixel pixel{at(0, x, y), at(1, x / 2, y / 2), at(2, x / 2, y / 2)};
  gst_video_frame_unmap(&frame);
  return pixel;
}

GstFlowReturn ViewerForTest::on_sample(GstElement* sink, gpointer self) {
  auto& viewer = *static_cast<ViewerForTest*>(self);
  gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  const std::lock_guard lock(viewer.mutex_);
  if (!sample) return GST_FLOW_OK;
  GstVideoInfo info;
  if (gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()))) viewer.seen_.width = info.width;
  ++viewer.seen_.decoded;
  viewer.last_ = std::move(sample);
  return GST_FLOW_OK;
}

ListenerForTest::ListenerForTest() {
  int error = OPUS_OK;
  decoder_.reset(opus_decoder_create(48000, 1, &error));
}

void ListenerForTest::put(const gst::EncodedFrame& frame) {
  std::array<std::int16_t, 5760> samples;
  GstMapInfo map;
  gst_buffer_map(frame.buffer, &map, GST_MAP_READ);
  const int count = opus_decode(decoder_.get(), map.data, static_cast<opus_int32>(map.size), samples.data(),
                                static_cast<int>(samples.size()), 0);
  gst_buffer_unmap(frame.buffer, &map);
  const std::lock_guard lock(mutex_);
  times_.push_back(frame.running_time);
  if (count > 0) heard_.insert(heard_.end(), samples.begin(), samples.begin() + count);
}

std::vector<std::int16_t> ListenerForTest::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

std::vector<std::chrono::nanoseconds> ListenerForTest::times() const {
  const std::lock_guard lock(mutex_);
  return times_;
}

}  // namespace rollcall::mcu::encode
