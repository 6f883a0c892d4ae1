#include "mcu/leg/pads.h"

#include <gst/video/video.h>

#include <stdexcept>

#include "mcu/gst/frames.h"
#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg {
namespace {

void link(GstPad* from, GstPad* into) {
  if (gst_pad_link_full(from, into, GST_PAD_LINK_CHECK_NOTHING) != GST_PAD_LINK_OK) {
    throw std::runtime_error(std::string("cannot link ") + GST_PAD_NAME(from) + " to " + GST_PAD_NAME(into));
  }
}

}  // namespace

InPad::InPad(GstPad* into, const std::string& name, const char* caps, std::function<void()> key_frame_wanted)
    : key_frame_wanted_(std::move(key_frame_wanted)), pad_(gst::sink_floating(gst_pad_new(name.c_str(), GST_PAD_SRC))) {
  gst_pad_set_element_private(pad_.get(), this);
  gst_pad_set_event_function(pad_.get(), &InPad::on_event);
  gst_pad_set_query_function(pad_.get(), &InPad::on_query);
  link(pad_.get(), into);
  gst_pad_set_active(pad_.get(), TRUE);
  gst_pad_push_event(pad_.get(), gst_event_new_stream_start(name.c_str()));
  const gst::CapsPtr parsed(gst_caps_from_string(caps));
  gst_pad_push_event(pad_.get(), gst_event_new_caps(parsed.get()));
  GstSegment segment;
  gst_segment_init(&segment, GST_FORMAT_TIME);
  gst_pad_push_event(pad_.get(), gst_event_new_segment(&segment));
}

InPad::~InPad() {
  close();
  if (const auto peer = gst::adopt(gst_pad_get_peer(pad_.get()))) {
    gst_pad_unlink(pad_.get(), peer.get());
  }
}

void InPad::close() {
  gst_pad_set_active(pad_.get(), FALSE);
}

void InPad::push(gst::BufferPtr buffer) {
  gst_pad_push(pad_.get(), buffer.release());
}

void InPad::push(transport::Bytes packet) {
  gst::BufferPtr buffer(gst_buffer_new_memdup(packet.data(), packet.size()));
  const auto now = static_cast<GstClockTime>(gst::running_time_now().count());
  GST_BUFFER_PTS(buffer.get()) = now;
  GST_BUFFER_DTS(buffer.get()) = now;
  push(std::move(buffer));
}

gboolean InPad::on_event(GstPad* pad, GstObject* /*parent*/, GstEvent* event) {
  const auto* self = static_cast<const InPad*>(gst_pad_get_element_private(pad));
  if (gst_video_event_is_force_key_unit(event) && self->key_frame_wanted_) {
    self->key_frame_wanted_();
  }
  gst_event_unref(event);
  return TRUE;
}

gboolean InPad::on_query(GstPad* pad, GstObject* parent, GstQuery* query) {
  if (GST_QUERY_TYPE(query) == GST_QUERY_LATENCY) {
    gst_query_set_latency(query, TRUE, 0, GST_CLOCK_TIME_NONE);
    return TRUE;
  }
  return gst_pad_query_default(pad, parent, query);
}

OutPad::OutPad(GstPad* from, const std::string& name, Packet packet)
    : packet_(std::move(packet)), pad_(gst::sink_floating(gst_pad_new(name.c_str(), GST_PAD_SINK))) {
  gst_pad_set_element_private(pad_.get(), this);
  gst_pad_set_chain_function(pad_.get(), &OutPad::on_buffer);
  gst_pad_set_event_function(pad_.get(), [](GstPad*, GstObject*, GstEvent* event) -> gboolean {
    gst_event_unref(event);
    return TRUE;
  });
  gst_pad_set_query_function(pad_.get(), &OutPad::on_query);
  gst_pad_set_active(pad_.get(), TRUE);
  link(from, pad_.get());
  // A sink element would tell the session how late it plays; without it no sender report can be timed.
  gst_pad_push_event(pad_.get(), gst_event_new_latency(0));
}

OutPad::~OutPad() {
  close();
  if (const auto peer = gst::adopt(gst_pad_get_peer(pad_.get()))) {
    gst_pad_unlink(peer.get(), pad_.get());
  }
}

void OutPad::close() {
  gst_pad_set_active(pad_.get(), FALSE);
}

/// Without a template a pad would take nothing but the caps that it was given first.
gboolean OutPad::on_query(GstPad* pad, GstObject* parent, GstQuery* query) {
  if (GST_QUERY_TYPE(query) == GST_QUERY_ACCEPT_CAPS) {
    gst_query_set_accept_caps_result(query, TRUE);
    return TRUE;
  }
  if (GST_QUERY_TYPE(query) == GST_QUERY_CAPS) {
    const gst::CapsPtr any(gst_caps_new_any());
    gst_query_set_caps_result(query, any.get());
    return TRUE;
  }
  return gst_pad_query_default(pad, parent, query);
}

GstFlowReturn OutPad::on_buffer(GstPad* pad, GstObject* /*parent*/, GstBuffer* buffer) {
  const auto* self = static_cast<const OutPad*>(gst_pad_get_element_private(pad));
  const gst::BufferPtr owned(buffer);
  GstMapInfo map;
  if (gst_buffer_map(buffer, &map, GST_MAP_READ)) {
    self->packet_({map.data, map.size});
    gst_buffer_unmap(buffer, &map);
  }
  return GST_FLOW_OK;
}

}  // namespace rollcall::mcu::leg
