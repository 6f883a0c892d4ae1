// What the sound of a conference costs without its packets' way through the network: voices, desk and encoders, in
// made-up time on one thread. usage: run_sound PARTICIPANTS TALKING [unsaid]     (unsaid: no levels in the packets)
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <iostream>
#include <string>
#include <vector>

#include "mcu/encode/sound_encoders.h"
#include "mcu/mixer/sound_desk.h"
#include "mcu/voice/test_sender.h"

using namespace rollcall::mcu;

namespace {

constexpr int ticks = 1000;
constexpr int recorded = 250;  // five seconds, sent again and again

using Payloads = std::vector<std::vector<std::uint8_t>>;

double cpu_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

/// Speech, more or less: syllables without a pause.
voice::Signal talk() {
  return [syllables = voice::syllables()](voice::Samples at) { return syllables(at % (voice::sample_rate / 2)); };
}

Payloads record(const voice::Signal& signal) {
  voice::TestEncoder encoder(gst::Coding::opus, true);
  Payloads payloads;
  for (int i = 0; i < recorded; ++i) payloads.push_back(encoder.encode(signal, i * voice::block, voice::block));
  return payloads;
}

struct Conference {
  std::deque<voice::Voice> voices = {};
  mixer::SoundDesk desk = {};
  encode::SoundEncoders encoders = {};
  std::vector<encode::Subscription> listening = {};
  std::uint64_t bytes = 0;

  explicit Conference(int participants) {
    for (int i = 0; i < participants; ++i) {
      desk.add(std::to_string(i), voices.emplace_back());
      listening.push_back(encoders.subscribe(std::to_string(i), gst::Coding::opus,
                                             [this](const auto& sound) { bytes += sound.payload.size(); }));
    }
  }

  void put(int tick, int talking, const Payloads& talk, const Payloads& silence, bool levels) {
    int number = 0;
    for (voice::Voice& voice : voices) {
      const bool talks = number < talking;
      gst::SoundPacket packet;
      packet.sequence = static_cast<std::uint64_t>(tick);
      packet.timestamp = static_cast<std::uint32_t>(tick * 960);
      packet.payload = (talks ? talk : silence)[static_cast<std::size_t>(tick + 7 * number) % recorded];
      if (levels) packet.level = talks ? 20 + number % 5 : 127;
      packet.arrived = voice::Time(std::chrono::seconds(100) + tick * mixer::block_time);
      voice.put(packet);
      ++number;
    }
  }

  void encode(int tick) {
    const auto own = [this](const std::string& id) -> std::optional<encode::SoundBlock> {
      for (const mixer::OwnMix& mix : desk.own())
        if (mix.id == id) return mix.samples;
      return std::nullopt;
    };
    encoders.encode(static_cast<std::uint64_t>(tick), tick * mixer::block_time, desk.common(), own);
  }
};

}  // namespace

int main(int argc, char** argv) {
  const int participants = argc > 1 ? std::atoi(argv[1]) : 100;
  const int talking = argc > 2 ? std::atoi(argv[2]) : 3;
  const bool levels = argc <= 3;
  const Payloads speech = record(talk()), silence = record(voice::tone(1, 0));
  Conference conference(participants);
  double put = 0, mix = 0, encode = 0, worst = 0;
  for (int tick = 0; tick < ticks; ++tick) {
    const double begin = cpu_us();
    conference.put(tick, talking, speech, silence, levels);
    const double filled = cpu_us();
    conference.desk.mix(
        voice::Time(std::chrono::seconds(100) + tick * mixer::block_time + std::chrono::milliseconds(9)));
    const double mixed = cpu_us();
    conference.encode(tick);
    const double encoded = cpu_us();
    if (tick < 50) continue;
    put += filled - begin;
    mix += mixed - filled;
    encode += encoded - mixed;
    worst = std::max(worst, encoded - filled);
  }
  constexpr double counted = ticks - 50;
  const auto per_tick = [](auto count) { return static_cast<double>(count) / ticks; };
  std::cout << "participants=" << participants << " talking=" << talking
            << " core=" << (put + mix + encode) / counted / 20000 << " put_us=" << put / counted
            << " mix_us=" << mix / counted << " encode_us=" << encode / counted << " worst_tick_us=" << worst
            << " decoded_per_tick=" << per_tick(conference.desk.blocks_decoded())
            << " encoded_per_tick=" << per_tick(conference.encoders.blocks_encoded())
            << " sent_per_tick=" << per_tick(conference.encoders.blocks_sent()) << '\n';
}
