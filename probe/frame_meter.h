// When decoded pictures arrived: rate, gaps, freezes.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace rollcall::probe {

using Milliseconds = std::chrono::milliseconds;

/// One received picture stream. A gap is more than 200 ms without a picture; a freeze is what a browser counts as one
/// (W3C webrtc-stats, freezeCount): longer than three mean intervals and than the mean interval + 150 ms.
class FrameMeter {
 public:
  void arrived(int width, int height, Milliseconds now);

  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] int sizes() const { return sizes_; }  ///< how many different sizes followed one another
  [[nodiscard]] int gaps() const { return gaps_; }
  [[nodiscard]] int freezes() const { return freezes_; }
  [[nodiscard]] Milliseconds frozen() const { return frozen_; }
  [[nodiscard]] Milliseconds longest_gap() const { return longest_; }
  [[nodiscard]] std::optional<Milliseconds> first() const { return first_; }
  [[nodiscard]] std::optional<Milliseconds> last() const { return last_; }
  [[nodiscard]] double rate() const;  ///< pictures per second from the first to the last

 private:
  void judge(Milliseconds interval);

  std::uint64_t frames_ = 0;
  int width_ = 0;
  int height_ = 0;
  int sizes_ = 0;
  int gaps_ = 0;
  int freezes_ = 0;
  Milliseconds frozen_{0};
  Milliseconds longest_{0};
  std::optional<Milliseconds> first_;
  std::optional<Milliseconds> last_;
  std::deque<Milliseconds> intervals_;  ///< the last 30
};

}  // namespace rollcall::probe
