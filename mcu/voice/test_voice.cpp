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

auto loss(double share, double jitter_ms = 1) {
  return [=, random = std::mt19937(7)](int) mutable -> std::optional<double> {
    const double late = std::uniform_real_distribution<>(0, jitter_ms)(random);
    if (std::uniform_real_distribution<>()(random) < share) return std::nullopt;
    return late;
  };
}

double loud(const std::vector<std::int16_t>& sound, std::size_t begin = 0) {
  return root_mean_square(std::span(sound).subspan(begin));
}

}  // namespace

TEST_CASE("on an even network a tone comes out whole, of every coding, at a delay of at most 30 ms") {
  for (const Coding coding : all_codings) {
    for (const int phase : {0, 7, 13, 19}) {
      CAPTURE(static_cast<int>(coding));
      CAPTURE(phase);
      TestCall call({.coding = coding, .phase_ms = phase});
      call.run(1);
      call.heard.clear();
      call.run(2);
      CHECK(share_of(440, call.heard) == doctest::Approx(5792).epsilon(0.05));
      CHECK(worst_click(440, call.heard) < 500);
      CHECK(call.delay_ms() < 30);
      CHECK(call.voice.figures().playback.concealed == 0);
      CHECK(call.voice.figures().late == 0);
    }
  }
}

TEST_CASE("packets of 2.5 to 60 ms are all the same to it") {
  for (const int us : {2500, 5000, 10000, 20000, 40000, 60000}) {
    for (const Coding coding : all_codings) {
      if (coding != Coding::opus && us < 10000) continue;
      CAPTURE(us);
      CAPTURE(static_cast<int>(coding));
      TestCall call({.coding = coding, .frame_us = us});
      call.run(1);
      call.heard.clear();
      call.run(1);
      CHECK(share_of(440, call.heard) == doctest::Approx(5792).epsilon(0.06));
      CHECK(call.voice.figures().playback.concealed == 0);
      CHECK(call.delay_ms() < 45);
    }
  }
}

TEST_CASE("a click is heard within 60 ms of being sent") {
  TestCall call({.coding = Coding::pcmu, .signal = [](Samples at) { return at % 48000 < 240 ? 0.5 : 0.0; }});
  call.run(0.9);
  call.heard.clear();
  const double begin_ms = call.now_ms();
  call.run(0.3);
  const auto at = std::find_if(call.heard.begin(), call.heard.end(), [](int sample) { return sample > 4000; });
  REQUIRE(at != call.heard.end());
  // Spoken at 2000 ms by the test's clock, sent at 2020, here at 2050; heard[0] left with the first tick after 1900.
  const double heard_ms =
      std::ceil((begin_ms - 1007) / 20) * 20 + 1007 + static_cast<double>(at - call.heard.begin()) / 48;
  CHECK(heard_ms - 2050 < 30);
  CHECK(heard_ms - 2050 > 0);
}

TEST_CASE("an uneven network costs delay and not sound") {
  TestCall call({.coding = Coding::pcma, .network = jitter(60)});
  call.run(5);
  call.heard.clear();
  const auto before = call.voice.figures();
  call.run(20);
  const auto after = call.voice.figures();
  CHECK(after.playback.concealed - before.playback.concealed < 20 * sample_rate / 50);
  CHECK(share_of(440, call.heard, 0, 48000) > 4000);
  CHECK(call.delay_ms() > 40);
  CHECK(call.delay_ms() < 100);
}

TEST_CASE("the delay comes back when the network has become even again") {
  TestCall call({.coding = Coding::pcma, .signal = syllables(), .network = jitter(120)});
  call.run(20);
  CHECK(call.delay_ms() > 90);
  call.settings().network = [](int) { return 0.0; };
  call.run(20);
  CHECK(call.delay_ms() < 35);
}

TEST_CASE("packets in the wrong order are played in the right one") {
  TestCall call({.network = [](int i) { return i % 4 == 0 ? 25.0 : 0.0; }});
  call.run(5);
  call.heard.clear();
  call.run(5);
  CHECK(worst_click(440, call.heard) < 500);
  CHECK(share_of(440, call.heard, 0, 48000) > 5300);
}

TEST_CASE("lost packets leave no hole, of every coding") {
  for (const Coding coding : all_codings) {
    CAPTURE(static_cast<int>(coding));
    TestCall call({.coding = coding, .fec = true, .network = loss(0.05)});
    call.run(2);
    call.heard.clear();
    call.run(20);
    CHECK(loud(call.heard) > 0.88 * 5792);
    double least = 1e9;
    for (std::size_t i = 0; i + 2 * block_samples <= call.heard.size(); i += block_samples)
      least = std::min(least, root_mean_square(std::span(call.heard).subspan(i, 2 * block_samples)));
    CHECK(least > 400);
    CHECK(call.delay_ms() < 60);
  }
}

TEST_CASE("on a lossy network Opus' copies are waited for and used") {
  TestCall call({.fec = true, .signal = syllables(), .network = loss(0.08)});
  call.run(20);
  const auto figures = call.voice.figures().playback;
  CHECK(figures.recovered > 50);
  CHECK(figures.concealed < figures.recovered * block_samples / 4);
}

TEST_CASE("a pause without packets is a pause: nothing is made up, and no word loses its beginning") {
  TestCall call({.dtx = true, .signal = [](Samples at) { return at / sample_rate % 4 < 2 ? 0.0 : tone(440)(at); }});
  call.run(2);
  call.heard.clear();
  const auto before = call.voice.figures().playback.concealed;
  call.run(20);
  CHECK(call.voice.figures().playback.concealed - before < 12 * block_samples);
  CHECK(loud(call.heard) == doctest::Approx(5792 / std::sqrt(2.0)).epsilon(0.04));
  CHECK(call.delay_ms() < 40);
  CHECK(call.voice.figures().late == 0);
}

TEST_CASE("who is not listened to is not decoded, and yet his loudness is known") {
  TestCall call({.signal = syllables(), .network = jitter(10)});
  call.run(10, false);
  CHECK(call.voice.figures().playback.decoded == 0);
  const auto is_loud = [](const std::optional<double>& level) { return level.value() > 500; };
  const auto talking = std::count_if(call.loudness.begin() + 50, call.loudness.end(), is_loud);
  CHECK(talking > 9 * 22);
  CHECK(talking < 9 * 30);
}

TEST_CASE("who is listened to in mid-sentence is heard from that block on, without a click") {
  for (const Coding coding : all_codings) {
    CAPTURE(static_cast<int>(coding));
    TestCall call({.coding = coding});
    call.run(3, false);
    call.run(1);
    CHECK(worst_click(440, call.heard) < 700);
    CHECK(root_mean_square(std::span(call.heard).first(block_samples)) > 4000);
    CHECK(call.voice.figures().playback.decoded <= 3 + 2 + 50);
    CHECK(call.voice.figures().playback.concealed == 0);
  }
}

TEST_CASE("without levels only decoding tells the loudness, but silence is known") {
  TestCall call({.says_level = false, .signal = syllables()});
  call.run(5, false);
  const auto unknown = std::count(call.loudness.begin() + 50, call.loudness.end(), std::nullopt);
  const auto silent = std::count(call.loudness.begin() + 50, call.loudness.end(), 0.0);
  CHECK(unknown > 80);
  CHECK(silent > 40);
}

TEST_CASE("nobody is silence") {
  Voice voice;
  CHECK(voice.advance(Time()).loudness == 0);
  Block block;
  block.fill(7);
  voice.decode(block);
  CHECK(root_mean_square(block) == 0);
}
