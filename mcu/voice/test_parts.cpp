#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <vector>

#include "mcu/voice/amr_decoder.h"
#include "mcu/voice/arrival.h"
#include "mcu/voice/decoder.h"
#include "mcu/voice/packet.h"
#include "mcu/voice/packet_queue.h"
#include "mcu/voice/test_sender.h"
#include "mcu/voice/time_scale.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::voice;
using gst::Coding;

namespace {

/// Packets every 20 ms, each later by `late(i)` ms.
template <class Late>
void feed(Arrival& arrival, int from, int to, Late late) {
  for (int i = from; i < to; ++i)
    CHECK_FALSE(arrival.learn(i * block, i * block + 77 + static_cast<Samples>(late(i) * millisecond)));
}

Packet packet(std::uint64_t sequence, Samples begin) {
  Packet made;
  made.sequence = sequence;
  made.begin = begin;
  made.duration = block;
  return made;
}

std::vector<std::int16_t> sound_of(const Signal& signal, Samples begin, Samples length) {
  std::vector<std::int16_t> sound;
  for (Samples at = begin; at < begin + length; ++at)
    sound.push_back(static_cast<std::int16_t>(std::lround(32767 * signal(at))));
  return sound;
}

/// Every packet of a second of a signal.
std::vector<Packet> second_of(Coding coding, const Signal& signal, bool fec = false) {
  TestEncoder encoder(coding, fec);
  std::vector<Packet> packets;
  for (int i = 0; i < 50; ++i) {
    Packet next = packet(static_cast<std::uint64_t>(i), i * block);
    next.coding = coding;
    next.payload = encoder.encode(signal, i * block, block);
    next.duration = duration_of(coding, next.payload).value();
    packets.push_back(next);
  }
  return packets;
}

double difference(const std::vector<std::int16_t>& one, const std::vector<std::int16_t>& other, std::size_t begin) {
  double sum = 0;
  for (std::size_t i = begin; i < begin + block_samples; ++i) sum += std::pow(one[i] - other[i], 2);
  return std::sqrt(sum / block_samples);
}

}  // namespace

TEST_CASE("an even network needs no more than a few milliseconds of reserve") {
  Arrival arrival;
  feed(arrival, 0, 100, [](int) { return 0.0; });
  CHECK(arrival.base() == 77);
  CHECK(arrival.reserve() < 6 * millisecond);
}

TEST_CASE("the reserve is what nearly all packets need, and gets less when they need less") {
  Arrival arrival;
  feed(arrival, 0, 500, [](int i) { return i % 7 * 10.0; });
  CHECK(arrival.reserve() >= 60 * millisecond);
  CHECK(arrival.reserve() < 70 * millisecond);
  feed(arrival, 500, 2500, [](int) { return 0.0; });
  CHECK(arrival.reserve() < 6 * millisecond);
}

TEST_CASE("one packet of a hundred that is very late teaches nothing") {
  Arrival arrival;
  feed(arrival, 0, 1000, [](int i) { return i % 100 == 99 ? 120.0 : 1.0; });
  CHECK(arrival.reserve() < 8 * millisecond);
}

TEST_CASE("a clock that runs wrong is followed in either direction") {
  for (const double ppm : {-300.0, 300.0}) {
    CAPTURE(ppm);
    Arrival arrival;
    const double drift_ms = ppm * 1e-6 * 20;  // per packet
    feed(arrival, 0, 30000, [&](int i) { return i * drift_ms; });
    const double now_ms = 30000 * drift_ms;
    CHECK(std::abs(static_cast<double>(arrival.base() - 77) / millisecond - now_ms) < 4);
    CHECK(arrival.reserve() < 10 * millisecond);
  }
}

TEST_CASE("a burst after a pause of the network leaves base and reserve alone") {
  Arrival arrival;
  feed(arrival, 0, 500, [](int) { return 1.0; });
  const Samples base = arrival.base();
  feed(arrival, 500, 550, [](int i) { return (550 - i) * 20.0; });
  feed(arrival, 550, 560, [](int) { return 1.0; });
  CHECK(arrival.base() == base);
  CHECK(arrival.reserve() < 10 * millisecond);
}

TEST_CASE("a way that became longer for good is accepted within a fraction of a second") {
  Arrival arrival;
  feed(arrival, 0, 500, [](int) { return 1.0; });
  feed(arrival, 500, 507, [](int) { return 700.0; });
  CHECK(arrival.base() == 77 + 700 * millisecond);
}

TEST_CASE("a time that jumps ahead begins anew at once") {
  Arrival arrival;
  feed(arrival, 0, 50, [](int) { return 1.0; });
  CHECK(arrival.learn(1000 * sample_rate, 51 * block));
  CHECK(arrival.base() == 51 * block - 1000 * sample_rate);
}

