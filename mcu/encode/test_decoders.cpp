#include "mcu/encode/test_decoders.h"

#include <gst/app/app.h>
#include <gst/rtp/rtp.h>
#include <gst/video/video.h>

#include <algorithm>
#include <array>
#include <string>
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

namespace {

struct Chain {
  const char* encoding_name;
  const char* elements;
};

Chain chain_for(gst::Coding coding) {
  if (coding == gst::Coding::h263) return {"H263", "rtph263depay ! avdec_h263"};
  if (coding == gst::Coding::h263_1998) return {"H263-1998", "rtph263pdepay ! avdec_h263"};
  if (coding == gst::Coding::h261) return {"H261", "rtph261depay ! avdec_h261"};
  if (coding == gst::Coding::h264 || coding == gst::Coding::h264_single)
    return {"H264", "rtph264depay ! h264parse ! avdec_h264 max-threads=1"};
  if (coding == gst::Coding::vp9) return {"VP9", "rtpvp9depay ! vp9dec"};
  return {"VP8", "rtpvp8depay ! vp8dec"};
}

}  // namespace

ViewerForTest::ViewerForTest(gst::Coding coding) {
  const Chain chain = chain_for(coding);
  const std::string text = std::string("appsrc name=source is-live=true format=time ! ") + chain.elements +
                           " ! appsink name=sink sync=false async=false";
  pipeline_ = gst::sink_floating(gst_parse_launch(text.c_str(), nullptr));
  gst::use_media_clock(pipeline_.get());
  source_ = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "source"));
  const auto sink = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "sink"));
  const gst::CapsPtr caps(gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, "video", "clock-rate",
                                              G_TYPE_INT, 90000, "encoding-name", G_TYPE_STRING, chain.encoding_name,
                                              "payload", G_TYPE_INT, 96, nullptr));
  g_object_set(source_.get(), "caps", caps.get(), nullptr);
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer self) { return on_sample(GST_ELEMENT(from), self); };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink.get()), &callbacks, this, nullptr);
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

ViewerForTest::~ViewerForTest() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void ViewerForTest::put(const gst::PicturePtr& picture) {
  {
    const std::lock_guard lock(mutex_);
    if (seen_.keys == 0 && !picture->key) return;
    ++seen_.put;
    seen_.keys += picture->key ? 1 : 0;
    seen_.times.push_back(picture->running_time);
    seen_.bytes += picture->bytes.size();
    for (std::size_t i = 0; i < picture->count(); ++i)
      seen_.longest = std::max(seen_.longest, picture->payload(i).size());
  }
  const auto timestamp = static_cast<std::uint32_t>(picture->running_time.count() * 9 / 100000);
  for (std::size_t i = 0; i < picture->count(); ++i) push(picture->payload(i), i + 1 == picture->count(), timestamp);
}

void ViewerForTest::push(std::span<const std::uint8_t> payload, bool last, std::uint32_t timestamp) {
  GstBuffer* packet = gst_rtp_buffer_new_allocate(static_cast<guint>(payload.size()), 0, 0);
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  gst_rtp_buffer_map(packet, GST_MAP_WRITE, &rtp);
  gst_rtp_buffer_set_payload_type(&rtp, 96);
  gst_rtp_buffer_set_seq(&rtp, sequence_++);
  gst_rtp_buffer_set_timestamp(&rtp, timestamp);
  gst_rtp_buffer_set_ssrc(&rtp, 1);
  gst_rtp_buffer_set_marker(&rtp, last);
  std::copy(payload.begin(), payload.end(), static_cast<std::uint8_t*>(gst_rtp_buffer_get_payload(&rtp)));
  gst_rtp_buffer_unmap(&rtp);
  gst_app_src_push_buffer(GST_APP_SRC(source_.get()), packet);
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
  if (gst_video_info_from_caps(&info, gst_sample_get_caps(sample.get()))) {
    viewer.seen_.width = info.width;
    viewer.seen_.height = info.height;
  }
  ++viewer.seen_.decoded;
  viewer.last_ = std::move(sample);
  return GST_FLOW_OK;
}

ListenerForTest::ListenerForTest() {
  int error = OPUS_OK;
  decoder_.reset(opus_decoder_create(48000, 1, &error));
}

void ListenerForTest::put(const gst::EncodedSound& sound) {
  hear(sound.payload, sound.running_time, sound.begins_talk || sound.payload.size() == 1);
}

void ListenerForTest::hear(std::span<const std::uint8_t> payload, std::chrono::nanoseconds running_time,
                           bool after_pause) {
  std::array<std::int16_t, 5760> samples;
  const int count = opus_decode(decoder_.get(), payload.data(), static_cast<opus_int32>(payload.size()), samples.data(),
                                static_cast<int>(samples.size()), 0);
  const std::lock_guard lock(mutex_);
  if (!times_.empty() && !after_pause && running_time - times_.back() != std::chrono::milliseconds(20)) ++holes_;
  times_.push_back(running_time);
  if (count > 0) heard_.insert(heard_.end(), samples.begin(), samples.begin() + count);
}

int ListenerForTest::holes() const {
  const std::lock_guard lock(mutex_);
  return holes_;
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
