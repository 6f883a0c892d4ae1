#include "mcu/encode/picture_encoder.h"

#include <gst/app/app.h>
#include <gst/video/video.h>

#include <cassert>
#include <stdexcept>
#include <utility>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::encode {
namespace {

/// Negative cpu-used is a fixed speed; a positive one lets libvpx take all the time there is. The small buffers keep a
/// key frame at three or four ordinary ones' size. No key frame but on demand.
gst::ObjectPtr<GstElement> make_vp8(int kbit) {
  auto encoder = gst::make_element("vp8enc");
  g_object_set(encoder.get(), "deadline", gint64{1}, "cpu-used", -8, "threads", 1, "target-bitrate", kbit * 1000,
               "keyframe-max-dist", 3000, "min-quantizer", 2, "max-quantizer", 56, "buffer-size", 600,
               "buffer-initial-size", 300, "buffer-optimal-size", 400, "undershoot", 95, nullptr);
  gst_util_set_object_arg(G_OBJECT(encoder.get()), "end-usage", "cbr");
  return encoder;
}

gst::ObjectPtr<GstElement> make_h264(int kbit) {
  auto encoder = gst::make_element("x264enc");
  g_object_set(encoder.get(), "bitrate", kbit, "threads", 1, "key-int-max", 3000, "vbv-buf-capacity", 400,
               "byte-stream", TRUE, "bframes", 0, nullptr);
  gst_util_set_object_arg(G_OBJECT(encoder.get()), "tune", "zerolatency");
  gst_util_set_object_arg(G_OBJECT(encoder.get()), "speed-preset", "superfast");
  return encoder;
}

gst::ObjectPtr<GstElement> make_encoder(const PictureClass& wanted) {
  switch (wanted.coding) {
    case gst::Coding::vp8:
      return make_vp8(wanted.kbit);
    case gst::Coding::h264:
      return make_h264(wanted.kbit);
    case gst::Coding::opus:
    case gst::Coding::pcmu:
    case gst::Coding::pcma:
    case gst::Coding::g722:
      break;
  }
  assert(!"a picture encoder was asked for a sound coding");
  return {};
}

const char* output_caps(gst::Coding coding) {
  return coding == gst::Coding::h264
             ? "video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline"
             : "video/x-vp8";
}

gst::CapsPtr input_caps(const PictureClass& wanted) {
  return gst::CapsPtr(gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "I420", "width", G_TYPE_INT,
                                          wanted.width, "height", G_TYPE_INT, wanted.height, "framerate",
                                          GST_TYPE_FRACTION, wanted.frame_rate, 1, nullptr));
}

}  // namespace

PictureEncoder::PictureEncoder(const PictureClass& wanted, Post post,
                               std::function<void(const std::string& text)> failed)
    : coding_(wanted.coding) {
  build(wanted);
  bus_ = std::make_unique<gst::BusWatch>(pipeline_.get(), std::move(post), std::move(failed));
  if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    throw std::runtime_error("the picture encoder does not start");
  }
}

PictureEncoder::~PictureEncoder() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void PictureEncoder::build(const PictureClass& wanted) {
  pipeline_ = gst::sink_floating(gst_pipeline_new(nullptr));
  gst::use_media_clock(pipeline_.get());
  auto source = gst::make_element("appsrc");
  auto encoder = make_encoder(wanted);
  auto filter = gst::make_element("capsfilter");
  auto sink = gst::make_element("appsink");
  source_ = source.get();
  sink_ = sink.get();
  const gst::CapsPtr raw = input_caps(wanted);
  const gst::CapsPtr encoded(gst_caps_from_string(output_caps(coding_)));
  g_object_set(filter.get(), "caps", encoded.get(), nullptr);
  g_object_set(source_, "caps", raw.get(), "is-live", TRUE, "max-buffers", guint64{2}, "max-bytes", guint64{0},
               "max-time", guint64{0}, nullptr);
  gst_util_set_object_arg(G_OBJECT(source_), "format", "time");
  gst_util_set_object_arg(G_OBJECT(source_), "leaky-type", "downstream");
  g_object_set(sink_, "sync", FALSE, "async", FALSE, nullptr);
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer self) { return on_sample(GST_ELEMENT(from), self); };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink_), &callbacks, this, nullptr);
  gst_bin_add_many(GST_BIN(pipeline_.get()), source_, encoder.get(), filter.get(), sink_, nullptr);
  if (!gst_element_link_many(source_, encoder.get(), filter.get(), sink_, nullptr))
    throw std::runtime_error("the picture encoder's parts do not fit together");
}

void PictureEncoder::put(GstBuffer* picture) {
  if (key_frame_wanted_.exchange(false)) policy_.want();
  if (policy_.due(std::chrono::nanoseconds(GST_BUFFER_PTS(picture)))) {
    const auto pad = gst::adopt(gst_element_get_static_pad(sink_, "sink"));
    gst_pad_push_event(pad.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
  }
  gst_app_src_push_buffer(GST_APP_SRC(source_), gst_buffer_ref(picture));
}

GstFlowReturn PictureEncoder::on_sample(GstElement* sink, gpointer self) {
  const gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  if (sample) static_cast<PictureEncoder*>(self)->fan_out(sample.get());
  return GST_FLOW_OK;
}

void PictureEncoder::fan_out(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  const GstClockTime time =
      gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME, GST_BUFFER_PTS(buffer));
  const bool key = !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  if (key) ++key_frames_;
  subscribers_.send({coding_, buffer, std::chrono::nanoseconds(time), key});
}

}  // namespace rollcall::mcu::encode
