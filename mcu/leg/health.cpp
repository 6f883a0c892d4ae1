#include "mcu/leg/health.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::leg {

namespace {

constexpr std::int64_t longest_frozen_ms = 3'600'000;

}  // namespace

HealthWatch::Verdict HealthWatch::look(const Seen& seen) {
  if (!seen.connected && !connected_) {
    return {.over = seen.now - begin_ >= limits_.connect ? std::optional(model::Reason::connectivity) : std::nullopt};
  }
  if (!connected_) {
    connected_ = true;
    begin_ = seen.now;
  }
  if (seen.held) {
    begin_ = seen.now;
  }
  const auto silent = seen.now - std::max(begin_, seen.last_packet);
  const bool lost = seen.lost_since != Time{} && seen.now - seen.lost_since >= limits_.consent;
  if (silent >= limits_.silence || lost) {
    return {.over = model::Reason::connectivity};
  }
  const Health health{.audio = seen.now - seen.last_sound <= fresh,
                      .video = seen.now - seen.last_picture <= fresh,
                      .stalled = silent >= stalled_after,
                      .loss = loss(seen),
                      .round_trip_ms = seen.round_trip_ms,
                      .send_loss = seen.send_loss,
                      .jitter_ms = static_cast<int>(seen.jitter / std::chrono::milliseconds(1)),
                      .receive_kbit = kbit(seen.received_octets, received_octets_, seen.now),
                      .send_kbit = kbit(seen.sent_octets, sent_octets_, seen.now),
                      .estimate_kbit = seen.estimate_kbit,
                      .relayed = seen.relayed,
                      .frozen_ms = frozen_ms(seen),
                      .picture_height = seen.now - seen.last_picture <= fresh ? seen.picture_height : 0,
                      .undecodable = seen.undecodable};
  last_look_ = seen.now;
  return {.health = health};
}

/// Who comes back into the picture has to begin with a key frame: before that nothing stands still.
int HealthWatch::frozen_ms(const Seen& seen) {
  if (!seen.picture_due) {
    due_since_ = {};
    return 0;
  }
  if (due_since_ == Time{}) {
    due_since_ = seen.now;
  }
  const auto still = seen.now - std::max(due_since_, seen.last_picture);
  const bool stands = seen.last_picture != Time{} && still > fresh;
  return stands ? static_cast<int>(std::min<std::int64_t>(still / std::chrono::milliseconds(1), longest_frozen_ms)) : 0;
}

int HealthWatch::kbit(std::uint64_t octets, std::uint64_t& before, Time now) const {
  const auto since = std::exchange(before, octets);
  const std::chrono::duration<double> span = now - last_look_;
  if (octets < since || last_look_ == Time{} || span.count() <= 0) {
    return 0;
  }
  return static_cast<int>(8 * static_cast<double>(octets - since) / 1000 / span.count());
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
