// Which tones are in a received sound: every participant of a test sends one of his own.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rollcall::probe {

using Milliseconds = std::chrono::milliseconds;

/// What was found out about one frequency so far.
struct ToneRecord {
  int hertz = 0;
  double amplitude = 0;  ///< in the last window; 1 is full scale
  double loudest = 0;
  Milliseconds heard{0};                         ///< in all, by the sound's own time
  std::optional<Milliseconds> first_heard = {};  ///< on the caller's clock
  [[nodiscard]] bool audible() const;
};

/// One received sound, mono, 48 kHz, 16 bit. Goertzel's algorithm over windows of 100 ms, so tones must lie 40 Hz
/// apart.
class SoundMeter {
 public:
  static constexpr int rate = 48000;
  static constexpr Milliseconds window{100};

  explicit SoundMeter(const std::vector<int>& hertz);

  void feed(std::span<const std::int16_t> samples, Milliseconds now);

  [[nodiscard]] const std::vector<ToneRecord>& tones() const { return tones_; }
  [[nodiscard]] Milliseconds duration() const { return measured_; }
  [[nodiscard]] Milliseconds silence() const { return silence_; }  ///< of it, windows without any sound
  [[nodiscard]] double level() const { return level_; }            ///< root mean square of the last window

 private:
  void measure(Milliseconds now);

  std::vector<ToneRecord> tones_;
  std::vector<double> pending_;
  Milliseconds measured_{0};
  Milliseconds silence_{0};
  double level_ = 0;
};

}  // namespace rollcall::probe
