#include "mcu/leg/media_session.h"

#include <algorithm>
#include <string>

#include "mcu/leg/rtcp_split.h"

namespace rollcall::mcu::leg {
namespace {

using Clock = std::chrono::steady_clock;
using transport::Bytes;
using transport::PacketKind;

constexpr std::uint64_t sound_report_interval_ns = 1'000'000'000;
/// A report of loss may go out of turn once per regular report, and transport-wide feedback uses that up: at one second
/// two of three losses were never asked for again.
constexpr std::uint64_t picture_report_interval_ns = 100'000'000;
/// Of which RTCP may take a twentieth.
constexpr double session_bandwidth = 2'000'000;

OutPad::Packet towards(const std::function<void(PacketKind, Bytes)>& packet, PacketKind kind) {
  return [packet, kind](Bytes bytes) { packet(kind, bytes); };
}

RtpBin& with_hooks(RtpBin& bin, unsigned index, RtpBin::Hooks hooks) {
  bin.add_session(index, std::move(hooks));
  return bin;
}

void set_flag(GstCaps* caps, const char* name) {
  gst_caps_set_simple(caps, name, G_TYPE_BOOLEAN, TRUE, nullptr);
}

}  // namespace

MediaSession::MediaSession(RtpBin& bin, const SendChain::Setup& setup, Events events)
    : setup_(setup),
      key_frame_wanted_(events.key_frame_wanted),
      receiving_(bin, setup.choice, std::move(events.sinks)),
      registered_(with_hooks(bin, setup.index, hooks())),
      sending_(bin, setup, towards(events.packet, PacketKind::rtp), std::move(events.key_frame_wanted)),
      rtp_in_(bin.request_pad("recv_rtp_sink", setup.index).get(), "rtp_in_" + std::to_string(setup.index),
              "application/x-rtp", {}),
      rtcp_in_(bin.request_pad("recv_rtcp_sink", setup.index).get(), "rtcp_in_" + std::to_string(setup.index),
               "application/x-rtcp", {}),
      rtcp_out_(bin.request_pad("send_rtcp_src", setup.index).get(), "rtcp_out_" + std::to_string(setup.index),
                towards(events.packet, PacketKind::rtcp)),
      session_(bin.session(setup.index)) {
  const bool sound = setup.choice.known->kind == model::MediaKind::audio;
  // RFC 4585 §3.3: at once. By default only with up to three members, and two streams with retransmission are four.
  g_object_set(session_.get(), "internal-ssrc", setup.ssrc, "bandwidth", session_bandwidth, "rtcp-min-interval",
               sound ? sound_report_interval_ns : picture_report_interval_ns, "rtcp-immediate-feedback-threshold", 100U,
               nullptr);
}

MediaSession::~MediaSession() {
  close();
}

void MediaSession::close() {
  rtp_in_.close();
  rtcp_in_.close();
  sending_.close();
  rtcp_out_.close();
}

void MediaSession::receive(PacketKind kind, Bytes packet) {
  if (kind == PacketKind::rtcp) {
    // Read here, not left to the session: on a busy machine it kept 50 requests in 20 s to itself.
    if (key_frame_wanted_ && asks_for_key_frame(packet)) {
      key_frame_wanted_();
    }
    rtcp_in_.push(packet);
  } else if (wanted_) {
    last_rtp_ = Clock::now().time_since_epoch().count();
    rtp_in_.push(packet);
  }
}

void MediaSession::set_direction(model::Direction ours) {
  wanted_ = receives(ours);
  sending_.enable(sends(ours));
}

Clock::time_point MediaSession::last_rtp() const {
  return Clock::time_point(Clock::duration(last_rtp_));
}

RtpBin::Hooks MediaSession::hooks() {
  return {
      .caps = [this](unsigned payload_type) { return caps(payload_type); },
      .jitterbuffer =
          [this](GstElement* jitterbuffer) {
            // Lost sound is repaired by Opus itself; asked for again it would come late and twice.
            if (!setup_.choice.has_feedback("nack")) {
              g_object_set(jitterbuffer, "do-retransmission", FALSE, nullptr);
            }
          },
      .aux_sender = [this] { return make_rtx_sender(setup_); },
      .aux_receiver = [this] { return make_rtx_receiver(setup_.index, setup_.choice); },
      .received =
          [this](GstPad* pad, unsigned payload_type) {
            if (static_cast<int>(payload_type) == setup_.choice.codec.payload_type) {
              receiving_.link(pad);
            }
          },
  };
}

gst::CapsPtr MediaSession::caps(unsigned payload_type) const {
  const auto& choice = setup_.choice;
  const auto& known = *choice.known;
  const char* media = known.kind == model::MediaKind::audio ? "audio" : "video";
  const int wanted = static_cast<int>(payload_type);
  if (choice.rtx && choice.rtx->payload_type == wanted) {
    return gst::CapsPtr(gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, media, "clock-rate",
                                            G_TYPE_INT, known.clock_rate, "encoding-name", G_TYPE_STRING, "RTX",
                                            "payload", G_TYPE_INT, wanted, "apt", G_TYPE_STRING,
                                            std::to_string(choice.codec.payload_type).c_str(), nullptr));
  }
  if (choice.codec.payload_type != wanted) {
    return nullptr;
  }
  gst::CapsPtr caps(gst_caps_new_simple("application/x-rtp", "media", G_TYPE_STRING, media, "clock-rate", G_TYPE_INT,
                                        known.clock_rate, "encoding-name", G_TYPE_STRING, known.encoding_name,
                                        "payload", G_TYPE_INT, wanted, nullptr));
  if (choice.has_feedback("nack")) {
    set_flag(caps.get(), "rtcp-fb-nack");
  }
  if (choice.has_feedback("nack", "pli")) {
    set_flag(caps.get(), "rtcp-fb-nack-pli");
  }
  if (choice.has_feedback("ccm", "fir")) {
    set_flag(caps.get(), "rtcp-fb-ccm-fir");
  }
  if (const int id = choice.extension_id(twcc_uri); id != 0 && choice.has_feedback("transport-cc")) {
    set_flag(caps.get(), "rtcp-fb-transport-cc");
    gst_caps_set_simple(caps.get(), ("extmap-" + std::to_string(id)).c_str(), G_TYPE_STRING, twcc_uri, nullptr);
  }
  return caps;
}

