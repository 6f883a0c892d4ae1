// What things cost an MCU, so that the allocator's sums and the MCU's own are the same. A thousand units are one core
// of the MCU's machine; the ratios come from measuring (README, benchmarks).
#pragma once

namespace rollcall::model::units {

inline constexpr double core = 1000;
inline constexpr double conference = 200;  ///< one mixed picture, encoded once
inline constexpr double video_leg = 65;    ///< one small picture decoded, one sound each way, everything sent

}  // namespace rollcall::model::units
