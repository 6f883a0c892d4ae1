// Both ends of transport-wide congestion feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01). Pure: time is
// an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "mcu/rtp/arrivals.h"
#include "mcu/rtp/rtcp_writer.h"

namespace rollcall::mcu::rtp {

/// The receiving end, one per transport: notes when packets arrived, and reports each of them once, every 100 ms, every
/// 50 ms when there are many.
class TwccRecorder {
 public:
  /// A packet with this transport-wide sequence number came. Duplicates change nothing.
  void arrived(std::uint16_t sequence, Time now);
  [[nodiscard]] bool due(Time now) const;
  /// Appends one feedback to `out` and begins the next. True if there is more to tell at once (it did not fit one
  /// block); so `while (recorder.write(…)) send`.
  bool write(RtcpWriter& out, std::uint32_t our_ssrc, std::uint32_t media_ssrc, Time now);

  /// Between the first and the last packet of which was not told; if there are more, all but the newest stay untold.
  static constexpr std::int64_t most_packets = 2048;

 private:
  struct Noted {
    std::int64_t sequence = 0;
    Time time = {};
  };
  void begin_at(std::int64_t sequence);
  [[nodiscard]] std::vector<Arrival> consecutive() const;

  std::vector<Noted> noted_ = {};  ///< in order of sequence
  std::optional<std::int64_t> highest_ = {};
  std::int64_t told_ = 0;  ///< everything before this was told of, lost or not
  std::uint8_t number_ = 0;
  Time last_ = {};
  Time origin_ = {};
  std::vector<std::uint8_t> bytes_ = {};
};

/// What became of a packet of ours.
struct PacketResult {
  std::uint16_t sequence = 0;
  Time sent = {};
  std::size_t bytes = 0;
  std::optional<ArrivalTime> arrived = {};  ///< on the receiver's clock, unwrapped; nothing: lost
};

/// The sending end, one per transport: hands out the numbers, and says what became of each packet.
class TwccSender {
 public:
  explicit TwccSender(std::size_t history = 2048);

  /// The number for a packet of so many bytes (as sent: with headers) that goes out now.
  std::uint16_t next(std::size_t bytes, Time now);
  /// Appends what the feedback says about packets still remembered, each at most once as arrived. What it calls lost
  /// may be told again as arrived by a later one.
  void on_feedback(const TransportFeedback& feedback, std::vector<PacketResult>& results);
  /// For how long packets are under way without any feedback; nothing while none is.
  [[nodiscard]] std::optional<std::chrono::steady_clock::duration> silence(Time now) const;

 private:
  enum class Fate : std::uint8_t { unknown, lost, arrived };
  struct Sent {
    std::int64_t sequence = -1;
    Time time = {};
    std::uint32_t bytes = 0;
    Fate fate = Fate::unknown;
  };
  [[nodiscard]] Sent& slot(std::int64_t sequence);
  /// What is to be added to times of a feedback with this reference time, so that they do not wrap.
  [[nodiscard]] ArrivalTime unwrap(std::int32_t reference);

  std::vector<Sent> history_;
  std::int64_t next_ = 0;
  std::optional<std::int32_t> last_reference_ = {};
  std::int64_t reference_turns_ = 0;
  std::optional<Time> unheard_since_ = {};
};

}  // namespace rollcall::mcu::rtp
