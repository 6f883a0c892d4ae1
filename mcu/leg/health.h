// When a leg is well, when it is stalled, and when it is over (the same numbers everywhere). Pure: time is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "mcu/leg/leg.h"

namespace rollcall::mcu::leg {

class HealthWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Limits {
    std::chrono::milliseconds connect{15'000};
    std::chrono::milliseconds silence{30'000};
    std::chrono::milliseconds consent{30'000};  ///< time for a restart over another network
  };
  /// What was seen up to `now`; times of what never happened are the epoch, counts grow.
  struct Seen {
    Time now;
    bool connected = false;
    Time last_packet = {};  ///< RTP or RTCP, any transport: a muted Dino sends nothing but RTCP
    Time lost_since = {};   ///< the peer's consent is lost since then; the epoch while it is not
    Time last_sound = {};
    Time last_picture = {};
    bool held = false;  ///< by the peer: he sends what he likes, and maybe nothing
    std::uint64_t received = 0;
    std::int64_t lost = 0;
    int round_trip_ms = 0;
    std::uint64_t received_octets = 0;
    std::uint64_t sent_octets = 0;
    double send_loss = 0;
    std::chrono::steady_clock::duration jitter = {};
    int estimate_kbit = 0;
    bool relayed = false;
    bool undecodable = false;
    int picture_height = 0;
    bool picture_due = false;  ///< the peer may send pictures, and they are shown
  };
  struct Verdict {
    std::optional<model::Reason> over = {};
    std::optional<Health> health = {};  ///< while connected
  };
  static constexpr std::chrono::seconds fresh{1};
  static constexpr std::chrono::seconds stalled_after{5};

  HealthWatch(Limits limits, Time begin) : limits_(limits), begin_(begin) {}
  [[nodiscard]] Verdict look(const Seen& seen);

 private:
  [[nodiscard]] double loss(const Seen& seen);
  [[nodiscard]] int frozen_ms(const Seen& seen);
  [[nodiscard]] int kbit(std::uint64_t octets, std::uint64_t& before, Time now) const;

  Limits limits_;
  Time begin_;  ///< the first description, then the moment of connection
  bool connected_ = false;
  std::uint64_t received_ = 0;
  std::int64_t lost_ = 0;
  std::uint64_t received_octets_ = 0;
  std::uint64_t sent_octets_ = 0;
  Time last_look_ = {};
  Time due_since_ = {};  ///< pictures; the epoch while none are
};

}  // namespace rollcall::mcu::leg
