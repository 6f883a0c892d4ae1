#include "mcu/encode/payloader_chain.h"

#include <gst/app/gstappsink.h>

#include <stdexcept>
#include <string>

#include "mcu/encode/payloads.h"

namespace rollcall::mcu::encode {
namespace {

constexpr std::size_t rtp_header = 12;

GstElement* make_bin(gst::Coding coding) {
  const std::string text = std::string(coding == gst::Coding::h261 ? "rtph261pay" : "rtph263pay") +
                           " name=first mtu=" + std::to_string(rtp_header + longest_payload) +
                           " ! appsink name=out sync=false async=false enable-last-sample=false";
  GError* error = nullptr;
  GstElement* bin = gst_parse_bin_from_description(text.c_str(), TRUE, &error);
  if (bin == nullptr) {
    const std::string reason = error->message;
    g_error_free(error);
    throw std::runtime_error("cannot make '" + text + "': " + reason);
  }
  return bin;
}

}  // namespace

bool PayloaderChain::is_for(gst::Coding coding) {
  return coding == gst::Coding::h263 || coding == gst::Coding::h261;
}

PayloaderChain::PayloaderChain(gst::Coding coding) {
  bin_ = gst::sink_floating(make_bin(coding));
  appsink_ = gst::adopt(gst_bin_get_by_name(GST_BIN(bin_.get()), "out"));
  GstAppSinkCallbacks callbacks{};
  callbacks.new_sample = [](GstAppSink* from, gpointer self) { return on_sample(GST_ELEMENT(from), self); };
  gst_app_sink_set_callbacks(GST_APP_SINK(appsink_.get()), &callbacks, this, nullptr);
  gst_element_set_state(bin_.get(), GST_STATE_PLAYING);
  open(coding == gst::Coding::h261 ? "video/x-h261" : "video/x-h263,variant=itu,h263version=h263");
}

PayloaderChain::~PayloaderChain() {
  gst_pad_set_active(source_.get(), FALSE);
  gst_element_set_state(bin_.get(), GST_STATE_NULL);
}

/// The pad that encoded pictures come from: no element, so no thread.
void PayloaderChain::open(const char* caps) {
  source_ = gst::sink_floating(gst_pad_new("encoded", GST_PAD_SRC));
  const auto into = gst::adopt(gst_element_get_static_pad(bin_.get(), "sink"));
  if (gst_pad_link_full(source_.get(), into.get(), GST_PAD_LINK_CHECK_NOTHING) != GST_PAD_LINK_OK)
    throw std::runtime_error("cannot link to the payloader");
  gst_pad_set_event_function(source_.get(), [](GstPad*, GstObject*, GstEvent* event) -> gboolean {
    gst_event_unref(event);
    return TRUE;
  });
  gst_pad_set_active(source_.get(), TRUE);
  gst_pad_push_event(source_.get(), gst_event_new_stream_start("encoded"));
  const gst::CapsPtr fields(gst_caps_from_string(caps));
  gst_pad_push_event(source_.get(), gst_event_new_caps(fields.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(source_.get(), gst_event_new_segment(&segment));
}

void PayloaderChain::cut(gst::PacketizedPicture& into, std::span<const std::uint8_t> encoded) {
  GstBuffer* buffer = gst_buffer_new_memdup(encoded.data(), encoded.size());
  GST_BUFFER_PTS(buffer) = static_cast<GstClockTime>(into.running_time.count());
  into_ = &into;
  gst_pad_push(source_.get(), buffer);
  into_ = nullptr;
}

GstFlowReturn PayloaderChain::on_sample(GstElement* sink, gpointer data) {
  auto* self = static_cast<PayloaderChain*>(data);
  const gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(sink)));
  GstMapInfo map;
  if (!sample || self->into_ == nullptr || !gst_buffer_map(gst_sample_get_buffer(sample.get()), &map, GST_MAP_READ))
    return GST_FLOW_OK;
  // A group of blocks that no packet holds is left out; the receiver goes on with the next.
  if (map.size > rtp_header && map.size <= rtp_header + longest_payload) {
    self->into_->bytes.insert(self->into_->bytes.end(), map.data + rtp_header, map.data + map.size);
    self->into_->ends.push_back(self->into_->bytes.size());
  }
  gst_buffer_unmap(gst_sample_get_buffer(sample.get()), &map);
  return GST_FLOW_OK;
}

}  // namespace rollcall::mcu::encode