MediaSession::Statistics MediaSession::statistics() const {
  Statistics sum;
  GstStructure* raw = nullptr;
  g_object_get(session_.get(), "stats", &raw, nullptr);
  const gst::StructurePtr stats(raw);
  const GValue* value = stats ? gst_structure_get_value(stats.get(), "source-stats") : nullptr;
  if (value == nullptr) {
    return sum;
  }
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  const auto* sources = static_cast<const GValueArray*>(g_value_get_boxed(value));
  for (guint i = 0; sources != nullptr && i < sources->n_values; ++i) {
    const GstStructure* source = gst_value_get_structure(&sources->values[i]);
    gboolean internal = FALSE;
    guint64 received = 0;
    gint lost = 0;
    guint round_trip = 0;
    guint last_report = 0;
    gst_structure_get(source, "internal", G_TYPE_BOOLEAN, &internal, nullptr);
    // RFC 3550 §6.4.1: in units of 1/65536 s; without the time of a sender report of ours it means nothing.
    if (gst_structure_get_uint(source, "rb-lsr", &last_report) && last_report != 0 &&
        gst_structure_get_uint(source, "rb-round-trip", &round_trip)) {
      sum.round_trip_ms = std::max(1, static_cast<int>(static_cast<std::uint64_t>(round_trip) * 1000 / 65536));
    }
    if (internal == FALSE && gst_structure_get(source, "packets-received", G_TYPE_UINT64, &received, nullptr)) {
      gst_structure_get_int(source, "packets-lost", &lost);
      sum.received += received;
      sum.lost += lost;
    }
  }
  G_GNUC_END_IGNORE_DEPRECATIONS
  return sum;
}

}  // namespace rollcall::mcu::leg
