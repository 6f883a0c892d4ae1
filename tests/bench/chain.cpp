#include "tests/bench/chain.h"

#include <gst/video/video.h>

#include <stdexcept>
#include <utility>

namespace rollcall::bench {

Chain::Chain(const std::string& description, const std::string& input_caps, Output output)
    : output_(std::move(output)) {
  GError* problem = nullptr;
  bin_ = mcu::gst::sink_floating(gst_parse_bin_from_description(description.c_str(), TRUE, &problem));
  if (!bin_ || problem != nullptr) throw std::runtime_error("cannot build '" + description + "'");
  in_ = mcu::gst::sink_floating(gst_pad_new("in", GST_PAD_SRC));
  out_ = mcu::gst::sink_floating(gst_pad_new("out", GST_PAD_SINK));
  gst_pad_set_element_private(out_.get(), this);
  gst_pad_set_chain_function(out_.get(), on_output);
  const auto sink = mcu::gst::adopt(gst_element_get_static_pad(bin_.get(), "sink"));
  const auto source = mcu::gst::adopt(gst_element_get_static_pad(bin_.get(), "src"));
  gst_pad_link_full(in_.get(), sink.get(), GST_PAD_LINK_CHECK_NOTHING);
  gst_pad_link_full(source.get(), out_.get(), GST_PAD_LINK_CHECK_NOTHING);
  gst_pad_set_active(in_.get(), TRUE);
  gst_pad_set_active(out_.get(), TRUE);
  gst_element_set_state(bin_.get(), GST_STATE_PLAYING);
  const mcu::gst::CapsPtr caps(gst_caps_from_string(input_caps.c_str()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(in_.get(), gst_event_new_stream_start("bench"));
  gst_pad_push_event(in_.get(), gst_event_new_caps(caps.get()));
  gst_pad_push_event(in_.get(), gst_event_new_segment(&segment));
}

Chain::~Chain() {
  gst_pad_set_active(in_.get(), FALSE);
  gst_element_set_state(bin_.get(), GST_STATE_NULL);
  gst_pad_set_active(out_.get(), FALSE);
}

void Chain::push(GstBuffer* buffer) {
  gst_pad_push(in_.get(), buffer);
}

void Chain::finish() {
  gst_pad_push_event(in_.get(), gst_event_new_eos());
}

void Chain::want_key_frame() {
  gst_pad_push_event(in_.get(), gst_video_event_new_downstream_force_key_unit(GST_CLOCK_TIME_NONE, GST_CLOCK_TIME_NONE,
                                                                              GST_CLOCK_TIME_NONE, TRUE, 0));
}

GstFlowReturn Chain::on_output(GstPad* pad, GstObject* /*parent*/, GstBuffer* buffer) {
  const mcu::gst::CapsPtr caps(gst_pad_get_current_caps(pad));
  static_cast<Chain*>(gst_pad_get_element_private(pad))->output_(buffer, caps.get());
  gst_buffer_unref(buffer);
  return GST_FLOW_OK;
}

GstBuffer* make_buffer(const void* data, std::size_t size, GstClockTime time) {
  GstBuffer* buffer = gst_buffer_new_allocate(nullptr, size, nullptr);
  gst_buffer_fill(buffer, 0, data, size);
  GST_BUFFER_PTS(buffer) = time;
  return buffer;
}

}  // namespace rollcall::bench
