#include "mcu/leg/decoder_chain.h"

#include <gst/video/video.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg {
namespace {

struct Decoder {
  const char* caps;
  const char* elements;  ///< the parser, where there is one, tells the size before the decoder makes room for it
};

Decoder decoder_of(gst::Coding coding) {
  switch (coding) {
    case gst::Coding::vp8:
      return {"video/x-vp8", "vp8dec name=first threads=1"};
    case gst::Coding::h264:
    case gst::Coding::h264_single:
      return {"video/x-h264,stream-format=byte-stream,alignment=au",
              "h264parse name=first ! avdec_h264 max-threads=1 output-corrupt=false"};
    case gst::Coding::vp9:
      return {"video/x-vp9", "vp9parse name=first ! vp9dec threads=1"};
    case gst::Coding::h263:
    case gst::Coding::h263_1998:
      return {"video/x-h263,variant=itu", "avdec_h263 name=first"};
    case gst::Coding::h261:
      return {"video/x-h261", "avdec_h261 name=first"};
    case gst::Coding::opus:
    case gst::Coding::pcmu:
    case gst::Coding::pcma:
    case gst::Coding::g722:
    case gst::Coding::amr:
    case gst::Coding::amr_wb:
      break;
  }
  throw std::runtime_error("no picture is coded like that");
}

GstElement* make_bin(const char* elements) {
  const auto text = std::string(elements) + " ! appsink name=out sync=false async=false enable-last-sample=false";
  GError* error = nullptr;
  GstElement* bin = gst_parse_bin_from_description(text.c_str(), TRUE, &error);
  if (bin == nullptr) {
    std::string reason = error->message;
    g_error_free(error);
    throw std::runtime_error("cannot make '" + text + "': " + reason);
  }
  return bin;
}

}  // namespace

bool is_acceptable_size(int width, int height) {
  return std::min(width, height) >= DecoderChain::smallest_side &&
         std::max(width, height) <= DecoderChain::largest_side && width * height <= DecoderChain::largest_area;
}

bool read_vp8_size(std::span<const std::uint8_t> frame, int& width, int& height) {
  if (frame.size() < 10 || (frame[0] & 1) != 0) {
    return false;
  }
  width = (frame[6] | frame[7] << 8) & 0x3fff;
  height = (frame[8] | frame[9] << 8) & 0x3fff;
  return true;
}

DecoderChain::DecoderChain(gst::Coding coding, Picture picture) : coding_(coding), picture_(std::move(picture)) {
  gst::initialise();
  const auto decoder = decoder_of(coding);
  bin_ = gst::sink_floating(make_bin(decoder.elements));
  appsink_ = gst::adopt(gst_bin_get_by_name(GST_BIN(bin_.get()), "out"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = &DecoderChain::on_sample;
  gst_app_sink_set_callbacks(GST_APP_SINK(appsink_.get()), &callbacks, this, nullptr);
  const auto first = gst::adopt(gst_bin_get_by_name(GST_BIN(bin_.get()), "first"));
  const auto parsed = gst::adopt(gst_element_get_static_pad(first.get(), "src"));
  // H.261 and H.263 have their few sizes.
  if (coding != gst::Coding::vp8 && !gst::has_fixed_sizes(coding)) {
    size_gate_ = gst::PadProbe(
        parsed.get(), static_cast<GstPadProbeType>(GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM),
        &DecoderChain::on_parsed, this);
  }
  gst_element_set_state(bin_.get(), GST_STATE_PLAYING);
  open();
}

/// The pad that encoded pictures come from: no element, so no thread.
void DecoderChain::open() {
  source_ = gst::sink_floating(gst_pad_new("encoded", GST_PAD_SRC));
  const auto into = gst::adopt(gst_element_get_static_pad(bin_.get(), "sink"));
  if (gst_pad_link_full(source_.get(), into.get(), GST_PAD_LINK_CHECK_NOTHING) != GST_PAD_LINK_OK) {
    throw std::runtime_error("cannot link to the decoder");
  }
  gst_pad_set_event_function(source_.get(), [](GstPad*, GstObject*, GstEvent* event) -> gboolean {
    gst_event_unref(event);
    return TRUE;
  });
  gst_pad_set_active(source_.get(), TRUE);
  gst_pad_push_event(source_.get(), gst_event_new_stream_start("encoded"));
  const gst::CapsPtr caps(gst_caps_from_string(decoder_of(coding_).caps));
  gst_pad_push_event(source_.get(), gst_event_new_caps(caps.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(source_.get(), gst_event_new_segment(&segment));
}

DecoderChain::~DecoderChain() {
  gst_pad_set_active(source_.get(), FALSE);
  gst_element_set_state(bin_.get(), GST_STATE_NULL);
}

bool DecoderChain::push(std::vector<std::uint8_t>&& bytes, bool key) {
  int width = 0;
  int height = 0;
  if (coding_ == gst::Coding::vp8 && key) {
    acceptable_ = read_vp8_size(bytes, width, height) && is_acceptable_size(width, height);
  }
  if (coding_ == gst::Coding::vp8 && !acceptable_) {
    return true;
  }
  auto* memory = new std::vector<std::uint8_t>(std::move(bytes));
  gst::BufferPtr buffer(
      gst_buffer_new_wrapped_full(GST_MEMORY_FLAG_READONLY, memory->data(), memory->size(), 0, memory->size(), memory,
                                  [](gpointer data) { delete static_cast<std::vector<std::uint8_t>*>(data); }));
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(gst::running_time_now().count());
  if (!key) {
    GST_BUFFER_FLAG_SET(buffer.get(), GST_BUFFER_FLAG_DELTA_UNIT);
  }
  return gst_pad_push(source_.get(), buffer.release()) == GST_FLOW_OK;
}

GstPadProbeReturn DecoderChain::on_parsed(GstPad* /*pad*/, GstPadProbeInfo* info, gpointer data) {
  auto* self = static_cast<DecoderChain*>(data);
  if ((GST_PAD_PROBE_INFO_TYPE(info) & GST_PAD_PROBE_TYPE_BUFFER) != 0) {
    return self->acceptable_ ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
  }
  GstEvent* event = GST_PAD_PROBE_INFO_EVENT(info);
  if (GST_EVENT_TYPE(event) == GST_EVENT_CAPS) {
    GstCaps* caps = nullptr;
    int width = 0;
    int height = 0;
    gst_event_parse_caps(event, &caps);
    const GstStructure* fields = gst_caps_get_structure(caps, 0);
    self->acceptable_ = gst_structure_get_int(fields, "width", &width) &&
                        gst_structure_get_int(fields, "height", &height) && is_acceptable_size(width, height);
  }
  return GST_PAD_PROBE_OK;
}

GstFlowReturn DecoderChain::on_sample(GstAppSink* sink, gpointer data) {
  if (gst::SamplePtr sample{gst_app_sink_pull_sample(sink)}) {
    static_cast<DecoderChain*>(data)->take(std::move(sample));
  }
  return GST_FLOW_OK;
}

void DecoderChain::take(gst::SamplePtr sample) {
  GstVideoInfo video;
  if (gst_video_info_from_caps(&video, gst_sample_get_caps(sample.get())) &&
      GST_VIDEO_INFO_FORMAT(&video) == GST_VIDEO_FORMAT_I420 && is_acceptable_size(video.width, video.height)) {
    picture_(std::move(sample));
  }
}

}  // namespace rollcall::mcu::leg
