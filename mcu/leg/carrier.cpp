#include "mcu/leg/carrier.h"

#include "mcu/rtp/rtcp_reader.h"

namespace rollcall::mcu::leg {
namespace {

using transport::PacketKind;

template <class... Visitors>
struct Overload : Visitors... {
  using Visitors::operator()...;
};

std::uint32_t ssrc_of(const rtp::Ssrc& item) {
  return item.value;
}
std::uint32_t ssrc_of(const rtp::FullIntraItem& item) {
  return item.media;
}
std::uint32_t ssrc_of(const rtp::BitrateItem& item) {
  return item.media;
}

}  // namespace

Carrier::Carrier(transport::IoContext& io, bool offerer, const model::Transport* theirs, Events events,
                 model::LegSecurity security)
    : io_(io),
      transport_(std::make_unique<transport::Transport>(
          io, offerer, theirs,
          transport::Transport::Events{
              [this](PacketKind kind, std::span<std::uint8_t> packet) { return receive(kind, packet); },
              std::move(events.secured), std::move(events.ended)},
          security)) {}

void Carrier::carry(const Demux::Media& media, MediaSession& session, std::uint32_t our_rtx_ssrc) {
  used_ = true;
  io_.run([&] {
    demux_.set_media(media);
    sessions_[media.index] = &session;
    ours_[session.ssrc()] = &session;
    ours_[our_rtx_ssrc] = &session;
  });
}

bool Carrier::receive(PacketKind kind, std::span<std::uint8_t> packet) {
  return kind == PacketKind::rtcp ? receive_rtcp(packet) : receive_rtp(packet);
}

bool Carrier::receive_rtp(transport::Bytes bytes) {
  const auto packet = rtp::read_packet(bytes);
  if (!packet) {
    return false;
  }
  const auto now = std::chrono::steady_clock::now();
  const auto route = demux_.route(*packet, now);
  if (!route) {
    return false;
  }
  sessions_.at(route->index)->receive(*packet, route->is_retransmission, route->layer, now);
  return true;
}

/// A peer puts the reports of all media of a bundle into one compound: each block goes where it belongs.
bool Carrier::receive_rtcp(transport::Bytes compound) {
  const auto now = std::chrono::steady_clock::now();
  rtp::RtcpReader reader(compound);
  bool used = false;
  while (const auto block = reader.next()) {
    used = receive(*block, now) || used;
  }
  // Only a stream that is not ours is forgotten: with it goes its rollover count.
  return used || sent_by_them(transport::read32(&compound[4])) != nullptr;
}

bool Carrier::receive(const rtp::RtcpBlock& block, Time now) {
  const auto hand_to = [&](MediaSession* session) {
    if (session != nullptr) {
      session->receive(block, now);
    }
    return session != nullptr;
  };
  return std::visit(
      Overload{[&](const rtp::SenderReport& report) {
                 const bool known = hand_to(sent_by_them(report.sender.ssrc));
                 return receive(report.reports, now) || known;
               },
               [&](const rtp::ReceiverReport& report) { return receive(report.reports, now); },
               [&](const rtp::CanonicalName& name) { return sent_by_them(name.ssrc) != nullptr; },
               [&](const rtp::Goodbye& goodbye) {
                 for (const auto ssrc : goodbye.ssrcs) {
                   demux_.on_goodbye(ssrc.value);
                 }
                 return false;
               },
               [&](const rtp::Nack& nack) { return hand_to(sent_by_us(nack.media)); },
               [&](const rtp::PictureLoss& loss) { return hand_to(sent_by_us(loss.media)); },
               [&](const rtp::FullIntraRequest& request) { return hand(block, request.items, now); },
               [&](const rtp::ReceiverEstimate& estimate) { return hand(block, estimate.media, now); },
               [&](const rtp::BitrateRequest& request) { return hand(block, request.items, now); },
               [&](const rtp::BitrateNotification& told) { return hand(block, told.items, now); },
               [&](const rtp::TransportFeedback& feedback) { return hand_to(sent_by_us(feedback.media)); }},
      block);
}

bool Carrier::receive(rtp::Items<rtp::ReportBlock> reports, Time now) {
  bool used = false;
  for (const auto report : reports) {
    // Reports on our retransmissions say nothing of the stream itself.
    if (auto* session = sent_by_us(report.ssrc); session != nullptr) {
      used = true;
      if (report.ssrc == session->ssrc()) {
        session->receive(report, now);
      }
    }
  }
  return used;
}

template <class Items>
bool Carrier::hand(const rtp::RtcpBlock& block, const Items& items, Time now) {
  for (const auto item : items) {
    if (auto* session = sent_by_us(ssrc_of(item)); session != nullptr) {
      session->receive(block, now);
      return true;
    }
  }
  return false;
}

MediaSession* Carrier::sent_by_us(std::uint32_t ssrc) const {
  const auto found = ours_.find(ssrc);
  return found == ours_.end() ? nullptr : found->second;
}

MediaSession* Carrier::sent_by_them(std::uint32_t ssrc) const {
  const auto owner = demux_.owner(ssrc);
  return owner ? sessions_.at(*owner) : nullptr;
}

}  // namespace rollcall::mcu::leg
