#include "mcu/leg/rtp_bin.h"

#include <cstdio>
#include <stdexcept>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg {
namespace {

/// How long a gap is waited for: room for one or two retransmissions. Packets in order are not delayed by it.
constexpr guint jitterbuffer_ms = 150;
/// The stream, and for a moment the one that replaces it.
constexpr guint streams_per_session = 4;

std::string numbered(const char* name, unsigned index) {
  return std::string(name) + "_" + std::to_string(index);
}

}  // namespace

RtpBin::RtpBin(const std::string& cname) {
  gst::initialise();
  pipeline_ = gst::sink_floating(gst_pipeline_new(nullptr));
  gst::use_media_clock(pipeline_.get());
  bin_ = gst::make_element("rtpbin").release();
  gst_bin_add(GST_BIN(pipeline_.get()), bin_);
  gst_object_unref(bin_);
  const gst::StructurePtr sdes(
      gst_structure_new("application/x-rtp-source-sdes", "cname", G_TYPE_STRING, cname.c_str(), nullptr));
  gst_util_set_object_arg(G_OBJECT(bin_), "rtp-profile", "savpf");
  g_object_set(bin_, "latency", jitterbuffer_ms, "do-retransmission", TRUE, "do-lost", TRUE, "autoremove", TRUE,
               "max-streams", streams_per_session, "sdes", sdes.get(), nullptr);
  g_signal_connect(bin_, "request-pt-map", G_CALLBACK(&RtpBin::on_pt_map), this);
  g_signal_connect(bin_, "new-jitterbuffer", G_CALLBACK(&RtpBin::on_jitterbuffer), this);
  g_signal_connect(bin_, "request-aux-sender", G_CALLBACK(&RtpBin::on_aux_sender), this);
  g_signal_connect(bin_, "request-aux-receiver", G_CALLBACK(&RtpBin::on_aux_receiver), this);
  g_signal_connect(bin_, "pad-added", G_CALLBACK(&RtpBin::on_pad_added), this);
  gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
}

RtpBin::~RtpBin() {
  stop();
}

void RtpBin::stop() {
  gst_element_set_state(pipeline_.get(), GST_STATE_NULL);
}

void RtpBin::add_session(unsigned index, Hooks hooks) {
  const std::lock_guard lock(mutex_);
  hooks_.insert_or_assign(index, std::move(hooks));
}

const RtpBin::Hooks* RtpBin::hooks(unsigned index) {
  const std::lock_guard lock(mutex_);
  const auto found = hooks_.find(index);
  return found == hooks_.end() ? nullptr : &found->second;
}

gst::ObjectPtr<GstPad> RtpBin::request_pad(const char* name, unsigned index) {
  auto pad = gst::adopt(gst_element_request_pad_simple(bin_, numbered(name, index).c_str()));
  if (!pad) {
    throw std::runtime_error("rtpbin gave no pad " + numbered(name, index));
  }
  return pad;
}

gst::ObjectPtr<GstPad> RtpBin::static_pad(const char* name, unsigned index) {
  auto pad = gst::adopt(gst_element_get_static_pad(bin_, numbered(name, index).c_str()));
  if (!pad) {
    throw std::runtime_error("rtpbin has no pad " + numbered(name, index));
  }
  return pad;
}

gst::ObjectPtr<GObject> RtpBin::session(unsigned index) {
  GObject* session = nullptr;
  g_signal_emit_by_name(bin_, "get-internal-session", index, &session);
  return gst::adopt(session);
}

void RtpBin::add(GstElement* element) {
  gst_bin_add(GST_BIN(pipeline_.get()), element);
  gst_element_sync_state_with_parent(element);
}

GstCaps* RtpBin::on_pt_map(GstElement* /*bin*/, guint session, guint payload_type, gpointer self) {
  const auto* found = static_cast<RtpBin*>(self)->hooks(session);
  return found == nullptr ? nullptr : found->caps(payload_type).release();
}

void RtpBin::on_jitterbuffer(GstElement* /*bin*/, GstElement* jitterbuffer, guint session, guint /*ssrc*/,
                             gpointer self) {
  if (const auto* found = static_cast<RtpBin*>(self)->hooks(session)) {
    found->jitterbuffer(jitterbuffer);
  }
}

GstElement* RtpBin::on_aux_sender(GstElement* /*bin*/, guint session, gpointer self) {
  const auto* found = static_cast<RtpBin*>(self)->hooks(session);
  return found == nullptr ? nullptr : found->aux_sender().release();
}

GstElement* RtpBin::on_aux_receiver(GstElement* /*bin*/, guint session, gpointer self) {
  const auto* found = static_cast<RtpBin*>(self)->hooks(session);
  return found == nullptr ? nullptr : found->aux_receiver().release();
}

void RtpBin::on_pad_added(GstElement* /*bin*/, GstPad* pad, gpointer self) {
  unsigned session = 0;
  unsigned ssrc = 0;
  unsigned payload_type = 0;
  const gst::TextPtr name(gst_pad_get_name(pad));
  if (std::sscanf(name.get(), "recv_rtp_src_%u_%u_%u", &session, &ssrc, &payload_type) != 3) {
    return;
  }
  if (const auto* found = static_cast<RtpBin*>(self)->hooks(session)) {
    found->received(pad, payload_type);
  }
}

}  // namespace rollcall::mcu::leg
