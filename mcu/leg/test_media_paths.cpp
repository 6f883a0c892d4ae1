// The ways for packets: each protection, each family of addresses, a relay; and the codecs that our own sender has not.
#include <glib.h>

#include <csignal>

#include "mcu/leg/test_call.h"
#include "mcu/leg/test_socket.h"
#include "mcu/transport/sdes.h"
#include "mcu/transport/transport.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::MediaDescription;
using rollcall::model::MediaKind;
using rollcall::model::Reason;

namespace {

constexpr const char* their_key = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

/// One media of a gateway, on a plain address.
MediaDescription gateway_offer(const Socket& socket, rollcall::model::Media media) {
  MediaDescription offer;
  rollcall::model::Transport transport{.plain = true};
  transport.address = {"127.0.0.1", socket.port(), socket.port()};
  offer.transports.push_back(transport);
  offer.media.push_back(std::move(media));
  return offer;
}

struct GatewayCall {
  explicit GatewayCall(const rollcall::model::Media& media)
      : io(loopback()), blue(Colour::blue, tone_of_ours), ours(loop, io, {}, blue) {
    const auto answer = ours.leg->answer(gateway_offer(socket, media));
    REQUIRE_MESSAGE(answer.has_value(), answer.error().subject);
    port = answer->transports[0].address->rtp_port;
    REQUIRE(loop.run_until([this] { return ours.connected == 1; }));
  }
  void send(std::vector<Packet> packets) {
    number(packets, next);
    for (const auto& packet : packets) {
      socket.send(port, packet);
      loop.run_for(10ms);
    }
  }
  Loop loop;
  transport::IoContext io;
  Sender blue;
  Socket socket;
  Party ours;
  int port = 0;
  std::uint16_t next = 1;
};

/// coturn on the loopback, for the length of a test.
class Relay {
 public:
  Relay() : port_(Socket().port()) {
    const std::string port = std::to_string(port_);
    const std::vector<std::string> words = {"turnserver",
                                            "-n",
                                            "--listening-ip=127.0.0.1",
                                            "--relay-ip=127.0.0.1",
                                            "--listening-port=" + port,
                                            "--user=juliet:nurse",
                                            "--realm=example.org",
                                            "--lt-cred-mech",
                                            "--no-tls",
                                            "--no-dtls",
                                            "--no-cli",
                                            "--allow-loopback-peers",
                                            "--no-tcp",
                                            "--no-stdout-log",
                                            "--log-file=/dev/null",
                                            "--pidfile=/dev/null",
                                            "--db=/dev/null"};
    std::vector<char*> arguments;
    for (const auto& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    GError* error = nullptr;
    const auto flags = static_cast<GSpawnFlags>(G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                                G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL);
    const bool spawned = g_spawn_async(nullptr, arguments.data(), nullptr, flags, nullptr, nullptr, &process_, &error);
    REQUIRE_MESSAGE(spawned, error->message);
  }
  ~Relay() {
    kill(process_, SIGTERM);
    g_spawn_close_pid(process_);
  }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  /// It answers a binding request.
  [[nodiscard]] bool is_up(Loop& loop) const {
    const Socket socket;
    return loop.run_until([&] {
      socket.send(port_, {0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
      loop.run_for(50ms);
      return !socket.receive().empty();
    });
  }
  [[nodiscard]] transport::IceServer server() const { return {"127.0.0.1", port_, "juliet", "nurse"}; }

 private:
  int port_;
  GPid process_ = 0;
};

}  // namespace

TEST_CASE("pictures in H.264 are decoded, those of an unacceptable size are not") {
  GatewayCall call(
      {.mid = "0",
       .kind = MediaKind::video,
       .codecs = {{97, "H264", 90000, 1, {{"packetization-mode", "1"}, {"profile-level-id", "42e01f"}}, {}}}});
  CHECK(call.ours.leg->video_coding() == gst::Coding::h264);
  const auto film = [](const std::string& size, int count) {
    return packets_of(
        "videotestsrc pattern=red num-buffers=" + std::to_string(count) + " ! video/x-raw,format=I420," + size +
        ",framerate=15/1 ! openh264enc gop-size=5 ! video/x-h264,profile=constrained-baseline ! rtph264pay "
        "pt=97 ssrc=77 mtu=1200 aggregate-mode=zero-latency config-interval=-1");
  };
  call.send(film("width=2560,height=1440", 2));
  CHECK(call.ours.receiver.pictures() == 0);
  call.send(film("width=320,height=180", 30));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 8); }, 60s), call.ours.state());
}

