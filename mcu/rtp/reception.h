// The figures of one incoming stream that go into its report blocks (RFC 3550 §6.4.1, A.3, A.8). Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// One per ReceiveStream.
class Reception {
 public:
  using Duration = std::chrono::steady_clock::duration;

  explicit Reception(std::uint32_t clock_rate) : clock_rate_(clock_rate) {}

  /// The stream begins, or begins anew, with this sequence number. `same_source`: its sender reports still hold.
  void start(std::int64_t sequence, bool same_source);
  /// Every packet of the stream itself, duplicates and late ones too, as A.3 counts; retransmissions belong to their
  /// own stream (RFC 4588 §4).
  void count(std::int64_t sequence, std::uint32_t timestamp, Time now);
  void on_sender_report(const SenderInfo& report, Time now);

  [[nodiscard]] ReportBlock report_block(std::uint32_t ssrc, Time now);
  [[nodiscard]] std::optional<std::chrono::nanoseconds> sender_time(std::uint32_t timestamp) const;
  [[nodiscard]] Duration jitter() const;

 private:
  void measure_jitter(std::uint32_t timestamp, Time now);

  std::uint32_t clock_rate_;
  std::int64_t base_ = 0;
  std::int64_t highest_ = 0;
  std::int64_t received_ = 0;
  std::int64_t expected_before_ = 0;
  std::int64_t received_before_ = 0;
  std::optional<std::uint32_t> transit_ = {};
  std::uint32_t timestamp_ = 0;
  std::uint32_t jitter_ = 0;  ///< 16 times, as in A.8
  std::optional<SenderInfo> report_ = {};
  Time report_arrived_ = {};
};

}  // namespace rollcall::mcu::rtp
