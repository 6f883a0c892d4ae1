// What one participant receives on one media: counted, asked for again where it was lost, stored where it is judged.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "tests/bench/rtp.h"
#include "tests/bench/statistics.h"

namespace rollcall::bench {

/// One packet as it came.
struct Arrival {
  Time at;
  std::vector<std::uint8_t> packet;
};

/// RTP's time against the wall clock, from the last sender report.
struct Mapping {
  std::uint64_t ntp = 0;
  std::uint32_t timestamp = 0;
};

/// Fed by one thread, read by another.
class Incoming {
 public:
  Incoming(Packing packing, bool stored) : packing_(packing), stored_(stored) {}

  /// `retransmitted`: RTX payload, with the original number in front.
  void take(const Seen& seen, Bytes packet, Time arrived);
  void take_retransmitted(const Seen& seen, Time arrived);
  /// Of the stream that comes; 0 before.
  [[nodiscard]] std::uint32_t ssrc() const;
  /// Whether this is the stream that comes.
  [[nodiscard]] bool is(std::uint32_t ssrc) const;
  void take_report(Bytes sender_report, Time arrived);

  /// Appends NACK or PLI where something is missing (RFC 4585); only for pictures.
  void complain(std::vector<std::uint8_t>& to, std::uint32_t own_ssrc, Time now);
  /// Appends one report block (RFC 3550 §6.4.1); false where nothing came yet.
  bool report_block(std::vector<std::uint8_t>& to, Time now);

  struct Counts {
    long packets = 0;
    long bytes = 0;
    int frames = 0;
    int key_frames = 0;
    int late = 0;
    double longest_gap_ms = 0;
    int nacks = 0;
    int plis = 0;
  };
  /// Of what arrived from `begin` to `end`.
  [[nodiscard]] Counts counts(Time begin, Time end, std::chrono::nanoseconds tick) const;
  /// Everything, in the order of arrival. After the last take().
  [[nodiscard]] const std::vector<Arrival>& stored() const { return arrivals_; }
  [[nodiscard]] std::optional<Mapping> mapping() const;

 private:
  struct Missing {
    Time since;
    Time asked;
    int tries = 0;
  };
  struct Begun {
    Time at;
    bool key = false;
  };
  void follow(std::uint16_t sequence, Time arrived);
  void begin_frame(const Seen& seen, Time arrived);

  Packing packing_;
  bool stored_;
  mutable std::mutex mutex_;
  std::uint32_t ssrc_ = 0;
  std::uint32_t highest_ = 0;  ///< extended sequence number
  std::uint32_t first_ = 0;
  long reported_expected_ = 0;
  long reported_received_ = 0;
  long received_ = 0;
  std::uint32_t timestamp_ = 0;
  bool have_key_ = false;
  Time asked_for_key_{};
  std::map<std::uint16_t, Missing> missing_;
  std::vector<Begun> frames_;
  std::vector<std::pair<Time, std::uint32_t>> sizes_;
  std::vector<Arrival> arrivals_;
  std::optional<Mapping> mapping_;
  Time mapped_{};
  int nacks_ = 0;
  int plis_ = 0;
};

}  // namespace rollcall::bench
