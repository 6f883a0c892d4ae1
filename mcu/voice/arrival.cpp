#include "mcu/voice/arrival.h"

#include <algorithm>

namespace rollcall::mcu::voice {
namespace {

constexpr Samples window = 5 * sample_rate;
constexpr Samples jump = sample_rate;               // earlier than ever by so much: another time line
constexpr Samples late_needed = 100 * millisecond;  // so long nothing but late packets: the way has become longer
constexpr Samples catching_step = 2 * millisecond;
constexpr float in_time = 0.96F;
constexpr float slowest_learning = 0.008F;  // three percent are left after 440 packets, 9 s

}  // namespace

bool Arrival::learn(Samples media, Samples arrived) {
  const Samples offset = arrived - media;
  if (packets_ == 0) {
    restart(offset, arrived);
    return false;
  }
  ++packets_;
  if (offset < base() - jump) {
    restart(offset, arrived);
    return true;
  }
  if (offset - base() > most_reserve) {
    if (late_for_good(offset, arrived)) restart(late_least_, arrived);
    catching_up_ = true;
    last_offset_ = offset;
    return false;
  }
  late_since_ = 0;
  follow(offset, arrived);
  // The end of a burst is as late as its beginning made it, and says nothing about the network's habits.
  catching_up_ = catching_up_ && offset < last_offset_ - catching_step;
  last_offset_ = offset;
  if (!catching_up_) count(offset - base());
  return false;
}

void Arrival::restart(Samples offset, Samples arrived) {
  packets_ = 1;
  least_ = least_before_ = offset;
  window_began_ = arrived;
  late_since_ = 0;
  catching_up_ = false;
  share_ = {};
  share_[10 * millisecond / bucket_width - 1] = 1;
  reserve_ = 10 * millisecond;
}

/// A burst after a pause of the network is late too, but it does not last.
bool Arrival::late_for_good(Samples offset, Samples arrived) {
  if (late_since_ == 0) {
    late_since_ = arrived;
    late_least_ = offset;
  }
  late_least_ = std::min(late_least_, offset);
  return arrived - late_since_ >= late_needed;
}

void Arrival::follow(Samples offset, Samples arrived) {
  if (arrived - window_began_ >= window) {
    least_before_ = least_;
    least_ = offset;
    window_began_ = arrived;
  }
  least_ = std::min(least_, offset);
}

void Arrival::count(Samples lateness) {
  const float weight = std::max(slowest_learning, 1 / static_cast<float>(packets_));
  for (float& share : share_) share *= 1 - weight;
  const auto bucket = static_cast<std::size_t>(std::clamp<Samples>(lateness / bucket_width, 0, buckets - 1));
  share_[bucket] += weight;
  float sum = 0;
  std::size_t last = 0;
  while (last < buckets - 1 && (sum += share_[last]) < in_time) ++last;
  reserve_ = least_reserve + static_cast<Samples>(last + 1) * bucket_width;
}

}  // namespace rollcall::mcu::voice
