#include "mcu/encode/picture_encoder.h"

#include <gst/app/app.h>
#include <gst/video/video.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "mcu/encode/encoder_elements.h"
#include "mcu/encode/payloads.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::encode {
namespace {

/// More pictures than any encoder holds at a time.
constexpr std::size_t most_stamps = 64;
/// A file's sound waits for its picture, and a crash must not cost a second of it.
constexpr std::chrono::milliseconds recorded_idle_interval(250);

PictureSize fitted(const PictureClass& wanted, int height) {
  if (wanted.height <= height) return {wanted.width, wanted.height};
  return {wanted.width * height / wanted.height / 2 * 2, height};
}

}  // namespace

PictureEncoder::PictureEncoder(const PictureClass& wanted, Post post,
                               std::function<void(const std::string& text)> failed)
    : class_(wanted), size_(fitted(wanted, Effort{}.height)), choice_(wanted.frame_rate) {
  if (PayloaderChain::is_for(wanted.coding)) payloader_ = std::make_unique<PayloaderChain>(wanted.coding);
  build();
  bus_ = std::make_unique<gst::BusWatch>(pipeline_.get(), std::move(post), std::move(failed));
  if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    throw std::runtime_error("the picture encoder does not start");
  }
}

PictureEncoder::~PictureEncoder() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void PictureEncoder::build() {
  pipeline_ = gst::sink_floating(gst_pipeline_new(nullptr));
  gst::use_media_clock(pipeline_.get());
  auto source = gst::make_element("appsrc");
  auto encoder = make_picture_encoder(class_.coding, class_.kbit);
  auto filter = gst::make_element("capsfilter");
  auto sink = gst::make_element("appsink");
  source_ = source.get();
  encoder_ = encoder.get();
  sink_ = sink.get();
  const gst::CapsPtr encoded(gst_caps_from_string(encoded_caps(class_.coding)));
  g_object_set(filter.get(), "caps", encoded.get(), nullptr);
  g_object_set(source_, "is-live", TRUE, "max-buffers", guint64{2}, "max-bytes", guint64{0}, "max-time", guint64{0},
               nullptr);
  gst_util_set_object_arg(G_OBJECT(source_), "format", "time");
  gst_util_set_object_arg(G_OBJECT(source_), "leaky-type", "downstream");
  g_object_set(sink_, "sync", FALSE, "async", FALSE, nullptr);
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer self) { return on_sample(GST_ELEMENT(from), self); };
  gst_app_sink_set_callbacks(GST_APP_SINK(sink_), &callbacks, this, nullptr);
  gst_bin_add_many(GST_BIN(pipeline_.get()), source_, encoder_, filter.get(), sink_, nullptr);
  if (!gst_element_link_many(source_, encoder_, filter.get(), sink_, nullptr))
    throw std::runtime_error("the picture encoder's parts do not fit together");
}

void PictureEncoder::set_effort(const Effort& effort) {
  size_ = fitted(class_, effort.height);
  choice_.set_frame_rate(std::min(class_.frame_rate, effort.frame_rate));
  set_speed(encoder_, class_.coding, effort.speed);
}

bool PictureEncoder::takes(Time now, bool changed) {
  if (joined_.exchange(false)) policy_.ask(KeyFrameAsk::join);
  if (broken_.exchange(false)) policy_.ask(KeyFrameAsk::repair);
  const Time idle = subscribers_.empty() ? FrameChoice::idle_interval : recorded_idle_interval;
  return choice_.take(now, changed || size_ != begun_size_, policy_.asked(), idle);
}

/// A picture of another size begins with a key frame by itself.
void PictureEncoder::begin_size() {
  if (size_ == begun_size_) return;
  const gst::CapsPtr raw = raw_caps(size_, class_.frame_rate);
  gst_app_src_set_caps(GST_APP_SRC(source_), raw.get());
  begun_size_ = size_;
}

void PictureEncoder::put(GstBuffer* picture) {
  const Time running_time(GST_BUFFER_PTS(picture));
  begin_size();
  if (policy_.due(running_time)) {
    const auto pad = gst::adopt(gst_element_get_static_pad(sink_, "sink"));
    gst_pad_push_event(pad.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, TRUE, 0));
  }
  GstBuffer* own = gst_buffer_copy(picture);  // the memory is shared
  GST_BUFFER_PTS(own) = stamp(running_time);
  GST_BUFFER_DURATION(own) = next_encoder_time_ - GST_BUFFER_PTS(own);
  gst_app_src_push_buffer(GST_APP_SRC(source_), own);
}

GstClockTime PictureEncoder::stamp(Time running_time) {
  const GstClockTime now = next_encoder_time_;
  next_encoder_time_ += GST_SECOND / static_cast<guint>(choice_.frame_rate());
  const std::lock_guard lock(stamps_mutex_);
  stamps_.push_back({now, running_time});
  if (stamps_.size() > most_stamps) stamps_.pop_front();
  return now;
}

/// What is older was dropped on the way.
std::optional<PictureEncoder::Time> PictureEncoder::running_time_of(GstClockTime encoder_time) {
  const std::lock_guard lock(stamps_mutex_);
  while (!stamps_.empty() && stamps_.front().encoder_time < encoder_time) stamps_.pop_front();
  if (stamps_.empty() || stamps_.front().encoder_time != encoder_time) return std::nullopt;
  return stamps_.front().running_time;
}

GstFlowReturn PictureEncoder::on_sample(GstElement* sink, gpointer self) {
  const gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  if (sample) static_cast<PictureEncoder*>(self)->fan_out(sample.get());
  return GST_FLOW_OK;
}

void PictureEncoder::fan_out(GstSample* sample) {
  GstBuffer* buffer = gst_sample_get_buffer(sample);
  const auto time = running_time_of(
      gst_segment_to_running_time(gst_sample_get_segment(sample), GST_FORMAT_TIME, GST_BUFFER_PTS(buffer)));
  GstMapInfo map;
  if (!time || !gst_buffer_map(buffer, &map, GST_MAP_READ)) return;
  const bool key = !GST_BUFFER_FLAG_IS_SET(buffer, GST_BUFFER_FLAG_DELTA_UNIT);
  const auto picture = std::make_shared<gst::PacketizedPicture>();
  *picture = {.coding = class_.coding, .key = key, .running_time = *time};
  if (payloader_)
    payloader_->cut(*picture, {map.data, map.size});
  else
    cut(*picture, {map.data, map.size});
  gst_buffer_unmap(buffer, &map);
  ++frames_;
  if (key) ++key_frames_;
  picture_subscribers_.send(picture);
  subscribers_.send({class_.coding, buffer, *time, key});
}

}  // namespace rollcall::mcu::encode
