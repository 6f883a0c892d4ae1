#include <doctest/doctest.h>

#include <array>
#include <vector>

#include "mcu/transport/packet.h"

using namespace rollcall::mcu::transport;

namespace {

PacketKind kind_of(std::vector<std::uint8_t> packet, std::size_t size = 20) {
  packet.resize(size);
  return classify(packet);
}

}  // namespace

TEST_CASE("a datagram's first byte tells what it is") {
  CHECK(kind_of({0}) == PacketKind::stun);
  CHECK(kind_of({3}) == PacketKind::stun);
  CHECK(kind_of({4}) == PacketKind::other);
  CHECK(kind_of({19}) == PacketKind::other);
  CHECK(kind_of({20}) == PacketKind::dtls);
  CHECK(kind_of({63}) == PacketKind::dtls);
  CHECK(kind_of({64}) == PacketKind::other);
  CHECK(kind_of({127}) == PacketKind::other);
  CHECK(kind_of({0x80, 96}) == PacketKind::rtp);
  CHECK(kind_of({0xbf, 111}) == PacketKind::rtp);
  CHECK(kind_of({192}) == PacketKind::other);
}

TEST_CASE("RTCP is told from RTP by its second byte") {
  for (int type = 0; type < 256; ++type) {
    CAPTURE(type);
    const bool rtcp = type >= 192 && type <= 223;
    CHECK(kind_of({0x80, static_cast<std::uint8_t>(type)}) == (rtcp ? PacketKind::rtcp : PacketKind::rtp));
  }
}

TEST_CASE("what is too short for a header is nothing") {
  CHECK(classify({}) == PacketKind::other);
  CHECK(kind_of({0x80, 96}, 11) == PacketKind::other);
  CHECK(kind_of({0x80, 200}, 7) == PacketKind::other);
  CHECK(kind_of({0x80, 200}, 8) == PacketKind::rtcp);
}
