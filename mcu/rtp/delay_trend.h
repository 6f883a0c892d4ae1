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

/// Bits per second over a window of half a second or more.
class RateMeter {
 public:
  void add(std::size_t bytes, Time now);
  [[nodiscard]] double bits_per_second(Time now) const;

 private:
  static constexpr std::size_t buckets = 10;
  std::array<std::uint64_t, buckets> bytes_ = {};
  std::int64_t bucket_ = 0;
  std::optional<std::int64_t> first_ = {};
};

/// One per SendEstimate. Groups of packets that were sent within 5 ms are compared: if each next one takes longer, a
/// queue is filling. A burst (a key frame) that drains again is not trouble: the queue has to stand.
class DelayTrend {
 public:
  enum class Use { under, normal, over };

  /// Arrived packets, in the order of sending.
  void add(const PacketResult& result);
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
  void judge(double arrived_ms);
  [[nodiscard]] double slope() const;

  std::optional<Group> group_ = {};
  std::optional<Time> origin_sent_ = {};
  ArrivalTime origin_arrived_ = {};
  std::deque<Point> points_ = {};
  double smoothed_ = 0;
  double base_ms_ = 0;
  Use use_ = Use::normal;
  double threshold_ = 12.5;
  double over_since_ms_ = -1;
  double last_ms_ = 0;
};

}  // namespace rollcall::mcu::rtp
