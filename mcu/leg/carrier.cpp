#include "mcu/leg/carrier.h"

#include "mcu/leg/rtcp_split.h"

namespace rollcall::mcu::leg {

using transport::PacketKind;

Carrier::Carrier(transport::IoContext& io, bool offerer, const model::Transport* theirs, Events events)
    : io_(io),
      transport_(std::make_unique<transport::Transport>(
          io, offerer, theirs,
          transport::Transport::Events{
              [this](PacketKind kind, std::span<std::uint8_t> packet) { return receive(kind, packet); },
              std::move(events.secured), std::move(events.ended)})) {}

void Carrier::carry(const Demux::Media& media, MediaSession& session, std::uint32_t our_rtx_ssrc) {
  used_ = true;
  io_.run([&] {
    demux_.set_media(media);
    sessions_[media.index] = &session;
    ours_[session.ssrc()] = media.index;
    ours_[our_rtx_ssrc] = media.index;
  });
}

std::optional<std::uint32_t> Carrier::remote_ssrc(std::size_t index) {
  std::optional<std::uint32_t> ssrc;
  io_.run([&] { ssrc = demux_.ssrc(index); });
  return ssrc;
}

bool Carrier::receive(PacketKind kind, std::span<std::uint8_t> packet) {
  if (kind == PacketKind::rtcp) {
    return receive_rtcp(packet);
  }
  const auto index = demux_.route(packet, std::chrono::steady_clock::now());
  if (!index) {
    return false;
  }
  sessions_.at(*index)->receive(kind, packet);
  return true;
}

bool Carrier::receive_rtcp(transport::Bytes packet) {
  const SsrcOwners owners{.remote = [this](std::uint32_t ssrc) { return demux_.owner(ssrc); },
                          .local = [this](std::uint32_t ssrc) -> std::optional<std::size_t> {
                            const auto found = ours_.find(ssrc);
                            return found == ours_.end() ? std::nullopt : std::optional(found->second);
                          }};
  const auto compounds = split_compound(packet, owners);
  for (const auto& [index, compound] : compounds) {
    sessions_.at(index)->receive(PacketKind::rtcp, compound);
  }
  // Only a stream that is not ours is forgotten: with it goes its rollover count.
  return !compounds.empty() || demux_.owner(transport::read32(&packet[4]));
}

}  // namespace rollcall::mcu::leg