TEST_CASE("the length of a payload is known, and what is none is refused") {
  const auto length = [](Coding coding, std::size_t size) {
    return duration_of(coding, std::vector<std::uint8_t>(size, 0xFF));
  };
  CHECK(length(Coding::pcmu, 160) == block);
  CHECK(length(Coding::pcma, 80) == block / 2);
  CHECK(length(Coding::g722, 480) == 3 * block);
  for (const Coding coding : all_codings) CHECK_FALSE(length(coding, 0));
  CHECK_FALSE(length(Coding::pcmu, 1400));
  CHECK_FALSE(length(Coding::vp8, 160));
  for (const int us : {2500, 5000, 10000, 20000, 40000, 60000}) {
    const Samples samples = Samples{us} * sample_rate / 1000000;
    CHECK(duration_of(Coding::opus, TestEncoder(Coding::opus).encode(tone(440), 0, samples)) == samples);
  }
}

TEST_CASE("no garbage is too much for what looks into payloads, or for the decoders") {
  std::mt19937 random(1);
  Decoder decoder;
  std::vector<std::int16_t> sound;
  for (int i = 0; i < 3000; ++i) {
    Packet rubbish = packet(1, 0);
    rubbish.coding = all_codings[random() % 4];
    rubbish.payload.resize(random() % 400);
    for (auto& octet : rubbish.payload) octet = static_cast<std::uint8_t>(random());
    const auto duration = duration_of(rubbish.coding, rubbish.payload);
    (void)opus_voice_activity(rubbish.payload);
    if (!duration) continue;
    (void)loudness_of(rubbish.coding, rubbish.payload, {});
    rubbish.duration = *duration;
    sound.clear();
    decoder.decode(rubbish, sound);
    CHECK(sound.size() == static_cast<std::size_t>(*duration));
    decoder.recover(rubbish, block, sound);
    decoder.conceal(333, sound);
    CHECK(sound.size() == static_cast<std::size_t>(*duration + block + 333));
  }
}

TEST_CASE("without a word from the sender, G.711 shows its loudness and Opus its silence") {
  const auto last = [](Coding coding, const Signal& signal) { return second_of(coding, signal).back().payload; };
  for (const Coding coding : {Coding::pcmu, Coding::pcma}) {
    CHECK(loudness_of(coding, last(coding, tone(440)), {}).value() == doctest::Approx(5792).epsilon(0.02));
    CHECK(loudness_of(coding, last(coding, tone(440, 0)), {}).value() < 30);
  }
  CHECK(loudness_of(Coding::opus, last(Coding::opus, tone(440, 0)), {}) == 0);
  CHECK_FALSE(loudness_of(Coding::opus, second_of(Coding::opus, syllables())[12].payload, {}));
  CHECK(loudness_of(Coding::opus, last(Coding::opus, tone(440)), 127) == 0);
  CHECK(loudness_of(Coding::opus, last(Coding::opus, tone(440)), 15).value() == doctest::Approx(5827).epsilon(0.01));
}

TEST_CASE("Opus that carries a voice says so without being decoded") {
  int voiced = 0, silent = 0;
  const auto packets = second_of(Coding::opus, syllables());
  for (std::size_t i = 5; i < 20; ++i) voiced += opus_voice_activity(packets[i].payload) != false ? 1 : 0;
  for (std::size_t i = 45; i < 50; ++i) silent += opus_voice_activity(packets[i].payload) == false ? 1 : 0;
  CHECK(voiced == 15);
  CHECK(silent == 5);
}

TEST_CASE("packets are played in the order of sending, each once") {
  PacketQueue queue;
  for (const int i : {3, 1, 2, 5}) CHECK(queue.insert(packet(static_cast<std::uint64_t>(i), i * block)));
  CHECK_FALSE(queue.insert(packet(2, 2 * block)));
  CHECK(queue.at(0) == nullptr);
  CHECK(queue.at(2 * block + 5)->sequence == 2);
  CHECK(queue.at(4 * block) == nullptr);
  CHECK(queue.after(4 * block)->sequence == 5);
  CHECK(queue.before(4 * block)->sequence == 3);
  REQUIRE(queue.leading_to(4 * block).size() == 3);
  CHECK(queue.leading_to(4 * block).front()->sequence == 1);
  CHECK(queue.leading_to(5 * block).empty());
}

TEST_CASE("three packets that are over are kept, and never more than some seconds in all") {
  PacketQueue queue;
  for (int i = 0; i < 500; ++i) queue.insert(packet(static_cast<std::uint64_t>(i), i * block));
  CHECK(queue.at(499 * block - block * static_cast<Samples>(PacketQueue::most_packets)) == nullptr);
  queue.forget_before(490 * block);
  CHECK(queue.leading_to(490 * block).front()->sequence == 487);
  CHECK(queue.at(486 * block) == nullptr);
  CHECK(queue.at(490 * block) != nullptr);
}

