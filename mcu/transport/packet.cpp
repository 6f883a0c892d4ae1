#include "mcu/transport/packet.h"

namespace rollcall::mcu::transport {
namespace {

constexpr std::size_t rtp_header = 12;
constexpr std::size_t rtcp_header = 8;

PacketKind classify_media(Bytes packet) {
  if (packet.size() < rtcp_header) {
    return PacketKind::other;
  }
  // RFC 5761 §4: RTCP's packet types look like RTP's payload types 64…95 with the marker bit set.
  if (packet[1] >= 192 && packet[1] <= 223) {
    return PacketKind::rtcp;
  }
  return packet.size() < rtp_header ? PacketKind::other : PacketKind::rtp;
}

}  // namespace

PacketKind classify(Bytes packet) {
  if (packet.empty()) {
    return PacketKind::other;
  }
  const auto first = packet[0];
  if (first <= 3) {
    return PacketKind::stun;
  }
  if (first >= 20 && first <= 63) {
    return PacketKind::dtls;
  }
  return first >= 128 && first <= 191 ? classify_media(packet) : PacketKind::other;
}

}  // namespace rollcall::mcu::transport
