// What things cost an MCU, so that the allocator's sums and the MCU's own are the same. A thousand units are one core
// of the MCU's machine; the ratios come from measuring (README, benchmarks).
#pragma once

#include <cstddef>

namespace rollcall::model::units {

inline constexpr double core = 1000;

/// The published ratios; an MCU that has measured its machine says its own in its hello.
struct Costs {
  double conference = 200;  ///< one mixed picture, encoded once
  double encoder = 150;     ///< each further form in which that picture is encoded
  double video_leg = 65;    ///< one small picture decoded, one sound each way, everything sent
  double audio_leg = 10;    ///< one sound each way
  bool operator==(const Costs&) const = default;
};

/// The people in one conference, as far as they cost something.
struct Legs {
  std::size_t video = 0;
  std::size_t audio = 0;  ///< with sound only
  bool operator==(const Legs&) const = default;
};

/// A conference without a picture mixes sound, which is a tenth of the work; one that waits for its first caller costs
/// nothing.
[[nodiscard]] constexpr double cost_of(const Costs& costs, const Legs& legs) {
  if (legs.video + legs.audio == 0) return 0;
  return (legs.video > 0 ? costs.conference : costs.conference / 10) +
         static_cast<double>(legs.video) * costs.video_leg + static_cast<double>(legs.audio) * costs.audio_leg;
}

/// What one more leg adds; the first with a picture brings the conference's picture with it.
[[nodiscard]] constexpr double cost_of_one_more(const Costs& costs, Legs legs, bool video) {
  const double before = cost_of(costs, legs);
  (video ? legs.video : legs.audio) += 1;
  return cost_of(costs, legs) - before;
}

}  // namespace rollcall::model::units
