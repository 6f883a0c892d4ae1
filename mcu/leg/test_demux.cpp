#include <doctest/doctest.h>

#include "mcu/leg/demux.h"

using namespace rollcall::mcu;
using namespace std::chrono_literals;
using leg::Demux;

namespace {

using Packet = std::vector<std::uint8_t>;
constexpr Demux::Time start{1000s};
constexpr std::size_t sound = 0;
constexpr std::size_t picture = 1;

Packet rtp_packet(int payload_type, std::uint32_t ssrc, const std::string& mid = {}, int extension = 4) {
  Packet packet = {0x80, static_cast<std::uint8_t>(payload_type), 0, 1, 0, 0, 0, 0};
  for (int shift = 24; shift >= 0; shift -= 8) {
    packet.push_back(static_cast<std::uint8_t>(ssrc >> shift));
  }
  if (!mid.empty()) {
    packet[0] |= 0x10;
    Packet block = {static_cast<std::uint8_t>(extension << 4 | static_cast<int>(mid.size() - 1))};
    block.insert(block.end(), mid.begin(), mid.end());
    block.resize((block.size() + 3) / 4 * 4);
    packet.insert(packet.end(), {0xbe, 0xde, 0, static_cast<std::uint8_t>(block.size() / 4)});
    packet.insert(packet.end(), block.begin(), block.end());
  }
  return packet;
}

Demux bundle() {
  Demux demux;
  demux.set_media({.index = sound, .mid = "a", .mid_extension = 4, .payload_type = 111});
  demux.set_media({.index = picture, .mid = "v", .mid_extension = 4, .payload_type = 96, .rtx_payload_type = 97});
  return demux;
}

constexpr int rid = 5;
constexpr int repaired_rid = 6;

Demux layered() {
  Demux demux;
  demux.set_media({.index = picture,
                   .mid = "v",
                   .payload_type = 96,
                   .rtx_payload_type = 97,
                   .rids = {"low", "high"},
                   .rid_extension = rid,
                   .repaired_rid_extension = repaired_rid});
  return demux;
}

std::optional<std::size_t> layer_of(Demux& demux, const Packet& bytes, Demux::Time now = start) {
  const auto packet = rtp::read_packet(bytes);
  const auto route = packet ? demux.route(*packet, now) : std::nullopt;
  return route ? std::optional(route->layer) : std::nullopt;
}

/// The media that a packet goes to.
std::optional<std::size_t> media_of(Demux& demux, const Packet& bytes, Demux::Time now = start) {
  const auto packet = rtp::read_packet(bytes);
  const auto route = packet ? demux.route(*packet, now) : std::nullopt;
  return route ? std::optional(route->index) : std::nullopt;
}

}  // namespace

TEST_CASE("a described stream goes to its media") {
  Demux demux;
  demux.set_media({.index = sound, .mid = "a", .payload_type = 96, .ssrc = 10});
  demux.set_media({.index = picture, .mid = "v", .payload_type = 96, .ssrc = 20});
  CHECK(media_of(demux, rtp_packet(96, 10), start) == sound);
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
  CHECK(demux.owner(20) == picture);
}

TEST_CASE("an unknown stream is known by its mid, then by its payload type") {
  Demux demux;
  demux.set_media({.index = sound, .mid = "a", .mid_extension = 4, .payload_type = 96});
  demux.set_media({.index = picture, .mid = "v", .mid_extension = 4, .payload_type = 96});
  CHECK(media_of(demux, rtp_packet(96, 20, "v"), start) == picture);
  CHECK(media_of(demux, rtp_packet(96, 10), start) == sound);
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
}

TEST_CASE("a payload type that was not agreed is nobody's") {
  auto demux = bundle();
  CHECK_FALSE(media_of(demux, rtp_packet(98, 10), start).has_value());
  CHECK_FALSE(media_of(demux, rtp_packet(96, 10, "a"), start).has_value());
}

