#include "mcu/leg/health.h"

#include <algorithm>

namespace rollcall::mcu::leg {

HealthWatch::Verdict HealthWatch::look(const Seen& seen) {
  if (!seen.connected && !connected_) {
    return {.over = seen.now - begin_ >= limits_.connect ? std::optional(model::Reason::connectivity) : std::nullopt};
  }
  if (!connected_) {
    connected_ = true;
    begin_ = seen.now;
  }
  const auto silent = seen.now - std::max(begin_, seen.last_packet);
  if (silent >= limits_.silence) {
    return {.over = model::Reason::connectivity};
  }
  return {.health = Health{.audio = seen.now - seen.last_sound <= fresh,
                           .video = seen.now - seen.last_picture <= fresh,
                           .stalled = silent >= stalled_after,
                           .loss = loss(seen),
                           .round_trip_ms = seen.round_trip_ms}};
}

double HealthWatch::loss(const Seen& seen) {
  const auto received = static_cast<std::int64_t>(seen.received) - static_cast<std::int64_t>(received_);
  const auto lost = seen.lost - lost_;
  received_ = seen.received;
  lost_ = seen.lost;
  // A stream that was replaced takes its counts with it.
  if (received < 0 || lost <= 0) {
    return 0;
  }
  return static_cast<double>(lost) / static_cast<double>(lost + received);
}

}  // namespace rollcall::mcu::leg
