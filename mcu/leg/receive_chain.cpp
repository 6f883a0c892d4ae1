#include "mcu/leg/receive_chain.h"

#include <gst/video/video.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace rollcall::mcu::leg {
namespace {

using Clock = std::chrono::steady_clock;

GstElement* make_chain(const Choice& choice) {
  const auto text = std::string(choice.known->depayloader) + " name=depay ! " + choice.known->decoder +
                    " ! appsink name=out sync=false async=false enable-last-sample=false";
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
  return std::min(width, height) >= ReceiveChain::smallest_side &&
         std::max(width, height) <= ReceiveChain::largest_side && width * height <= ReceiveChain::largest_area;
}

bool read_vp8_size(std::span<const std::uint8_t> frame, int& width, int& height) {
  if (frame.size() < 10 || (frame[0] & 1) != 0) {
    return false;
  }
  width = (frame[6] | frame[7] << 8) & 0x3fff;
  height = (frame[8] | frame[9] << 8) & 0x3fff;
  return true;
}

ReceiveChain::ReceiveChain(RtpBin& bin, const Choice& choice, Sinks sinks)
    : sinks_(std::move(sinks)), kind_(choice.known->kind), chain_(gst::sink_floating(make_chain(choice))) {
  appsink_ = gst::adopt(gst_bin_get_by_name(GST_BIN(chain_.get()), "out"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = &ReceiveChain::on_sample;
  gst_app_sink_set_callbacks(GST_APP_SINK(appsink_.get()), &callbacks, this, nullptr);
  if (choice.known->coding == gst::Coding::vp8) {
    const auto depay = gst::adopt(gst_bin_get_by_name(GST_BIN(chain_.get()), "depay"));
    const auto encoded = gst::adopt(gst_element_get_static_pad(depay.get(), "src"));
    size_gate_ = gst::PadProbe(encoded.get(), GST_PAD_PROBE_TYPE_BUFFER, &ReceiveChain::on_encoded_picture, this);
  }
  bin.add(chain_.get());
}

ReceiveChain::~ReceiveChain() = default;

void ReceiveChain::link(GstPad* stream) {
  const auto sink = gst::adopt(gst_element_get_static_pad(chain_.get(), "sink"));
  if (const auto before = gst::adopt(gst_pad_get_peer(sink.get()))) {
    gst_pad_unlink(before.get(), sink.get());
  }
  gst_pad_link(stream, sink.get());
}

void ReceiveChain::request_key_frame() {
  const auto sink = gst::adopt(gst_element_get_static_pad(chain_.get(), "sink"));
  gst_pad_push_event(sink.get(), gst_video_event_new_upstream_force_key_unit(GST_CLOCK_TIME_NONE, FALSE, 0));
}

Clock::time_point ReceiveChain::last_decoded() const {
  return Clock::time_point(Clock::duration(last_decoded_));
}

GstPadProbeReturn ReceiveChain::on_encoded_picture(GstPad* /*pad*/, GstPadProbeInfo* info, gpointer /*self*/) {
  GstMapInfo map;
  GstBuffer* buffer = GST_PAD_PROBE_INFO_BUFFER(info);
  if (!gst_buffer_map(buffer, &map, GST_MAP_READ)) {
    return GST_PAD_PROBE_DROP;
  }
  int width = 0;
  int height = 0;
  const bool is_key = read_vp8_size({map.data, map.size}, width, height);
  gst_buffer_unmap(buffer, &map);
  return is_key && !is_acceptable_size(width, height) ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

GstFlowReturn ReceiveChain::on_sample(GstAppSink* sink, gpointer data) {
  gst::SamplePtr sample(gst_app_sink_pull_sample(sink));
  if (sample) {
    static_cast<ReceiveChain*>(data)->deliver(std::move(sample));
  }
  return GST_FLOW_OK;
}

void ReceiveChain::deliver(gst::SamplePtr sample) {
  if (kind_ == model::MediaKind::video) {
    GstVideoInfo video;
    if (gst_video_info_from_caps(&video, gst_sample_get_caps(sample.get())) &&
        GST_VIDEO_INFO_FORMAT(&video) == GST_VIDEO_FORMAT_I420 && is_acceptable_size(video.width, video.height)) {
      last_decoded_ = Clock::now().time_since_epoch().count();
      sinks_.picture(std::move(sample));
    }
    return;
  }
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(sample.get());
  if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
    last_decoded_ = Clock::now().time_since_epoch().count();
    sinks_.sound({reinterpret_cast<const std::int16_t*>(map.data), map.size / sizeof(std::int16_t)});
    gst_buffer_unmap(buffer, &map);
  }
}

gst::ObjectPtr<GstElement> make_rtx_receiver(unsigned index, const Choice& choice) {
  if (!choice.rtx) {
    return nullptr;
  }
  auto bin = gst::sink_floating(gst_bin_new(nullptr));
  GstElement* rtx = gst::make_element("rtprtxreceive").release();
  gst_bin_add(GST_BIN(bin.get()), rtx);
  gst_object_unref(rtx);
  const auto payload = std::to_string(choice.codec.payload_type);
  const gst::StructurePtr payloads(gst_structure_new("application/x-rtp-pt-map", payload.c_str(), G_TYPE_UINT,
                                                     static_cast<guint>(choice.rtx->payload_type), nullptr));
  g_object_set(rtx, "payload-type-map", payloads.get(), nullptr);
  for (const char* const side : {"sink", "src"}) {
    const auto pad = gst::adopt(gst_element_get_static_pad(rtx, side));
    gst_element_add_pad(bin.get(),
                        gst_ghost_pad_new((std::string(side) + "_" + std::to_string(index)).c_str(), pad.get()));
  }
  return bin;
}

}  // namespace rollcall::mcu::leg
