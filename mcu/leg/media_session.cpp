#include "mcu/leg/media_session.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::leg {
namespace {

using namespace std::chrono_literals;

constexpr auto report_interval = 1s;
/// RFC 3550 §6.2: the moments of different media must not coincide for ever.
constexpr auto report_spread = 400ms;
constexpr std::uint64_t bits_of_kbit = 1000;
/// RFC 5104 §4.2.1.2: of IPv4, UDP and RTP.
constexpr std::uint16_t packet_overhead = 40;
/// Below this a browser stops its larger layers, and begins them again only many seconds after it may.
constexpr int least_kbit_of_layers = 450;

template <class... Visitors>
struct Overload : Visitors... {
  using Visitors::operator()...;
};

}  // namespace

MediaSession::MediaSession(const Outgoing::Setup& setup, std::string cname, transport::Transport& transport,
                           Events events)
    : setup_(setup),
      cname_(std::move(cname)),
      key_frame_wanted_(std::move(events.key_frame_wanted)),
      asking_(setup.choice.has_feedback("goog-remb")      ? Asking::remb
              : setup.choice.has_feedback("ccm", "tmmbr") ? Asking::tmmbr
                                                          : Asking::never),
      sequence_id_(setup.choice.has_feedback("transport-cc") ? setup.choice.extension_id(twcc_uri) : 0),
      transport_(transport),
      sending_(setup, transport),
      receiving_(setup.choice, std::move(events.sinks)),
      next_report_(std::chrono::steady_clock::now() + report_spread * (setup.ssrc % 16) / 16) {}

void MediaSession::set_direction(model::Direction ours) {
  receives_ = receives(ours);
  sending_.enable(sends(ours));
}

void MediaSession::receive(const rtp::Packet& packet, bool is_retransmission, std::size_t layer, Time now) {
  if (sequence_id_ != 0) {
    if (const auto number = rtp::read_transport_sequence(packet, sequence_id_)) {
      arrivals_.arrived(*number, now);
    }
  }
  if (receives_) {
    receiving_.receive(packet, is_retransmission, layer, now);
    if (receiving_.has_news()) {
      send_rtcp(now);
    }
  }
}

void MediaSession::receive(const rtp::ReportBlock& report, Time now) {
  sending_.on_report(report, now);
}

void MediaSession::receive(const rtp::RtcpBlock& block, Time now) {
  const auto wants_key_frame = [this] {
    if (key_frame_wanted_) {
      key_frame_wanted_();
    }
  };
  std::visit(
      Overload{[&](const rtp::SenderReport& report) { receiving_.on_sender_report(report.sender, now); },
               [](const rtp::ReceiverReport&) {}, [](const rtp::CanonicalName&) {}, [](const rtp::Goodbye&) {},
               [&](const rtp::Nack& nack) { sending_.on_nack(nack, now); },
               [&](const rtp::PictureLoss&) { wants_key_frame(); },
               [&](const rtp::FullIntraRequest&) { wants_key_frame(); },
               [&](const rtp::ReceiverEstimate& limit) { sending_.on_receiver_estimate(limit.bits_per_second, now); },
               [&](const rtp::BitrateRequest& limit) {
                 for (const auto item : limit.items) {
                   sending_.set_ceiling(item.bits_per_second);
                 }
               },
               [](const rtp::BitrateNotification&) {},
               [&](const rtp::TransportFeedback& feedback) { sending_.on_feedback(feedback, now); }},
      block);
}

void MediaSession::tick(Time now) {
  receiving_.show(wanted_kbit_ != unwanted);
  receiving_.set_height(wanted_height_);
  receiving_.poll(now);
  sending_.tick(now);
  send_rtcp(now);
}

/// One compound (RFC 3550 §6.1): a report, our name, and what feedback there is to give.
void MediaSession::send_rtcp(Time now) {
  const bool report = now >= next_report_;
  const auto missing = receiving_.missing(now);
  const auto key_frame = receiving_.take_key_frame_need(now);
  const bool arrivals = arrivals_.due(now);
  const bool new_wish = wish() != said_wish_ && wish();
  if (!report && missing.empty() && !key_frame && !arrivals && !new_wish) {
    return;
  }
  rtp::RtcpWriter out(packets_.room());
  write_report(out, report, now);
  for (const auto& stream : missing) {
    out.nack(setup_.ssrc, stream.ssrc, stream.sequences);
  }
  if (key_frame) {
    write_key_request(out, *key_frame);
  }
  if (report || new_wish) {
    write_wish(out);
  }
  if (arrivals) {
    const auto theirs = receiving_.ssrcs();
    // What does not fit is told of in 20 ms.
    arrivals_.write(out, setup_.ssrc, theirs.empty() ? 0 : theirs.front(), now);
  }
  packets_.add(out.bytes().size());
  transport_.send(transport::PacketKind::rtcp, packets_);
}

void MediaSession::write_report(rtp::RtcpWriter& out, bool regular, Time now) {
  const auto sent = regular ? sending_.report(now) : std::nullopt;
  const auto blocks = regular ? receiving_.report_blocks(now) : std::span<const rtp::ReportBlock>{};
  if (sent) {
    out.sender_report(*sent, blocks);
  } else {
    out.receiver_report(setup_.ssrc, blocks);
  }
  out.canonical_name(setup_.ssrc, cname_);
  if (regular) {
    next_report_ = now + report_interval;
    if (const auto round_trip = sending_.figures().round_trip) {
      receiving_.set_round_trip(*round_trip);
    }
  }
}

void MediaSession::write_key_request(rtp::RtcpWriter& out, std::uint32_t theirs) {
  if (setup_.choice.has_feedback("nack", "pli")) {
    out.picture_loss(setup_.ssrc, theirs);
  } else if (setup_.choice.has_feedback("ccm", "fir")) {
    out.full_intra_request(setup_.ssrc, theirs, ++intra_requests_);
  }
}

std::optional<int> MediaSession::wish() const {
  const int kbit = wanted_kbit_;
  if (kbit <= 0 || !receives_ || receiving_.ssrcs().empty() || asking_ == Asking::never) {
    return std::nullopt;
  }
  return setup_.choice.layers() > 1 ? std::max(kbit, least_kbit_of_layers) : kbit;
}

/// REMB sticks at the sender's for a few seconds only, and packets get lost, so it is said again and again.
void MediaSession::write_wish(rtp::RtcpWriter& out) {
  said_wish_ = wish();
  if (!said_wish_) {
    return;
  }
  const auto bits = static_cast<std::uint64_t>(*said_wish_) * bits_of_kbit;
  if (asking_ == Asking::remb) {
    out.receiver_estimate(setup_.ssrc, bits, receiving_.ssrcs());
  } else {
    out.bitrate_request(setup_.ssrc,
                        {.media = receiving_.ssrcs().front(), .bits_per_second = bits, .overhead = packet_overhead});
  }
}

MediaSession::Statistics MediaSession::statistics() {
  const auto figures = receiving_.figures();
  return {.received = figures.packets,
          .received_octets = figures.octets,
          .lost = static_cast<std::int64_t>(figures.given_up + figures.repaired),
          .jitter = receiving_.jitter(),
          .last_packet = receiving_.last_packet(),
          .last_media = receiving_.last_media(),
          .height = receiving_.height(),
          .given_up = receiving_.given_up(),
          .due = receives_ && wanted_kbit_ != unwanted,
          .sent = sending_.figures()};
}

}  // namespace rollcall::mcu::leg
