#include <doctest/doctest.h>

#include <vector>

#include "mcu/rtp/packet.h"

using namespace rollcall::mcu::rtp;

namespace {

using Octets = std::vector<std::uint8_t>;
const Header header{
    .marker = true, .payload_type = 96, .sequence = 0xfffe, .timestamp = 0x01020304, .ssrc = 0xdeadbeef};
const Octets payload{1, 2, 3, 4, 5};

Octets written(const OutgoingExtensions& extensions, std::size_t room = 1500) {
  Octets out(room);
  out.resize(write_packet(header, extensions, payload, out));
  return out;
}

/// A packet without extensions whose first byte is set, with `rest` behind the fixed header.
Octets packet_of(std::uint8_t first, Octets rest) {
  Octets bytes{first, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3};
  bytes.insert(bytes.end(), rest.begin(), rest.end());
  return bytes;
}

Octets octets(Bytes bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

TEST_CASE("what is written is read again") {
  const auto bytes = written({});
  CHECK(bytes.size() == 17);
  const auto packet = read_packet(bytes);
  REQUIRE(packet);
  CHECK(packet->header == header);
  CHECK(octets(packet->payload) == payload);
  CHECK(packet->extensions.empty());
}

TEST_CASE("the agreed extensions are written, the others not") {
  const auto bytes = written({.transport_sequence_id = 5,
                              .transport_sequence = 0xabcd,
                              .send_time_id = 3,
                              .send_time = Time(std::chrono::milliseconds(64'500)),
                              .mid_id = 4,
                              .mid = "video0",
                              .audio_level_id = 1,
                              .audio_level = {.voice = true, .level = 33}});
  const auto packet = read_packet(bytes);
  REQUIRE(packet);
  CHECK(packet->profile == 0xBEDE);
  CHECK(read_transport_sequence(*packet, 5) == 0xabcd);
  CHECK(octets(packet->extension(3)) == Octets{0x02, 0, 0});
  CHECK(read_text_extension(*packet, 4) == "video0");
  CHECK(read_audio_level(*packet, 1) == AudioLevel{.voice = true, .level = 33});
  CHECK(octets(packet->payload) == payload);
  CHECK_FALSE(read_transport_sequence(*packet, 6));
  CHECK(packet->extension(0).empty());
}

TEST_CASE("an id above 14 makes it the two-byte form") {
  const auto bytes = written({.transport_sequence_id = 15, .transport_sequence = 7, .mid_id = 200, .mid = "0"});
  const auto packet = read_packet(bytes);
  REQUIRE(packet);
  CHECK(packet->profile == 0x1000);
  CHECK(read_transport_sequence(*packet, 15) == 7);
  CHECK(read_text_extension(*packet, 200) == "0");
  CHECK(octets(packet->payload) == payload);
}

TEST_CASE("the longest header keeps within what is promised") {
  const OutgoingExtensions longest{.transport_sequence_id = 255,
                                   .send_time_id = 254,
                                   .mid_id = 253,
                                   .mid = "0123456789abcdef",
                                   .audio_level_id = 252};
  Octets out(most_overhead);
  CHECK(write_header(header, longest, out) + 2 <= most_overhead);
  CHECK(written(longest, most_overhead - 1).empty());
  CHECK(written({}, most_overhead).size() == 17);
}

TEST_CASE("a packet that does not fit is not written") {
  Octets big(1000);
  Octets out(1000);
  CHECK(write_packet(header, {}, big, out) == 0);
  out.resize(1012);
  CHECK(write_packet(header, {}, big, out) == 1012);
  CHECK(write_retransmission(header, {}, 1, big, out) == 0);
}

TEST_CASE("a retransmission carries the original sequence number before the payload") {
  Octets out(100);
  out.resize(write_retransmission(header, {}, 0x1234, payload, out));
  const auto packet = read_packet(out);
  REQUIRE(packet);
  CHECK(octets(packet->payload) == Octets{0x12, 0x34, 1, 2, 3, 4, 5});
}

TEST_CASE("CSRC list, extension and padding are taken off") {
  const auto bytes = packet_of(0x80 | 0x20 | 0x10 | 2, {0,    0,    0, 9, 0,    0, 0, 8,  // two CSRCs
                                                        0xBE, 0xDE, 0, 1, 0x50, 7, 0, 0,  // one extension
                                                        42,   43,   0, 0, 3});
  const auto packet = read_packet(bytes);
  REQUIRE(packet);
  CHECK(octets(packet->payload) == Octets{42, 43});
  CHECK(octets(packet->extension(5)) == Octets{7});
}

TEST_CASE("garbage is no packet") {
  CHECK_FALSE(read_packet({}));
  CHECK_FALSE(read_packet(Octets(11, 0x80)));
  CHECK_FALSE(read_packet(packet_of(0x40, {})));                        // another version
  CHECK_FALSE(read_packet(packet_of(0x81, {0, 0, 0})));                 // CSRC list runs out
  CHECK_FALSE(read_packet(packet_of(0x90, {0xBE, 0xDE, 0})));           // extension's head
  CHECK_FALSE(read_packet(packet_of(0x90, {0xBE, 0xDE, 0, 1, 0, 0})));  // extension's body
  CHECK_FALSE(read_packet(packet_of(0xa0, {})));                        // padding of nothing
  CHECK_FALSE(read_packet(packet_of(0xa0, {1, 0})));                    // padding of 0
  CHECK_FALSE(read_packet(packet_of(0xa0, {1, 3})));                    // more padding than there is
  CHECK(read_packet(packet_of(0x80, {})));
  CHECK(read_packet(packet_of(0xa0, {1, 2}))->payload.empty());
}

TEST_CASE("extensions end at what is broken") {
  const auto with = [](std::uint8_t high, std::uint8_t low, Octets four) {
    Octets rest{high, low, 0, 1};
    rest.insert(rest.end(), four.begin(), four.end());
    return packet_of(0x90, rest);
  };
  const auto find = [](const Octets& bytes, int id) { return octets(read_packet(bytes)->extension(id)); };
  CHECK(find(with(0xBE, 0xDE, {0, 0x10, 1, 0x23}), 1) == Octets{1});
  CHECK(find(with(0xBE, 0xDE, {0, 0x10, 1, 0x23}), 2).empty());                 // four bytes claimed, none there
  CHECK(find(with(0xBE, 0xDE, {0xf0, 0, 0x10, 1}), 1).empty());                 // 15 ends the list
  CHECK(read_packet(with(0xBE, 0xDE, {0x01, 8, 8, 0}))->extension(0).empty());  // 0 is nobody's, whatever its length
  CHECK(find(with(0x10, 0x00, {16, 1, 9, 0}), 16) == Octets{9});
  CHECK(find(with(0x10, 0x0f, {16, 1, 9, 0}), 16) == Octets{9});  // any application bits
  CHECK(find(with(0x10, 0x00, {16, 3, 9, 0}), 16).empty());
  CHECK(find(with(0x10, 0x00, {0, 0, 0, 16}), 16).empty());
  CHECK(find(with(0x12, 0x34, {0x10, 1, 0, 0}), 1).empty());  // neither form
}
