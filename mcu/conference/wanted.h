#pragma once

#include <algorithm>

#include "mcu/layout/layout.h"
#include "mcu/leg/leg.h"

namespace rollcall::mcu::conference {

/// What a participant is asked to send for a tile of this size: no more than what is seen of it, and never more than
/// `most_kbit`. The sender makes its picture as large as it thinks fit for that.
[[nodiscard]] inline leg::Wanted wanted_for(layout::Size tile, int most_kbit) {
  struct Step {
    int height;
    int kbit;
  };
  constexpr Step steps[] = {{100, 120}, {180, 200}, {240, 300}, {360, 600}, {540, 1200}};
  for (const Step& step : steps)
    if (tile.height <= step.height) return {tile.height, std::min(step.kbit, most_kbit)};
  return {tile.height, most_kbit};
}

}  // namespace rollcall::mcu::conference
