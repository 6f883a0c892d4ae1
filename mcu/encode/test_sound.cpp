#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <map>
#include <numbers>
#include <optional>
#include <string>
#include <vector>

#include "mcu/encode/sound_encoders.h"
#include "mcu/voice/decoder.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;
using gst::Coding;
using std::chrono::milliseconds;

namespace {

constexpr Coding all_codings[] = {Coding::opus, Coding::g722, Coding::pcmu, Coding::pcma};

std::vector<std::int16_t> tone(double frequency, std::uint64_t block, double height = 8000) {
  std::vector<std::int16_t> samples(960);
  for (std::size_t i = 0; i < 960; ++i)
    samples[i] = static_cast<std::int16_t>(
        height * std::sin(2 * std::numbers::pi * frequency * static_cast<double>(block * 960 + i) / 48000));
  return samples;
}

/// One listener: what he was sent, and what he heard of it.
struct Ear {
  std::vector<gst::EncodedSound> packets = {};  ///< their payloads are gone
  std::vector<std::size_t> sizes = {};
  voice::Decoder decoder = {};
  std::vector<std::int16_t> heard = {};
  Coding coding = Coding::opus;

  void hear(const gst::EncodedSound& sound) {
    packets.push_back(sound);
    sizes.push_back(sound.payload.size());
    voice::Packet packet;
    packet.coding = sound.coding;
    packet.payload.assign(sound.payload.begin(), sound.payload.end());
    packet.duration = voice::duration_of(sound.coding, sound.payload).value();
    decoder.decode(packet, heard);
  }
};

struct Fixture {
  SoundEncoders encoders = {};
  std::uint64_t number = 0;
  std::vector<std::int16_t> common = std::vector<std::int16_t>(960);
  std::map<std::string, std::vector<std::int16_t>> own = {};

