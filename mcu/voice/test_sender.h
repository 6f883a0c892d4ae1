// A sender of sound and a network between him and us, both made up; for the tests of this room and of those above.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/voice/block.h"
#include "mcu/voice/source.h"
#include "mcu/voice/voice.h"

struct OpusEncoder;
struct g722_encode_state_s;

namespace rollcall::mcu::voice {

/// Everything that a participant may speak in.
inline constexpr gst::Coding all_codings[] = {gst::Coding::opus, gst::Coding::pcmu, gst::Coding::pcma,
                                              gst::Coding::g722};

/// A network that is late by up to so many ms, evenly spread, always in the same way.
inline auto jitter(double most_ms) {
  return [most_ms, random = std::mt19937(7)](int) mutable -> std::optional<double> {
    return std::uniform_real_distribution<>(0, most_ms)(random);
  };
}

/// What he says: the sample at a time of his, -1…1.
using Signal = std::function<double(Samples)>;
[[nodiscard]] Signal tone(double frequency, double loudness = 0.25);
/// Half a second of a buzz like a voice's at 140 Hz, then half a second of nothing.
[[nodiscard]] Signal syllables(double loudness = 0.25);

/// Encodes one frame after the other.
class TestEncoder {
 public:
  explicit TestEncoder(gst::Coding coding, bool fec = false, bool dtx = false);
  ~TestEncoder();
  [[nodiscard]] std::vector<std::uint8_t> encode(const Signal& signal, Samples begin, Samples length);

 private:
  struct Destroy {
    void operator()(OpusEncoder* encoder) const;
    void operator()(g722_encode_state_s* encoder) const;
  };
  gst::Coding coding_;
  std::unique_ptr<OpusEncoder, Destroy> opus_;
  std::unique_ptr<g722_encode_state_s, Destroy> g722_;
};

/// Somebody's packets one by one, Opus with levels, arriving when they are asked for.
class TestStream {
 public:
  explicit TestStream(Signal signal) : signal_(std::move(signal)), encoder_(gst::Coding::opus) {}
  /// The next 20 ms; silence instead of the signal when `quiet`. Valid until the next call.
  [[nodiscard]] gst::SoundPacket next(bool quiet = false);

 private:
  Signal signal_;
  TestEncoder encoder_;
  std::vector<std::uint8_t> payload_ = {};
  Samples spoken_ = 0;
  std::uint64_t sequence_ = 100;
};

/// The way from a sender to a Voice that is asked every 20 ms.
class TestCall {
 public:
  struct Settings {
    gst::Coding coding = gst::Coding::opus;
    int frame_us = 20000;
    double fast_ppm = 0;  ///< of the sender's clock
    bool fec = false, dtx = false, says_level = true;
    int phase_ms = 7;  ///< of our ticks against his packets
    Signal signal = tone(440);
    /// By how many ms a packet comes later than the network's least; none: it is lost.
    std::function<std::optional<double>(int number)> network = [](int) { return 0.0; };
  };
  explicit TestCall(Settings settings);

  /// Lets time pass, tick by tick. `listening`: the voice is decoded, else only its level is asked.
  void run(double seconds, bool listening = true);
  /// Sends and delivers what there is to `time_ms`, without asking the voice.
  void deliver_until(double time_ms);
  /// The machine stands still: nothing is received and nothing is asked; then the packets are there at once.
  void stall(double seconds);
  /// The sender (his clock included) stands still.
  void pause_sender(double seconds) { paused_ms_ += 1000 * seconds; }
  /// From his next packet on.
  void jump(std::uint32_t timestamp, std::uint64_t sequence);
  Settings& settings() { return settings_; }
  void change_coding(gst::Coding coding);

  Voice voice;
  std::vector<std::int16_t> heard = {};  ///< since it was last cleared
  std::vector<std::optional<double>> loudness = {};
  [[nodiscard]] double delay_ms() const { return static_cast<double>(voice.figures().delay) / millisecond; }
  [[nodiscard]] double now_ms() const { return now_ms_; }

 private:
  struct Sent {
    double arrives_ms = 0;
    gst::SoundPacket packet = {};
    std::vector<std::uint8_t> payload = {};
  };
  void send_until(double time_ms);
  void send_one();
  void deliver(double until_ms, std::optional<double> stamped_ms = {});

  Settings settings_;
  std::unique_ptr<TestEncoder> encoder_;
  std::vector<Sent> under_way_ = {};
  double now_ms_ = 1000;
  double paused_ms_ = 0;
  double next_tick_ms_ = 0;
  Samples spoken_ = 0;
  std::uint32_t timestamp_ = 4294960000U;  // wraps soon
  std::uint64_t sequence_ = 65000;
  int number_ = 0;
  bool quiet_ = false;  ///< the last packet said that a pause follows
};

/// How loud `frequency` is in it, as the root mean square of a tone.
[[nodiscard]] double share_of(double frequency, const std::vector<std::int16_t>& sound, std::size_t begin = 0,
                              std::size_t end = SIZE_MAX);
/// The greatest step beyond what a tone of this frequency and loudness has between two samples.
[[nodiscard]] int worst_click(double frequency, const std::vector<std::int16_t>& sound, std::size_t begin = 0);

}  // namespace rollcall::mcu::voice
