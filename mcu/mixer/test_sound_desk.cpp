#include <doctest/doctest.h>

#include <cstdlib>
#include <deque>
#include <optional>
#include <string>

#include "mcu/mixer/sound_desk.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/voice/test_sender.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

/// Says how loud he is, or does not, and counts how often he is decoded.
class FakeSource final : public voice::Source {
 public:
  voice::Coming advance(voice::Time) override {
    if (claims > 0) return {claims};
    return {says ? std::optional(loudness) : unknown()};
  }
  void decode(Block& block) override {
    ++decoded;
    block.fill(static_cast<std::int16_t>(loudness));
  }
  double loudness = 0;
  double claims = 0;
  bool says = true;
  int decoded = 0;

 private:
  [[nodiscard]] std::optional<double> unknown() const {
    return loudness == 0 ? std::optional(0.0) : std::nullopt;  // silence is known from the packets' form
  }
};

struct Fixture {
  SoundDesk desk = {};
  std::deque<FakeSource> sources = {};
  int tick = 0;

  FakeSource& add(double loudness, bool says = true) {
    FakeSource& source = sources.emplace_back();
    source.loudness = loudness;
    source.says = says;
    desk.add("p" + std::to_string(sources.size()), source);
    return source;
  }
  void mix(int ticks = 1) {
    for (int i = 0; i < ticks; ++i) desk.mix(voice::Time() + tick++ * block_time);
  }
  [[nodiscard]] std::optional<int> own(const std::string& id) const {
    for (const OwnMix& mix : desk.own())
      if (mix.id == id) return mix.samples[100];
    return std::nullopt;
  }
  [[nodiscard]] int decoded() const {
    int sum = 0;
    for (const FakeSource& source : sources) sum += source.decoded;
    return sum;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "everybody hears all who speak, and who speaks hears the others") {
  add(1000);
  add(200);
  add(0);
  mix();
  CHECK(desk.common()[100] == 1200);
  CHECK(own("p1") == 200);
  CHECK(own("p2") == 1000);
  CHECK_FALSE(own("p3"));
}

TEST_CASE_FIXTURE(Fixture, "who says that he is silent is not decoded, not even one of hundreds") {
  for (int i = 0; i < 200; ++i) add(0);
  mix(100);
  CHECK(decoded() == 0);
  CHECK(desk.common() == Block{});
  CHECK(desk.own().empty());
}

TEST_CASE_FIXTURE(Fixture, "of a hundred who all speak only the loudest five are decoded") {
  for (int i = 0; i < 100; ++i) add(1000 + i % 3);
  mix(100);
  CHECK(decoded() == 500);
  CHECK(desk.own().size() == 5);
}

TEST_CASE_FIXTURE(Fixture, "of a hundred whose loudness is unknown a few more are decoded, by turns") {
  for (int i = 0; i < 100; ++i) add(1000, false);
  sources[77].loudness = 9000;
  mix(100);
  CHECK(decoded() <= 100 * 9);
  CHECK(sources[50].decoded > 0);
  CHECK(own("p78"));
}

TEST_CASE_FIXTURE(Fixture, "who begins to speak is in the mix with his first block, said or unsaid") {
  for (const bool says : {true, false}) {
    add(500);
    FakeSource& silent = add(0, says);
    mix(50);
    CHECK(silent.decoded == 0);
    silent.loudness = 3000;
    const int before = desk.common()[100];
    mix();
    CHECK(desk.common()[100] == before + 3000);
  }
}

TEST_CASE_FIXTURE(Fixture,
                  "who stops is decoded a fifth of a second longer, in case that it is the network that stopped") {
  FakeSource& speaker = add(1000);
  mix(20);
  speaker.loudness = 0;
  mix(50);
  CHECK(speaker.decoded == 30);
  CHECK(own("p1") == 0);
}

TEST_CASE_FIXTURE(Fixture, "who loses his seat while he speaks fades") {
  for (int i = 0; i < 5; ++i) add(1000);
  mix(50);
  add(9000);
  int fades = 0;
  for (int i = 0; i < 50; ++i) {
    mix();
    const Block& common = desk.common();
    const int first = common.front(), last = common.back();
    if (desk.own().size() == 6) {
      ++fades;
      CHECK(first - last > 900);
      CHECK(first - last <= 1000);
    }
  }
  CHECK(fades == 1);
  CHECK(desk.own().size() == 5);
}

TEST_CASE_FIXTURE(Fixture, "who is muted is not heard, does not speak and is not decoded") {
  FakeSource& loud = add(5000);
  add(300);
  mix(200);
  CHECK(desk.speaker() == "p1");
  desk.mute("p1", true);
  const int before = loud.decoded;
  mix();
  CHECK(desk.common()[100] == 300);
  CHECK(own("p2") == 0);
  mix(200);
  CHECK(loud.decoded == before);
  CHECK(desk.speaker() == "p2");
  desk.mute("p1", false);
  mix();
  CHECK(desk.common()[100] == 5300);
}

TEST_CASE_FIXTURE(Fixture, "who claims to be loud and is not takes nobody's seat for long") {
  FakeSource& liar = add(0);
  liar.claims = 32000;
  for (int i = 0; i < 5; ++i) add(1000);
  mix(500);
  int heard = 0;
  for (int i = 0; i < 500; ++i) {
    mix();
    heard += own("p1") ? 1 : 0;
  }
  CHECK(heard == 0);
  CHECK(desk.common()[100] == 5000);
}

TEST_CASE_FIXTURE(Fixture, "who has gone is not asked any more, and is not the speaker") {
  FakeSource& loud = add(5000);
  add(10);
  mix(50);
  desk.remove("p1");
  const int before = loud.decoded;
  mix(2);
  CHECK(loud.decoded == before);
  CHECK(desk.speaker().empty());
}

TEST_CASE("three voices over an uneven network are heard by each other and by a fourth") {
  SoundDesk desk;
  std::deque<voice::TestCall> calls;
  for (int i = 0; i < 4; ++i) {
    calls.emplace_back(voice::TestCall::Settings{
        .phase_ms = 5 * i, .signal = voice::tone(300 + 200 * i, i < 3 ? 0.1 : 0), .network = [](int number) {
          return static_cast<double>(number * 7 % 11);
        }});
    desk.add(std::to_string(i), calls.back().voice);
  }
  std::vector<std::int16_t> common, second;
  for (int tick = 0; tick < 150; ++tick) {
    const double time_ms = 1020 + 20.0 * tick;
    for (auto& call : calls) call.deliver_until(time_ms);
    desk.mix(voice::Time(std::chrono::milliseconds(1020 + 20 * tick)));
    if (tick < 50) continue;
    common.insert(common.end(), desk.common().begin(), desk.common().end());
    for (const OwnMix& own : desk.own())
      if (own.id == "1") second.insert(second.end(), own.samples.begin(), own.samples.end());
  }
  for (const double frequency : {300.0, 500.0, 700.0}) CHECK(amplitude_of(frequency, common) > 2800);
  REQUIRE(second.size() == common.size());
  CHECK(amplitude_of(300, second) > 2800);
  CHECK(amplitude_of(500, second) < 100);
  CHECK(calls[3].voice.figures().playback.decoded == 0);
}
