// The same picture in two sizes at once: which of them is decoded, and what its sender is asked for.
#include <array>

#include "mcu/leg/codec_choice.h"
#include "mcu/leg/test_call.h"
#include "mcu/leg/test_socket.h"
#include "mcu/rtp/packet.h"
#include "mcu/rtp/rtcp_reader.h"
#include "mcu/transport/packet.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::leg::test;
using rollcall::model::MediaDescription;
using rollcall::model::MediaKind;

namespace {

constexpr int rid_id = 5;

MediaDescription layered_offer(int port) {
  MediaDescription offer;
  rollcall::model::Transport transport{.plain = true};
  transport.address = {"127.0.0.1", port, port};
  offer.transports.push_back(transport);
  offer.media.push_back({.mid = "0",
                         .kind = MediaKind::video,
                         .codecs = {{96, "VP8", 90000, 1, {}, {{"nack"}, {"nack", "pli"}, {"goog-remb"}}}},
                         .header_extensions = {{4, leg::mid_uri}, {rid_id, leg::rid_uri}},
                         .send_rids = {"low", "high"}});
  return offer;
}

std::vector<Packet> pictures(const std::string& size, int count) {
  return packets_of(
      "videotestsrc pattern=red num-buffers=" + std::to_string(count) + " ! video/x-raw," + size +
      ",framerate=15/1 ! vp8enc deadline=1 cpu-used=-16 keyframe-max-dist=9000 ! rtpvp8pay pt=96 mtu=1200");
}

/// One layer: a key frame, and pictures that need it; all from the beginning when a key frame was asked for.
struct Layer {
  std::string rid;
  std::uint32_t ssrc;
  std::vector<Packet> packets;
  std::size_t next = 0;
  std::uint16_t sequence = 100;
  std::uint32_t timestamp = 0;
  bool stopped = false;
  bool key_wanted = false;
  int key_requests = 0;

  /// The next picture, as it goes over the wire.
  std::vector<Packet> picture() {
    if (std::exchange(key_wanted, false) || next == packets.size()) {
      next = 0;
    }
    std::vector<Packet> sent;
    timestamp += 6000;
    for (bool last = false; !last && next < packets.size(); ++next) {
      const auto original = rtp::read_packet(packets[next]);
      last = original->header.marker;
      const rtp::Header header{last, 96, sequence++, timestamp, ssrc};
      Packet out(original->payload.size() + rtp::most_overhead);
      // A mid is written as any text is.
      out.resize(rtp::write_packet(header, {.mid_id = rid_id, .mid = rid}, original->payload, out));
      sent.push_back(std::move(out));
    }
    return sent;
  }
};

struct LayeredCall {
  LayeredCall() : io(loopback()), blue(Colour::blue, tone_of_ours), ours(loop, io, {}, blue) {
    const auto answer = ours.leg->answer(layered_offer(socket.port()));
    REQUIRE_MESSAGE(answer.has_value(), answer.error().subject);
    CHECK(answer->media[0].receive_rids == std::vector<std::string>{"low", "high"});
    port = answer->transports[0].address->rtp_port;
    REQUIRE(loop.run_until([this] { return ours.connected == 1; }));
  }

  /// Sends at 15 pictures a second, and listens to what is asked, until `done`.
  bool sends_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (!done() && std::chrono::steady_clock::now() < end) {
      for (auto& layer : layers) {
        if (!layer.stopped) {
          for (const auto& packet : layer.picture()) socket.send(port, packet);
        }
      }
      loop.run_for(66ms);
      listen();
    }
    return done();
  }
  void listen() {
    for (auto packet = socket.receive(); !packet.empty(); packet = socket.receive()) {
      if (transport::classify(packet) != transport::PacketKind::rtcp) continue;
      rtp::RtcpReader reader(packet);
      while (const auto block = reader.next()) {
        if (const auto* loss = std::get_if<rtp::PictureLoss>(&*block)) ask(loss->media);
        if (const auto* wish = std::get_if<rtp::ReceiverEstimate>(&*block)) wished = wish->bits_per_second / 1000;
        if (const auto* report = std::get_if<rtp::SenderReport>(&*block)) {
          for (const auto& one : report->reports) {
            reported[one.ssrc == layers[1].ssrc] = true;
          }
        }
      }
    }
  }
  void ask(std::uint32_t ssrc) {
    for (auto& layer : layers) {
      if (layer.ssrc == ssrc) layer.key_wanted = true, ++layer.key_requests;
    }
  }
  [[nodiscard]] bool shows(int width, int count = 10) {
    if (ours.receiver.width() != width) ours.receiver.forget();
    return ours.receiver.width() == width && ours.sees(Colour::red, count);
  }

