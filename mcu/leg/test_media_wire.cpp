// A peer that is a bare socket: plain RTP as gateways speak it, and rubbish as strangers send it.
#include <random>

#include "mcu/leg/test_call.h"
#include "mcu/leg/test_socket.h"
#include "mcu/transport/packet.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::Direction;
using rollcall::model::MediaDescription;
using rollcall::model::MediaKind;
using rollcall::model::Reason;

namespace {

MediaDescription plain_offer(const Socket& sound, const Socket& picture) {
  MediaDescription offer;
  for (const auto* socket : {&sound, &picture}) {
    rollcall::model::Transport transport{.plain = true};
    transport.address = {"127.0.0.1", socket->port(), socket->port()};
    offer.transports.push_back(transport);
  }
  offer.media.push_back({.mid = "0", .kind = MediaKind::audio, .codecs = {{0, "PCMU", 8000, 1, {}, {}}}});
  offer.media.push_back(
      {.mid = "1", .kind = MediaKind::video, .codecs = {{96, "VP8", 90000, 1, {}, {{"nack", "pli"}}}}, .transport = 1});
  return offer;
}

std::vector<Packet> pictures(const std::string& size, int count) {
  return packets_of("videotestsrc pattern=red num-buffers=" + std::to_string(count) + " ! video/x-raw," + size +
                    ",framerate=15/1 ! vp8enc deadline=1 cpu-used=-16 keyframe-max-dist=1 ! rtpvp8pay pt=96 ssrc=77 "
                    "mtu=1200");
}

struct PlainCall {
  PlainCall() : io(loopback()), blue(Colour::blue, tone_of_ours), ours(loop, io, {}, blue) {
    const auto answer = ours.leg->answer(plain_offer(sound, picture));
    REQUIRE_MESSAGE(answer.has_value(), answer.error().subject);
    sound_port = answer->transports[0].address->rtp_port;
    picture_port = answer->transports[1].address->rtp_port;
    CHECK(answer->transports[0].plain);
    CHECK_FALSE(answer->transports[0].dtls.has_value());
    REQUIRE(loop.run_until([this] { return ours.connected == 1; }));
  }
  void send_pictures(std::vector<Packet> packets) {
    number(packets, next);
    for (const auto& packet : packets) {
      picture.send(picture_port, packet);
      loop.run_for(2ms);
    }
  }

  Loop loop;
  transport::IoContext io;
  Sender blue;
  Socket sound;
  Socket picture;
  Party ours;
  int sound_port = 0;
  int picture_port = 0;
  std::uint16_t next = 1;  ///< the number of the next packet with a picture
};

/// Random bytes that begin like each kind of packet in turn.
Packet rubbish(std::mt19937& random, int kind) {
  Packet packet(random() % 400);
  for (auto& byte : packet) {
    byte = static_cast<std::uint8_t>(random());
  }
  const std::vector<Packet> beginnings = {{0x80, 96},  {0x90, 96},       {0x80, 0},        {0x81, 200},
                                          {0x82, 201}, {0x81, 202},      {0x81, 205},      {0x84, 206},
                                          {0, 1},      {22, 0xfe, 0xfd}, {21, 0xfe, 0xfd}, {}};
  const auto& beginning = beginnings.at(static_cast<std::size_t>(kind) % beginnings.size());
  std::copy_n(beginning.begin(), std::min(beginning.size(), packet.size()), packet.begin());
  // A length that fits, so that RTCP is looked into.
  if (packet.size() >= 8 && packet[1] >= 200 && packet[1] <= 206) {
    packet.resize(packet.size() / 4 * 4);
    packet[2] = 0;
    packet[3] = static_cast<std::uint8_t>(packet.size() / 4 - 1);
  }
  return packet;
}

/// One RTP packet with a whole VP8 key frame that claims this size; what follows its header is `content`.
Packet key_frame(int width, int height, std::uint16_t sequence, const Packet& content) {
  Packet packet = {0x80,
                   0x80 | 96,
                   static_cast<std::uint8_t>(sequence >> 8),
                   static_cast<std::uint8_t>(sequence),
                   0,
                   0,
                   static_cast<std::uint8_t>(sequence >> 8),
                   static_cast<std::uint8_t>(sequence),
                   0,
                   0,
                   0,
                   77};
  const Packet head = {0x10, 0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a};
  packet.insert(packet.end(), head.begin(), head.end());
  for (const int side : {width, height}) {
    packet.push_back(static_cast<std::uint8_t>(side));
    packet.push_back(static_cast<std::uint8_t>(side >> 8));
  }
  packet.insert(packet.end(), content.begin(), content.end());
  return packet;
}

}  // namespace