TEST_CASE("pictures in VP9 are decoded where there is nothing else") {
  GatewayCall call({.mid = "0", .kind = MediaKind::video, .codecs = {{97, "VP9", 90000, 1, {}, {}}}});
  call.send(
      packets_of("videotestsrc pattern=red num-buffers=30 ! "
                 "video/x-raw,format=I420,width=320,height=180,framerate=15/1 ! vp9enc deadline=1 "
                 "cpu-used=8 lag-in-frames=0 keyframe-max-dist=5 ! rtpvp9pay pt=97 ssrc=77 mtu=1200"));
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 8); }, 60s), call.ours.state());
}

TEST_CASE("what is not shown is not decoded, and comes back with a key frame") {
  GatewayCall call({.mid = "0", .kind = MediaKind::video, .codecs = {{96, "VP8", 90000, 1, {}, {{"nack", "pli"}}}}});
  const auto film = packets_of(
      "videotestsrc pattern=red num-buffers=40 ! video/x-raw,width=320,height=180,framerate=15/1 ! vp8enc deadline=1 "
      "cpu-used=-16 keyframe-max-dist=10 ! rtpvp8pay pt=96 ssrc=77 mtu=1200");
  const auto half = film.begin() + static_cast<std::ptrdiff_t>(film.size() / 2);
  call.ours.leg->set_wanted(std::nullopt);
  call.loop.run_for(50ms);
  call.send({film.begin(), half});
  CHECK(call.ours.receiver.pictures() == 0);
  const auto asked = [&] {
    for (auto packet = call.socket.receive(); !packet.empty(); packet = call.socket.receive()) {
      for (std::size_t at = 0; at + 4 <= packet.size(); at += 4U * (transport::read16(&packet[at + 2]) + 1U)) {
        if (packet[at] == 0x81 && packet[at + 1] == 206) {
          return true;
        }
      }
    }
    return false;
  };
  CHECK_FALSE(asked());
  call.ours.leg->set_wanted(leg::Wanted{180, 200});
  CHECK(call.loop.run_until(asked, 5s));
  call.send({half, film.end()});
  CHECK_MESSAGE(call.loop.run_until([&] { return call.ours.sees(Colour::red, 5); }, 60s), call.ours.state());
}

TEST_CASE("keys in the description protect both ways") {
  std::string suite;
  SUBCASE("with a long tag") {
    suite = "AES_CM_128_HMAC_SHA1_80";
  }
  SUBCASE("with a short tag") {
    suite = "AES_CM_128_HMAC_SHA1_32";
  }
  Loop loop;
  transport::IoContext io(loopback());
  Sender blue(Colour::blue, tone_of_ours);
  Party ours(loop, io, {}, blue);
  const Socket socket;
  auto offer =
      gateway_offer(socket, {.mid = "0", .kind = MediaKind::audio, .codecs = {{111, "opus", 48000, 2, {}, {}}}});
  offer.transports[0].plain = false;
  CHECK(ours.leg->answer(offer).error().reason == Reason::no_security);
  offer.transports[0].sdes = {{3, suite, their_key}};
  const auto answer = ours.leg->answer(offer);
  REQUIRE(answer.has_value());
  REQUIRE(answer->transports[0].sdes.size() == 1);
  CHECK_FALSE(answer->transports[0].dtls.has_value());
  const auto keys = transport::sdes_keys(offer.transports[0].sdes[0], answer->transports[0].sdes[0]);
  REQUIRE(keys.has_value());
  transport::SrtpSession peer(*keys);
  const auto tone = packets_of(
      "audiotestsrc freq=440 samplesperbuffer=960 num-buffers=60 ! audio/x-raw,rate=48000,channels=1 ! opusenc ! "
      "rtpopuspay pt=111 ssrc=66");
  for (auto packet : tone) {
    const auto size = packet.size();
    packet.resize(size + transport::SrtpSession::overhead);
    packet.resize(peer.protect(transport::PacketKind::rtp, packet, size));
    socket.send(answer->transports[0].address->rtp_port, packet);
    loop.run_for(10ms);
  }
  CHECK_MESSAGE(loop.run_until([&] { return ours.hears(440); }, 5s), ours.state());
  int read = 0;
  loop.run_until([&] {
    auto packet = socket.receive();
    const auto kind = transport::classify(packet);
    read += kind == transport::PacketKind::rtp && peer.unprotect(kind, packet) > 0 ? 1 : 0;
    return read >= 10;
  });
  CHECK(read >= 10);
}

