// One outgoing stream: its numbers, its sender reports, and which packets are sent again (RFC 3550 §6.4.1, RFC 4588).
// Pure: time and the random beginnings are arguments.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "mcu/rtp/packet.h"
#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// One per SSRC of ours (and its retransmission stream). Whoever owns it serialises the calls.
class SendStream {
 public:
  using Duration = std::chrono::steady_clock::duration;
  /// Whoever keeps a payload's bytes alive: a PicturePtr converts to it. Null: the payload is not kept for resending.
  using Owner = std::shared_ptr<const void>;

  struct Settings {
    std::uint32_t ssrc = 0;
    std::uint8_t payload_type = 0;
    std::uint32_t clock_rate = 90'000;
    std::uint16_t first_sequence = 0;   ///< random
    std::uint32_t first_timestamp = 0;  ///< random: that of running time 0
    std::optional<std::uint32_t> rtx_ssrc = {};
    std::uint8_t rtx_payload_type = 0;
    std::uint16_t first_rtx_sequence = 0;
    std::size_t history = 512;                    ///< packets; 0: nothing is resent
    Duration most_age = std::chrono::seconds(1);  ///< of what is resent
    unsigned least_resent_per_second = 20;        ///< packets
    double most_resent_share = 0.3;               ///< of the packets sent in a second
  };

  explicit SendStream(const Settings& settings);

  [[nodiscard]] std::uint32_t ssrc() const { return settings_.ssrc; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  /// An offer was answered with other numbers. Sequence numbers and timestamps go on.
  void set_payload_types(std::uint8_t payload_type, std::uint8_t rtx_payload_type);

  /// The RTP timestamp at a running time of the media clock; wraps.
  [[nodiscard]] std::uint32_t timestamp(std::chrono::nanoseconds running_time) const;

  /// The header of the next packet, which is to be sent now. Counts it, and remembers it while `owner` is given,
  /// without copying the payload.
  Header next(std::uint32_t timestamp, bool marker, Bytes payload, const Owner& owner, Time now);

  /// A packet to be sent again.
  struct Resend {
    Header header = {};
    /// RFC 4588: goes before the payload (write_retransmission). Without a retransmission stream it is none, and the
    /// packet must be byte for byte the one sent before: SRTP with the same index and other bytes gives the key stream
    /// away.
    std::optional<std::uint16_t> original_sequence = {};
    Bytes payload = {};  ///< until the next call
  };
  /// Nothing if it is not remembered, was sent again less than a round trip ago, or the budget is used up: a peer that
  /// asks for everything for ever gets at most `most_resent_share` more (or 20 packets a second).
  [[nodiscard]] std::optional<Resend> resend(std::uint16_t sequence, Time now);
  /// Lets go of payloads that are too old to be resent. Call it every 20 ms or so.
  void forget(Time now);

  /// For a sender report: the numbers as of now. `ntp` and `running_time` are the same instant as `now`.
  [[nodiscard]] SenderInfo report(std::uint64_t ntp, std::chrono::nanoseconds running_time, Time now);
  /// What a receiver says about this stream. Gives the round trip if it names a report of ours.
  void on_report_block(const ReportBlock& block, Time now);
  [[nodiscard]] std::optional<Duration> round_trip() const { return round_trip_; }
  /// As the last report block said.
  [[nodiscard]] std::optional<double> fraction_lost() const { return fraction_lost_; }
  [[nodiscard]] Duration remote_jitter() const { return remote_jitter_; }

  struct Figures {
    std::uint64_t packets = 0;
    std::uint64_t octets = 0;  ///< of payload
    std::uint64_t resent = 0;
    std::uint64_t resend_refused = 0;  ///< for the budget
  };
  [[nodiscard]] const Figures& figures() const { return figures_; }

 private:
  struct Sent {
    std::int64_t sequence = -1;
    Owner owner = {};
    Bytes payload = {};
    std::uint32_t timestamp = 0;
    bool marker = false;
    Time first = {};
    Time last = {};
  };
  struct Report {
    std::uint32_t middle = 0;
    Time sent = {};
  };
  [[nodiscard]] Sent& slot(std::int64_t sequence);
  [[nodiscard]] bool take_from_budget(Time now);
  void measure_rate(Time now);

  Settings settings_;
  std::int64_t next_;
  std::int64_t oldest_;  ///< that may still be remembered
  std::uint16_t next_rtx_;
  std::vector<Sent> history_ = {};
  Figures figures_ = {};
  std::vector<Report> reports_ = {};
  std::optional<Duration> round_trip_ = {};
  std::optional<double> fraction_lost_ = {};
  Duration remote_jitter_ = {};
  double budget_;  ///< packets that may be resent now
  std::optional<Time> budget_at_ = {};
  double rate_ = 0;  ///< packets a second
  unsigned counted_ = 0;
  std::optional<Time> counted_since_ = {};
};

}  // namespace rollcall::mcu::rtp
