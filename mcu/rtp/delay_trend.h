// Whether a queue builds up on the path, by the delay between groups of packets (draft-ietf-rmcat-gcc-02 §5), and how
// many bits per second pass. Pure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

#include "mcu/rtp/transport_feedback.h"

namespace rollcall::mcu::rtp {

/// Bits per second over the last half second.
class RateMeter {
 public:
  void add(std::size_t bytes, Time now);
  [[nodiscard]] double bits_per_second(Time now) const;

 private:
  static constexpr std::int64_t buckets = 10;
  void move_to(std::int64_t bucket);

  std::array<std::uint64_t, static_cast<std::size_t>(buckets)> bytes_ = {};
  std::int64_t newest_ = 0;
  std::optional<std::int64_t> first_ = {};
};

/// The least of the values of the last ten to twenty seconds.
class LatelyLeast {
 public:
  void add(double value, double now_ms);
  [[nodiscard]] double get() const;

 private:
  std::optional<double> now_ = {};
  std::optional<double> before_ = {};
  double began_ms_ = 0;
};

/// One per SendEstimate. Groups of packets that were sent within 5 ms are compared: if each next one takes longer, a
/// queue is filling. A burst (a key frame) that drains again is not trouble: the queue has to stand, and to grow or to
/// be long.
class DelayTrend {
 public:
  enum class Use { under, normal, over };

  /// Arrived packets, in the order of sending.
  void add(Time sent, ArrivalTime arrived);
  [[nodiscard]] Use use() const { return use_; }
  /// How much longer the packets take now than they took at best lately.
  [[nodiscard]] std::chrono::duration<double, std::milli> queue() const;

 private:
  struct Group {
    Time first_sent = {};
    Time last_sent = {};
    ArrivalTime last_arrived = {};
  };
  struct Point {
    double arrived_ms = 0;
    double delay_ms = 0;
  };
  void finish(const Group& group);
  [[nodiscard]] Use judge(double trend);
  [[nodiscard]] double slope() const;
  void adapt_threshold(double trend, double elapsed_ms);

  std::optional<Group> group_ = {};
  std::optional<Group> origin_ = {};
  std::deque<Point> points_ = {};
  LatelyLeast least_ = {};
  Use use_ = Use::normal;
  double threshold_ = 12.5;  ///< gcc-02 §5.5
  unsigned over_run_ = 0;
};

}  // namespace rollcall::mcu::rtp
