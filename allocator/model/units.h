// What things cost an MCU, so that the allocator's sums and the MCU's own are the same. A thousand units are one core
// of the MCU's machine; the ratios come from measuring (README, benchmarks).
#pragma once

namespace rollcall::model::units {

inline constexpr double core = 1000;
inline constexpr double conference = 200;  ///< one mixed picture, encoded once
inline constexpr double encoder = 150;     ///< each further form in which that picture is encoded
inline constexpr double video_leg = 65;    ///< one small picture decoded, one sound each way, everything sent
inline constexpr double audio_leg = 10;    ///< one sound each way

}  // namespace rollcall::model::units
