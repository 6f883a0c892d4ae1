// One incoming stream: puts its packets in order, says which to ask for again, and keeps its figures (RFC 3550 §6.4,
// appendices A.1, A.3 and A.8; RFC 4585 §6.2.1; RFC 4588). Pure: time is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "mcu/rtp/function_ref.h"
#include "mcu/rtp/packet.h"
#include "mcu/rtp/packet_ring.h"
#include "mcu/rtp/reception.h"
#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// A packet whose turn it is. Borrowed for the call.
struct Released {
  Packet packet = {};
  std::int64_t sequence = 0;  ///< extended: never wraps, never negative; one more than the one before unless after_loss
  Time arrived = {};
  bool after_loss = false;  ///< what lay before it will not come any more (or the stream started anew)
};

/// One per SSRC that is received (and its retransmission stream). Whoever owns it serialises the calls. An in-order
/// packet is neither copied nor kept, and costs no allocation; the others are kept in a ring bounded in packets and
/// bytes.
class ReceiveStream {
 public:
  using Sink = FunctionRef<void(const Released&)>;
  using Duration = std::chrono::steady_clock::duration;

  struct Settings {
    std::uint32_t clock_rate = 90'000;
    Duration wait = std::chrono::milliseconds(150);  ///< for a missing packet; 0: each packet goes out as it comes
    bool repair = true;                              ///< nacks_due asks for what is missing
    unsigned reorder_packets = 2;                    ///< so many later packets or
    Duration reorder_time = std::chrono::milliseconds(5);  ///< so much time make a gap a loss to ask for
    Duration least_nack_interval = std::chrono::milliseconds(20);
    unsigned most_nacks = 10;  ///< for one packet
    std::size_t most_packets = 512;
    std::size_t most_bytes = 1'000'000;
  };

  enum class Outcome {
    released,   ///< it, and perhaps others that had waited for it, went to the sink
    held,       ///< something before it is missing: nacks_due may have news
    duplicate,  ///< of one that came before
    late,       ///< its place was given up
    strange     ///< far from all others: the second in a row starts the stream anew
  };

  ReceiveStream() : ReceiveStream(Settings{}) {}
  explicit ReceiveStream(const Settings& settings);

  /// A packet of the stream itself. Another SSRC than before starts the stream anew.
  Outcome receive(const Packet& packet, Time now, Sink sink);
  /// A packet of its retransmission stream (RFC 4588 §4): the original is unwrapped and takes its place, as of
  /// `payload_type` (apt) in the stream. Empty ones, which only probe, are dropped as strange.
  Outcome receive_rtx(const Packet& packet, std::uint8_t payload_type, Time now, Sink sink);
  /// Gives up what was waited for too long. Call it every 20 ms or so; costs nothing while nothing is missing.
  void poll(Time now, Sink sink);

  /// Something is missing and waited for.
  [[nodiscard]] bool waiting() const { return next_ <= highest_; }
  /// Appends what to ask for now, oldest first, and counts it as asked for.
  void nacks_due(Time now, std::vector<std::uint16_t>& sequences);
  /// As measured by SendStream or given by transport; between two requests for the same packet passes at least this.
  void set_round_trip(Duration round_trip) { round_trip_ = round_trip; }

  void on_sender_report(const SenderInfo& report, Time now) { reception_.on_sender_report(report, now); }
  /// For the next SR or RR; begins a new interval of fraction_lost. Nothing before the first packet.
  [[nodiscard]] std::optional<ReportBlock> report_block(Time now);
  /// The sender's wall clock at a timestamp of this stream, as nanoseconds since 1900: the same for all its streams, so
  /// it is what lip synchronisation compares. Nothing before the first sender report.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> sender_time(std::uint32_t timestamp) const {
    return reception_.sender_time(timestamp);
  }

  struct Figures {
    std::uint64_t packets = 0;  ///< without retransmissions and duplicates
    std::uint64_t octets = 0;   ///< of payload
    std::uint64_t duplicates = 0;
    std::uint64_t late = 0;
    std::uint64_t repaired = 0;  ///< came by retransmission, in time
    std::uint64_t given_up = 0;  ///< missing when their turn had come
    std::uint64_t restarts = 0;
  };
  [[nodiscard]] const Figures& figures() const { return figures_; }
  /// RFC 3550 A.8.
  [[nodiscard]] Duration jitter() const { return reception_.jitter(); }

 private:
  void start(const Packet& packet, Sink sink);
  [[nodiscard]] bool starts_anew(std::int64_t sequence);
  [[nodiscard]] bool is_near(std::int64_t sequence) const;
  Outcome drop_late(std::int64_t sequence);
  Outcome place(const Packet& packet, std::int64_t sequence, Time now, Sink sink);
  Outcome pass_on(const Packet& packet, std::int64_t sequence, Time now, Sink sink);
  Outcome pass_out_of_turn(const Packet& packet, std::int64_t sequence, Time now, Sink sink);
  void forget_seen(std::int64_t sequence);
  void make_room(std::int64_t sequence, Sink sink);
  void note_missing(std::int64_t sequence, Time now);
  void release(const Packet& packet, std::int64_t sequence, Time arrived, Sink sink);
  void release_ready(Sink sink);
  void give_up_next(Sink sink);
  [[nodiscard]] bool is_due(const PacketRing::Slot& slot, std::int64_t sequence, Time now) const;

  Settings settings_;
  Reception reception_;
  PacketRing ring_;
  SeenWindow seen_ = {};
  Figures figures_ = {};
  Duration round_trip_ = std::chrono::milliseconds(100);
  std::optional<std::uint32_t> ssrc_ = {};  ///< none before the first packet
  bool after_loss_ = false;
  std::int64_t next_ = 0;  ///< the first that was not released; behind highest_ something is missing
  std::int64_t highest_ = -1;
  std::optional<std::int64_t> odd_ = {};  ///< what would confirm that the stream was started anew
  std::int64_t last_late_ = -1;
  unsigned late_run_ = 0;
};

}  // namespace rollcall::mcu::rtp