TEST_CASE("a second stream of a media is refused while the first one lives") {
  auto demux = bundle();
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
  CHECK_FALSE(media_of(demux, rtp_packet(96, 21), start + 1s).has_value());
  CHECK(media_of(demux, rtp_packet(96, 20), start + 1s) == picture);
  CHECK_FALSE(media_of(demux, rtp_packet(96, 21), start + 2900ms).has_value());
  CHECK(media_of(demux, rtp_packet(96, 21), start + 3s) == picture);
  CHECK_FALSE(media_of(demux, rtp_packet(96, 20), start + 3s).has_value());
  CHECK_FALSE(demux.owner(20).has_value());
}

TEST_CASE("retransmissions have a stream of their own") {
  auto demux = bundle();
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
  CHECK(media_of(demux, rtp_packet(97, 30), start) == picture);
  CHECK_FALSE(media_of(demux, rtp_packet(97, 31), start).has_value());
  CHECK(demux.owner(30) == picture);
}

TEST_CASE("a new description replaces the stream at once, the same one does not disturb") {
  auto demux = bundle();
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
  demux.set_media({.index = picture, .mid = "v", .payload_type = 96});
  CHECK_FALSE(media_of(demux, rtp_packet(96, 21), start).has_value());
  demux.set_media({.index = picture, .mid = "v", .payload_type = 96, .ssrc = 21});
  CHECK(media_of(demux, rtp_packet(96, 21), start) == picture);
  CHECK(demux.owner(21) == picture);
}

TEST_CASE("broken packets and extensions are nobody's") {
  auto demux = bundle();
  CHECK_FALSE(media_of(demux, {}, start).has_value());
  CHECK_FALSE(media_of(demux, Packet(11, 0x80), start).has_value());
  auto long_extension = rtp_packet(50, 20, "v");
  long_extension[15] = 0xff;
  CHECK_FALSE(media_of(demux, long_extension, start).has_value());
}

TEST_CASE("after a goodbye another stream may come at once") {
  auto demux = bundle();
  CHECK(media_of(demux, rtp_packet(96, 20), start) == picture);
  demux.on_goodbye(20);
  CHECK(media_of(demux, rtp_packet(96, 21), start) == picture);
}

TEST_CASE("a layer is known by its RTP stream id once, and by its SSRC from then on") {
  auto demux = layered();
  CHECK_FALSE(layer_of(demux, rtp_packet(96, 20)));
  CHECK(layer_of(demux, rtp_packet(96, 21, "high", rid)) == 1);
  CHECK(layer_of(demux, rtp_packet(96, 20, "low", rid)) == 0);
  CHECK(layer_of(demux, rtp_packet(96, 21)) == 1);
  CHECK(layer_of(demux, rtp_packet(96, 20)) == 0);
  CHECK(demux.owner(21) == picture);
  CHECK_FALSE(layer_of(demux, rtp_packet(96, 22, "huge", rid)));
}

TEST_CASE("retransmissions of a layer are known by the id that they repair") {
  auto demux = layered();
  CHECK_FALSE(layer_of(demux, rtp_packet(97, 30, "high", rid)));
  CHECK(layer_of(demux, rtp_packet(97, 31, "high", repaired_rid)) == 1);
  CHECK(layer_of(demux, rtp_packet(97, 30, "low", repaired_rid)) == 0);
  CHECK(layer_of(demux, rtp_packet(97, 31)) == 1);
  const auto bytes = rtp_packet(97, 31);
  CHECK(demux.route(*rtp::read_packet(bytes), start) == Demux::Route{picture, true, 1});
}

TEST_CASE("a second stream of a layer is refused while the first one lives, and the other layers do not care") {
  auto demux = layered();
  CHECK(layer_of(demux, rtp_packet(96, 20, "low", rid)) == 0);
  CHECK(layer_of(demux, rtp_packet(96, 21, "high", rid)) == 1);
  CHECK_FALSE(layer_of(demux, rtp_packet(96, 22, "low", rid), start + 1s));
  CHECK(layer_of(demux, rtp_packet(96, 21), start + 2s) == 1);
  CHECK(layer_of(demux, rtp_packet(96, 22, "low", rid), start + 2s) == 0);
  CHECK_FALSE(layer_of(demux, rtp_packet(96, 23, "high", rid), start + 3s));
  demux.on_goodbye(21);
  CHECK(layer_of(demux, rtp_packet(96, 23, "high", rid), start + 3s) == 1);
}