TEST_CASE("a gateway with plain addresses sends and gets PCMU and pictures") {
  PlainCall call;
  CHECK(call.ours.leg->audio_coding() == gst::Coding::pcmu);
  const auto tone = packets_of(
      "audiotestsrc freq=440 samplesperbuffer=160 num-buffers=100 ! audio/x-raw,rate=8000,channels=1 ! mulawenc"
      " ! rtppcmupay pt=0 ssrc=66 min-ptime=20000000 max-ptime=20000000");
  REQUIRE(tone.size() >= 90);
  for (const auto& packet : tone) {
    call.sound.send(call.sound_port, packet);
    call.loop.run_for(5ms);
  }
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.hears(440); }, 5s), call.ours.state());
  call.send_pictures(pictures("width=320,height=180", 15));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 10); }, 5s), call.ours.state());
  int rtp = 0;
  call.loop.run_until([&] {
    const auto packet = call.picture.receive();
    rtp += transport::classify(packet) == transport::PacketKind::rtp && (packet[1] & 0x7f) == 96 ? 1 : 0;
    return rtp >= 10;
  });
  CHECK(rtp >= 10);
}

TEST_CASE("pictures that are too large or too small are not shown") {
  PlainCall call;
  call.send_pictures(pictures("width=2560,height=1440", 2));
  call.send_pictures(pictures("width=12,height=12", 5));
  call.loop.run_for(300ms);
  CHECK(call.ours.receiver.pictures() == 0);
}

TEST_CASE("a sender of pictures of 8x8, 7680x4320 or any other odd size harms nobody, and may go on with better ones") {
  PlainCall call;
  std::uint16_t sequence = 1;
  for (const auto& [width, height] :
       {std::pair{8, 8}, {7680, 4320}, {16383, 16383}, {1, 16383}, {0, 0}, {1921, 1081}}) {
    call.send_pictures({key_frame(width, height, sequence++, Packet(600, 0x55))});
  }
  call.loop.run_for(300ms);
  CHECK(call.ours.receiver.pictures() == 0);
  CHECK(call.ours.ended.empty());
  call.send_pictures(pictures("width=320,height=180", 30));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 5); }, 5s), call.ours.state());
}

TEST_CASE("a payload type that nobody agreed on is dropped in mid-stream, and the call goes on with the old one") {
  PlainCall call;
  const auto sent = pictures("width=320,height=180", 60);
  const std::vector<Packet> first(sent.begin(), sent.begin() + 20);
  std::vector<Packet> changed(sent.begin() + 20, sent.begin() + 40);
  for (auto& packet : changed) {
    packet[1] = static_cast<std::uint8_t>((packet[1] & 0x80) | 98);
  }
  call.send_pictures(first);
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 10); }, 5s), call.ours.state());
  call.ours.receiver.forget();
  call.send_pictures(changed);
  call.loop.run_for(300ms);
  CHECK(call.ours.receiver.pictures() == 0);
  call.send_pictures({sent.begin() + 40, sent.end()});
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 5); }, 5s), call.ours.state());
  CHECK(call.ours.ended.empty());
}

TEST_CASE("a new description that takes the payload type in use away is refused with its reason, and nothing changes") {
  PlainCall call;
  auto changed = plain_offer(call.sound, call.picture);
  changed.media[1].codecs[0].payload_type = 98;
  const auto refused = call.ours.leg->change(changed);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().reason == Reason::no_common_codec);
  call.send_pictures(pictures("width=320,height=180", 30));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 5); }, 5s), call.ours.state());
}

TEST_CASE("a storm of pictures that cannot be decoded harms nobody, and is given up in the end or gone on after") {
  PlainCall call;
  std::mt19937 random(815);
  std::uint16_t sequence = 1;
  for (int i = 0; i < 100; ++i) {
    Packet content(random() % 900);
    for (auto& byte : content) {
      byte = static_cast<std::uint8_t>(random());
    }
    call.send_pictures({key_frame(320, 180, sequence++, content)});
  }
  call.send_pictures(pictures("width=320,height=180", 30));
  const auto is_over = [&] {
    return call.ours.sees(Colour::red, 5) || (!call.ours.health.empty() && call.ours.health.back().undecodable);
  };
  CHECK_MESSAGE(call.loop.run_until(is_over), call.ours.state());
  CHECK(call.ours.ended.empty());
}

TEST_CASE("rubbish on the wire harms nobody") {
  PlainCall call;
  std::mt19937 random(4711);
  for (int i = 0; i < 3000; ++i) {
    call.picture.send(call.picture_port, rubbish(random, i));
    call.sound.send(call.sound_port, rubbish(random, i));
  }
  call.loop.run_for(2500ms);
  CHECK(call.ours.ended.empty());
  CHECK(call.ours.receiver.pictures() == 0);
  call.send_pictures(pictures("width=320,height=180", 30));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 5); }, 5s), call.ours.state());
}

TEST_CASE("rubbish from a stranger does not disturb a protected call") {
  Call call;
  const auto offer = call.caller.leg->offer();
  const auto answer = call.ours.leg->answer(*offer);
  REQUIRE(answer.has_value());
  const Socket stranger;
  std::mt19937 random(4711);
  const auto throw_at = [&](const MediaDescription& description) {
    for (int i = 0; i < 1000; ++i) {
      stranger.send(description.transports[0].ice->candidates[0].port, rubbish(random, i));
    }
  };
  throw_at(*answer);
  REQUIRE(call.caller.leg->accept(*answer).has_value());
  throw_at(*offer);
  CHECK_MESSAGE(call.both_ways(), call.state());
  throw_at(*offer);
  throw_at(*answer);
  CHECK_MESSAGE(call.both_ways(), call.state());
  CHECK(call.ours.ended.empty());
}
