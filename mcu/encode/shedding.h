// What is given up, and in which order, when the machine has too little time for everybody's picture. Never sound.
// Pure.
#pragma once

#include <cstddef>

namespace rollcall::mcu::encode {

/// How much work the encoders may put into the picture.
struct Effort {
  int frame_rate = 60;  ///< at most
  int height = 4320;    ///< at most
  int speed = 0;        ///< 0: the ordinary preset; then 1 and 2, which are faster and a little worse
  bool operator==(const Effort&) const = default;
};

/// From 0, everything, to `most_shed`. First the frame rate where the grid is big, since there everybody is small
/// (30 → 25 → 15); then the size (720 → 540 → 360); then the speed preset.
constexpr int most_shed = 6;
constexpr std::size_t big_grid = 9;  ///< tiles

[[nodiscard]] constexpr Effort effort_at(int level, std::size_t tiles) {
  Effort effort;
  if (tiles >= big_grid && level >= 1) effort.frame_rate = level >= 2 ? 15 : 25;
  if (level >= 3) effort.height = level >= 4 ? 360 : 540;
  if (level >= 5) effort.speed = level >= 6 ? 2 : 1;
  return effort;
}

}  // namespace rollcall::mcu::encode
