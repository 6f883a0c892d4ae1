// What a call must have shown to be a good one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probe/measurements.h"

namespace rollcall::probe {

struct Expectations {
  bool call = false;                      ///< a call is expected at all
  bool video = true;                      ///< with pictures
  std::vector<Colour> colours = {};       ///< tiles that must have stood in the picture for `hold` in all
  std::vector<int> tones = {};            ///< that must have been heard for `hold` in all
  std::vector<int> forbidden_tones = {};  ///< our own: nobody may hear himself
  bool movement = true;                   ///< something in each of these tiles must have moved
  Milliseconds hold{2000};
};

/// One sentence for each that is not met; empty when all is well.
[[nodiscard]] std::vector<std::string> unmet(const Expectations& expected, const Measurements& measured);

}  // namespace rollcall::probe
