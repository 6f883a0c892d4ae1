#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "mcu/voice/test_sender.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::voice;
using gst::Coding;

namespace {

double loud(const std::vector<std::int16_t>& sound, std::size_t begin = 0) {
  return root_mean_square(std::span(sound).subspan(begin));
}

}  // namespace

TEST_CASE("a clock that runs wrong never makes the delay grow nor the sound break") {
  for (const double ppm : {-400.0, 400.0}) {
    for (const bool pauses : {true, false}) {
      CAPTURE(ppm);
      CAPTURE(pauses);
      TestCall call(
          {.coding = Coding::pcma, .fast_ppm = ppm, .signal = pauses ? syllables() : tone(440), .network = jitter(2)});
      call.run(5);
      double most = 0;
      call.heard.clear();
      for (int i = 0; i < 55; ++i) {
        call.run(1);
        most = std::max(most, call.delay_ms());
      }
      const auto figures = call.voice.figures();
      CHECK(most < 45);
      CHECK(figures.playback.concealed < 10 * block_samples);
      CHECK(figures.jumps == 0);
      CHECK((ppm > 0 ? figures.playback.shortened : figures.playback.lengthened) > 0);
      if (!pauses) CHECK(worst_click(440, call.heard) < 700);
    }
  }
}

TEST_CASE("after three seconds in which the machine stood still everything is at once as before") {
  for (const bool pauses : {true, false}) {
    TestCall call({.coding = Coding::pcma, .signal = pauses ? syllables() : tone(440), .network = jitter(5)});
    call.run(5);
    const double before = call.delay_ms();
    call.stall(3);
    call.run(1);
    CHECK(call.delay_ms() < before + 45);
    call.run(9);
    CHECK(call.delay_ms() < 35);
    call.heard.clear();
    call.run(2);
    CHECK(loud(call.heard) > 1000);
  }
}

TEST_CASE("after a second in which the network stood still the delay is back within ten") {
  TestCall call({.network = [](int i) { return i >= 300 && i < 350 ? (350 - i) * 20.0 : 0.0; }});
  call.run(16);
  CHECK(call.delay_ms() < 35);
  call.heard.clear();
  call.run(1);
  CHECK(share_of(440, call.heard) > 5000);
}

TEST_CASE("a sender who stood still with his clock is heard again within half a second") {
  TestCall call({});
  call.run(5);
  call.pause_sender(10);
  call.run(10);
  call.run(0.5);
  call.heard.clear();
  call.run(1);
  CHECK(share_of(440, call.heard) > 5000);
  CHECK(call.delay_ms() < 60);
}

TEST_CASE("a stream that begins anew, with any time stamp and number, is heard within half a second") {
  struct Jump {
    std::uint32_t timestamp;
    std::uint64_t sequence;
  };
  for (const Jump jump : {Jump{5, 5}, Jump{2000000000, 5}, Jump{4000000000, 900000}, Jump{4294960000U, 70000},
                          Jump{4294960000U + 300 * 960, 10}}) {
    CAPTURE(jump.timestamp);
    TestCall call({});
    call.run(2);
    call.jump(jump.timestamp, jump.sequence);
    call.run(0.5);
    call.heard.clear();
    call.run(1);
    CHECK(share_of(440, call.heard) > 5000);
    CHECK(call.delay_ms() < 60);
  }
}

TEST_CASE("a coding that changes in mid-call is followed") {
  TestCall call({});
  for (const Coding coding : {Coding::pcmu, Coding::g722, Coding::opus, Coding::pcma, Coding::opus}) {
    CAPTURE(static_cast<int>(coding));
    call.run(1);
    call.change_coding(coding);
    call.run(0.3);
    call.heard.clear();
    call.run(1);
    CHECK(share_of(440, call.heard) > 5000);
  }
}

TEST_CASE("a flood, and senders who count wrong in every way, harm nobody") {
  std::mt19937 random(3);
  Voice voice;
  TestEncoder encoder(Coding::opus);
  std::vector<std::vector<std::uint8_t>> payloads;
  for (int i = 0; i < 10; ++i) payloads.push_back(encoder.encode(tone(440), i * block, block));
  std::vector<std::uint8_t> rubbish(300);
  for (int tick = 0; tick < 3000; ++tick) {
    const Time now = Time(std::chrono::seconds(1) + tick * block_time);
    const int count = static_cast<int>(random() % (tick % 100 == 0 ? 500 : 3));
    for (int i = 0; i < count; ++i) {
      gst::SoundPacket packet;
      packet.coding = all_codings[random() % 40 < 4 ? random() % 4 : 0];
      packet.sequence = random() % 3 == 0 ? random() : static_cast<std::uint64_t>(tick);
      packet.timestamp =
          random() % 3 == 0 ? static_cast<std::uint32_t>(random()) : static_cast<std::uint32_t>(tick * 960);
      for (auto& octet : rubbish) octet = static_cast<std::uint8_t>(random());
      packet.payload = random() % 2 == 0 ? std::span<const std::uint8_t>(payloads[random() % 10])
                                         : std::span<const std::uint8_t>(rubbish).first(random() % 300);
      packet.arrived = now;
      voice.put(packet);
    }
    (void)voice.advance(now);
    Block block;
    if (random() % 4 != 0) voice.decode(block);
  }
  CHECK(voice.figures().packets > 1000);
}