TEST_CASE("DTLS goes over a plain address too") {
  transport::IoContext io(loopback());
  std::atomic<int> secured = 0;
  std::atomic<int> received = 0;
  const auto events = [&] {
    return transport::Transport::Events{[&](transport::PacketKind, std::span<std::uint8_t>) {
                                          ++received;
                                          return true;
                                        },
                                        [&] { ++secured; }, [](Reason) {}};
  };
  rollcall::model::Transport nowhere;
  nowhere.address = {"127.0.0.1", 9, 9};
  nowhere.dtls = {"sha-256", "", rollcall::model::DtlsSetup::actpass};
  transport::Transport offerer(io, true, &nowhere, events());
  const auto offer = offerer.describe();
  REQUIRE(offer.dtls.has_value());
  transport::Transport answerer(io, false, &offer, events());
  answerer.set_remote(offer);
  offerer.set_remote(answerer.describe());
  Loop loop;
  CHECK(loop.run_until([&] { return secured == 2; }));
  transport::Batch batch;
  batch.room()[0] = 0x80;
  batch.add(20);
  offerer.send(transport::PacketKind::rtp, batch);
  CHECK(loop.run_until([&] { return received == 1; }));
}

TEST_CASE("a call goes over IPv6") {
  Call call({}, {.addresses = {"::1"}});
  call.connect();
  CHECK(call.offer.transports[0].ice->candidates.at(0).ip == "::1");
  CHECK_MESSAGE(call.both_ways(), call.state());
}

TEST_CASE("ports are taken from the range that is set") {
  Call call({}, {.addresses = {"127.0.0.1"}, .port_min = 47310, .port_max = 47399});
  call.connect();
  const auto port = call.offer.transports[0].ice->candidates.at(0).port;
  CHECK(port >= 47310);
  CHECK(port <= 47399);
  CHECK_MESSAGE(call.both_ways(), call.state());
}

TEST_CASE("where nothing else gets through, a call goes through a TURN server") {
  const Relay relay;
  Loop loop;
  REQUIRE(relay.is_up(loop));
  auto options = loopback();
  options.turn = relay.server();
  options.relay_only = true;
  transport::IoContext relayed(options);
  transport::IoContext direct(loopback());
  Sender red(Colour::red, tone_of_caller);
  Sender blue(Colour::blue, tone_of_ours);
  Party caller(loop, direct, {}, red);
  Party ours(loop, relayed, {}, blue);
  const auto answer = ours.leg->answer(*caller.leg->offer());
  REQUIRE(answer.has_value());
  const auto& candidates = answer->transports[0].ice->candidates;
  CHECK(std::any_of(candidates.begin(), candidates.end(),
                    [](const auto& candidate) { return candidate.type == rollcall::model::CandidateType::relayed; }));
  REQUIRE(caller.leg->accept(*answer).has_value());
  CHECK_MESSAGE(loop.run_until([&] {
    return ours.sees(Colour::red) && ours.hears(tone_of_caller) && caller.sees(Colour::blue) &&
           caller.hears(tone_of_ours);
  }),
                "caller: " << caller.state() << ", ours: " << ours.state());
  CHECK(loop.run_until([&] { return !ours.health.empty() && ours.health.back().relayed; }));
}