  Loop loop;
  transport::IoContext io;
  Sender blue;
  Socket socket;
  Party ours;
  int port = 0;
  std::array<Layer, 2> layers{Layer{"low", 77, pictures("width=320,height=180", 60)},
                              Layer{"high", 78, pictures("width=640,height=360", 60)}};
  std::uint64_t wished = 0;
  std::array<bool, 2> reported{};
};

}  // namespace

TEST_CASE("of two layers the one that the tile needs is decoded, from a key frame that was asked for") {
  LayeredCall call;
  call.ours.leg->set_wanted(leg::Wanted{180, 200});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(320); }), call.ours.state());
  CHECK(call.layers[1].key_requests == 0);

  call.ours.leg->set_wanted(leg::Wanted{360, 600});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(640); }), call.ours.state());
  CHECK(call.layers[1].key_requests >= 1);
  CHECK(call.sends_until([&] { return call.wished == 600; }));

  const int before = call.layers[0].key_requests;
  call.ours.leg->set_wanted(leg::Wanted{90, 120});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(320); }), call.ours.state());
  CHECK(call.layers[0].key_requests > before);
  CHECK(call.sends_until([&] { return call.wished == 450; }));  // less would stop the larger one for good
  CHECK(call.reported[0]);
  CHECK(call.reported[1]);
}

TEST_CASE("a gateway that knows TMMBR is asked for what its tile needs, at once when that changes") {
  Loop loop;
  transport::IoContext io(loopback());
  Sender blue(Colour::blue, tone_of_ours);
  const Socket socket;
  Party ours(loop, io, {}, blue);
  auto offer = layered_offer(socket.port());
  offer.media[0].send_rids.clear();
  offer.media[0].codecs[0].feedback = {{"nack", "pli"}, {"ccm", "tmmbr"}};
  const auto answer = ours.leg->answer(offer);
  REQUIRE(answer.has_value());
  REQUIRE(loop.run_until([&] { return ours.connected == 1; }));
  Layer stream{"", 77, pictures("width=320,height=180", 30)};
  const auto is_asked_for = [&](std::uint64_t kbit) {
    return loop.run_until([&] {
      for (const auto& packet : stream.picture()) socket.send(answer->transports[0].address->rtp_port, packet);
      loop.run_for(60ms);
      for (auto packet = socket.receive(); !packet.empty(); packet = socket.receive()) {
        if (transport::classify(packet) != transport::PacketKind::rtcp) continue;
        rtp::RtcpReader reader(packet);
        while (const auto block = reader.next()) {
          const auto* request = std::get_if<rtp::BitrateRequest>(&*block);
          if (request != nullptr && request->items[0].media == 77 && request->items[0].bits_per_second == 1000 * kbit) {
            return true;
          }
        }
      }
      return false;
    });
  };
  CHECK(is_asked_for(1500));
  ours.leg->set_wanted(leg::Wanted{180, 200});
  CHECK(is_asked_for(200));
}

TEST_CASE("when the larger layer stops the smaller one is shown, until the larger is back") {
  LayeredCall call;
  call.ours.leg->set_wanted(leg::Wanted{720, 1500});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(640); }), call.ours.state());
  call.layers[1].stopped = true;
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(320); }), call.ours.state());
  call.layers[1].stopped = false;
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(640); }), call.ours.state());
}

TEST_CASE("layers that are not shown are neither decoded nor asked for, and come back as large as they are needed") {
  LayeredCall call;
  call.ours.leg->set_wanted(leg::Wanted{360, 600});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(640); }), call.ours.state());
  call.ours.leg->set_wanted(std::nullopt);
  call.loop.run_for(200ms);
  call.ours.receiver.forget();
  int rounds = 0;
  CHECK(call.sends_until([&] { return ++rounds > 15; }));
  CHECK(call.ours.receiver.pictures() == 0);
  call.ours.leg->set_wanted(leg::Wanted{360, 600});
  CHECK_MESSAGE(call.sends_until([&] { return call.shows(640); }), call.ours.state());
}