TEST_CASE("a tone made shorter or longer by a period is still that tone, without a click") {
  for (const double frequency : {100.0, 140.0, 300.0, 440.0}) {
    CAPTURE(frequency);
    auto sound = sound_of(tone(frequency), 0, 3 * block);
    const auto before = sound.size();
    const int smooth = worst_click(frequency, sound);
    const std::size_t less = shorten(sound);
    CHECK(less >= shortest_period);
    CHECK(sound.size() == before - less);
    CHECK(worst_click(frequency, sound) < smooth + 60);
    const std::size_t more = lengthen(sound);
    CHECK(more >= shortest_period);
    CHECK(sound.size() == before - less + more);
    CHECK(worst_click(frequency, sound) < smooth + 60);
  }
}

TEST_CASE("what is like nothing is left as it is") {
  std::mt19937 random(1);
  std::vector<std::int16_t> noise(2 * block_samples);
  for (auto& sample : noise) sample = static_cast<std::int16_t>(static_cast<int>(random() % 10000) - 5000);
  auto sound = noise;
  CHECK(shorten(sound) == 0);
  CHECK(lengthen(sound) == 0);
  CHECK(sound == noise);
}

TEST_CASE("a tone comes out of every decoder as loud as it went in") {
  for (const Coding coding : all_codings) {
    CAPTURE(static_cast<int>(coding));
    Decoder decoder;
    std::vector<std::int16_t> sound;
    for (const Packet& one : second_of(coding, tone(440))) decoder.decode(one, sound);
    REQUIRE(sound.size() == sample_rate);
    CHECK(share_of(440, sound, 9600) == doctest::Approx(5792).epsilon(0.05));
    CHECK(root_mean_square(std::span(sound).subspan(9600)) == doctest::Approx(5792).epsilon(0.05));
  }
}

TEST_CASE("what is made up goes on like what was heard, and dies away within a fifth of a second") {
  for (const Coding coding : all_codings) {
    CAPTURE(static_cast<int>(coding));
    Decoder decoder;
    std::vector<std::int16_t> sound;
    for (const Packet& one : second_of(coding, tone(440))) decoder.decode(one, sound);
    const std::size_t end = sound.size();
    for (int i = 0; i < 10; ++i) decoder.conceal(block, sound);
    CHECK(root_mean_square(std::span(sound).subspan(end, block_samples)) > 1500);
    CHECK(root_mean_square(std::span(sound).last(block_samples)) < 600);
    CHECK(worst_click(440, sound, end - 100) < 1500);
  }
}

TEST_CASE("a lost Opus packet is recovered from the copy in the next") {
  const auto packets = second_of(Coding::opus, syllables(), true);
  const auto whole = [&](auto replace) {
    Decoder decoder;
    std::vector<std::int16_t> sound;
    for (std::size_t i = 0; i < 25; ++i)
      if (i == 12)
        replace(decoder, sound);
      else
        decoder.decode(packets[i], sound);
    return sound;
  };
  const auto right = whole([&](Decoder& decoder, auto& sound) { decoder.decode(packets[12], sound); });
  const auto copied = whole([&](Decoder& decoder, auto& sound) { decoder.recover(packets[13], block, sound); });
  const auto nothing = whole([&](Decoder&, auto& sound) { sound.resize(sound.size() + block_samples); });
  CHECK(difference(right, copied, 12 * block_samples) < 0.7 * difference(right, nothing, 12 * block_samples));
}

TEST_CASE("an AMR payload says itself how many frames it has, and one that lies is no payload") {
  const std::vector<std::uint8_t> silence = {0xf0, 0x7c};
  CHECK(amr_frames(false, silence) == 1);
  CHECK(duration_of(Coding::amr, silence) == block);
  std::vector<std::uint8_t> two = {0xf0, 0x94, 0x14};  // of type 2, 15 octets each
  CHECK(amr_frames(false, two) == 0);
  two.resize(3 + 30);
  CHECK(amr_frames(false, two) == 2);
  CHECK(duration_of(Coding::amr, two) == 2 * block);
  CHECK(amr_frames(false, std::vector<std::uint8_t>{0xf0, 0x5c}) == 0);  // there is no type 11
  CHECK(amr_frames(true, std::vector<std::uint8_t>{0xf0}) == 0);
  AmrDecoder decoder(false);
  std::vector<std::int16_t> samples;
  decoder.decode(two, samples);
  CHECK(samples.size() == 320);
  decoder.decode(std::vector<std::uint8_t>{0xf0}, samples);
  CHECK(samples.empty());
}
