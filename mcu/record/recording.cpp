#include "mcu/record/recording.h"

#include <gst/app/app.h>

#include <stdexcept>
#include <utility>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::record {
namespace {

/// Time for a disk to take what is left.
constexpr std::chrono::seconds closing_time(3);
/// A disk that is behind by so much will not catch up.
constexpr std::uint64_t most_waiting_bytes = 16'000'000;

/// The muxer writes each block as it comes, into a cluster of unknown length until that is complete; and nothing is
/// kept back from the disk.
const char* const description =
    "matroskamux name=mux writing-app=Rollcall "
    "! filesink name=file buffer-mode=unbuffered sync=false async=false "
    "appsrc name=picture format=time ! mux. "
    "appsrc name=sound format=time ! opusenc bitrate=48000 complexity=5 ! mux.";

gst::ObjectPtr<GstElement> named(const gst::ObjectPtr<GstElement>& pipeline, const char* name) {
  return gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), name));
}

}  // namespace

Recording::Recording(const std::filesystem::path& path, const Format& format, const Limits& limits, Post post,
                     std::function<void(const std::string& reason)> over)
    : path_(path),
      limits_(limits),
      post_(post),
      over_(std::make_shared<std::function<void(const std::string&)>>(std::move(over))) {
  build(format);
  bus_ = std::make_unique<gst::BusWatch>(pipeline_.get(), std::move(post), [this](const std::string& text) {
    broken_ = true;
    end(text);
  });
  if (gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
    throw std::runtime_error("cannot write to " + path_.string());
  }
}

Recording::~Recording() {
  *over_ = nullptr;
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void Recording::build(const Format& format) {
  GError* error = nullptr;
  pipeline_ = gst::sink_floating(gst_parse_launch(description, &error));
  if (error != nullptr) {
    const std::string text = error->message;
    g_error_free(error);
    throw std::runtime_error("cannot record: " + text);
  }
  gst::use_media_clock(pipeline_.get());
  picture_ = named(pipeline_, "picture");
  sound_ = named(pipeline_, "sound");
  const auto file = named(pipeline_, "file");
  const gst::CapsPtr vp8(gst_caps_new_simple("video/x-vp8", "width", G_TYPE_INT, format.width, "height", G_TYPE_INT,
                                             format.height, "framerate", GST_TYPE_FRACTION, format.frame_rate, 1,
                                             nullptr));
  const gst::CapsPtr samples(gst_caps_new_simple("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "rate", G_TYPE_INT,
                                                 48000, "channels", G_TYPE_INT, 1, "layout", G_TYPE_STRING,
                                                 "interleaved", nullptr));
  g_object_set(picture_.get(), "caps", vp8.get(), "max-bytes", guint64{0}, nullptr);
  g_object_set(sound_.get(), "caps", samples.get(), "max-bytes", guint64{0}, nullptr);
  g_object_set(file.get(), "location", path_.c_str(), nullptr);
  const auto pad = gst::adopt(gst_element_get_static_pad(file.get(), "sink"));
  probe_ = gst::PadProbe(pad.get(), GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, &Recording::on_event, this);
}

GstPadProbeReturn Recording::on_event(GstPad* /*pad*/, GstPadProbeInfo* info, gpointer self) {
  auto& recording = *static_cast<Recording*>(self);
  if (GST_EVENT_TYPE(GST_PAD_PROBE_INFO_EVENT(info)) == GST_EVENT_EOS) {
    const std::lock_guard lock(recording.mutex_);
    recording.closed_ = true;
    recording.closed_changed_.notify_all();
  }
  return GST_PAD_PROBE_OK;
}

void Recording::end(const std::string& reason) {
  if (ended_.exchange(true)) return;
  post_([over = over_, reason] {
    if (const auto told = std::exchange(*over, nullptr)) told(reason);
  });
}

void Recording::picture(const gst::EncodedFrame& frame) {
  if (begin_ < 0) {
    if (!frame.key) return;
    begin_ = frame.running_time.count();
  }
  push(picture_.get(), gst::BufferPtr(gst_buffer_copy(frame.buffer)), frame.running_time);
}

void Recording::sound(std::chrono::nanoseconds running_time, std::span<const std::int16_t> samples) {
  if (begin_ < 0) return;
  gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, samples.size_bytes(), nullptr));
  gst_buffer_fill(buffer.get(), 0, samples.data(), samples.size_bytes());
  GST_BUFFER_DURATION(buffer.get()) = samples.size() * GST_SECOND / 48000;
  push(sound_.get(), std::move(buffer), running_time);
}

void Recording::push(GstElement* source, gst::BufferPtr buffer, std::chrono::nanoseconds running_time) {
  const auto time = running_time.count() - begin_;
  if (ended_ || time < 0) return;
  if (std::chrono::nanoseconds(time) > limits_.longest) return end("it has reached the longest time that is allowed");
  if (source == picture_.get() && (bytes_ += gst_buffer_get_size(buffer.get())) > limits_.most_bytes)
    return end("it has reached the largest size that is allowed");
  if (gst_app_src_get_current_level_bytes(GST_APP_SRC(source)) > most_waiting_bytes) return end("the disk is too slow");
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(time);
  GST_BUFFER_DTS(buffer.get()) = GST_CLOCK_TIME_NONE;
  gst_app_src_push_buffer(GST_APP_SRC(source), buffer.release());
}

bool Recording::finish() {
  *over_ = nullptr;
  gst_app_src_end_of_stream(GST_APP_SRC(picture_.get()));
  gst_app_src_end_of_stream(GST_APP_SRC(sound_.get()));
  std::unique_lock lock(mutex_);
  return closed_changed_.wait_for(lock, closing_time, [this] { return closed_; }) && !broken_;
}

}  // namespace rollcall::mcu::record