  Subscription listen(Ear& ear, const std::string& id, Coding coding = Coding::opus) {
    return encoders.subscribe(id, coding, [&ear](const gst::EncodedSound& sound) { ear.hear(sound); });
  }
  void tick() {
    encoders.encode(number, number * milliseconds(20), common, [&](const std::string& id) -> std::optional<SoundBlock> {
      const auto at = own.find(id);
      if (at == own.end()) return std::nullopt;
      return at->second;
    });
    ++number;
  }
  void ticks(int count) {
    for (int i = 0; i < count; ++i) tick();
  }
};

double loudness(const std::vector<std::int16_t>& sound, std::size_t begin) {
  return voice::root_mean_square(std::span(sound).subspan(begin));
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "every listener hears the mix in his own coding") {
  Ear ears[4];
  std::vector<Subscription> subscriptions;
  for (std::size_t i = 0; i < 4; ++i) subscriptions.push_back(listen(ears[i], std::to_string(i), all_codings[i]));
  for (int i = 0; i < 50; ++i) {
    common = tone(440, number);
    tick();
  }
  for (const Ear& ear : ears) {
    REQUIRE(ear.heard.size() == 48000);
    CHECK(loudness(ear.heard, 9600) == doctest::Approx(8000 / std::sqrt(2.0)).epsilon(0.05));
    CHECK(ear.packets[7].running_time == milliseconds(140));
  }
  CHECK(ears[1].sizes[0] == 160);
  CHECK(encoders.blocks_encoded() == 200);
}

TEST_CASE_FIXTURE(Fixture, "a hundred who hear the same cost one encode, and each who does not one more") {
  std::vector<Ear> ears(100);
  std::vector<Subscription> subscriptions;
  for (std::size_t i = 0; i < 100; ++i) subscriptions.push_back(listen(ears[i], std::to_string(i)));
  common = tone(440, 1);
  own["3"] = own["4"] = own["5"] = tone(300, 1);
  ticks(10);
  CHECK(encoders.blocks_encoded() == 40);
  CHECK(encoders.blocks_sent() == 1000);
}

TEST_CASE_FIXTURE(Fixture, "silence is not sent in Opus but for a sign of life, and speech after it carries the mark") {
  Ear opus, telephone;
  const Subscription one = listen(opus, "one");
  const Subscription two = listen(telephone, "two", Coding::pcmu);
  common = tone(440, 1);
  ticks(50);
  CHECK(opus.packets.front().begins_talk);
  CHECK(std::count_if(opus.packets.begin(), opus.packets.end(), [](const auto& sound) { return sound.begins_talk; }) ==
        1);
  common.assign(960, 0);
  ticks(200);
  CHECK(opus.packets.size() == 50 + 10 + 10);
  CHECK(opus.sizes.back() == 1);
  CHECK(loudness(opus.heard, 55 * 960) < 100);
  const auto encoded = encoders.blocks_encoded();
  ticks(100);
  CHECK(encoders.blocks_encoded() == encoded + 100);  // the telephone's
  common = tone(440, 2);
  tick();
  CHECK(opus.packets.back().begins_talk);
  CHECK(opus.packets.back().running_time == 350 * milliseconds(20));
  tick();
  CHECK_FALSE(opus.packets.back().begins_talk);
  CHECK(telephone.packets.size() == 352);
}

TEST_CASE_FIXTURE(Fixture, "who speaks alone is sent nothing while the others are") {
  Ear speaker, other;
  const Subscription one = listen(speaker, "one");
  const Subscription two = listen(other, "two");
  own["one"] = std::vector<std::int16_t>(960);
  common = tone(440, 1);
  ticks(100);
  CHECK(speaker.packets.size() == 10 + 5);
  CHECK(other.packets.size() == 100);
}

TEST_CASE("in no coding does a listener hear when his packets come from another encoder") {
  for (const Coding coding : all_codings) {
    CAPTURE(static_cast<int>(coding));
    Fixture fixture;
    Ear switching, steady;
    const Subscription one = fixture.listen(switching, "one", coding);
    const Subscription two = fixture.listen(steady, "two", coding);
    for (int i = 0; i < 200; ++i) {
      fixture.common = tone(440, fixture.number);
      if (i / 25 % 2 == 1)
        fixture.own["one"] = fixture.common;
      else
        fixture.own.clear();
      fixture.tick();
    }
    REQUIRE(switching.heard.size() == steady.heard.size());
    int largest = 0;
    for (std::size_t i = 9600; i < steady.heard.size(); ++i)
      largest = std::max(largest, std::abs(switching.heard[i] - steady.heard[i]));
    CHECK(largest < 3000);  // the tone is 8000 high; an encoder that starts from nothing is 8463 off
  }
}

TEST_CASE_FIXTURE(Fixture, "who has unsubscribed gets nothing more, and one may join from where sound is received") {
  Ear one, two;
  Subscription later;
  Subscription first = encoders.subscribe("one", Coding::opus, [&](const gst::EncodedSound& sound) {
    one.hear(sound);
    if (!later.active()) later = listen(two, "two");
  });
  common = tone(440, 1);
  ticks(3);
  first = {};
  ticks(3);
  CHECK(one.packets.size() == 3);
  CHECK(two.packets.size() == 5);
}

TEST_CASE_FIXTURE(Fixture, "a mobile telephone hears the mix in AMR, as loud as it is") {
  for (const Coding coding : {Coding::amr, Coding::amr_wb}) {
    CAPTURE(static_cast<int>(coding));
    Ear ear;
    const Subscription subscription = listen(ear, "mobile", coding);
    for (int i = 0; i < 50; ++i) {
      common = tone(440, number);
      tick();
    }
    REQUIRE(ear.heard.size() == 48000);
    CHECK(loudness(ear.heard, 19200) == doctest::Approx(8000 / std::sqrt(2.0)).epsilon(0.25));
    // One frame, with the byte that says what it is and the one of what we would rather hear.
    CHECK(ear.sizes[10] == (coding == Coding::amr ? 2 + 31 : 2 + 32));
  }
}
