// The clips as a mixer sees them: decoded; and how well an output shows them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tests/bench/barcode.h"
#include "tests/bench/clip.h"
#include "tests/bench/rtp.h"

namespace rollcall::bench {

/// The brightness of each picture of one clip.
class Film {
 public:
  Film(const Clip& clip, Packing packing);
  [[nodiscard]] Plane picture(int frame) const;
  [[nodiscard]] std::size_t size() const { return pictures_.size(); }

 private:
  mutable std::vector<std::vector<std::uint8_t>> pictures_;
  int width_ = 0;
  int height_ = 0;
};

/// GStreamer's names for what decodes a coding, and the caps that go in.
[[nodiscard]] const char* decoder_of(Packing packing);
[[nodiscard]] const char* caps_of(Packing packing);

/// Sums of squared differences.
struct Difference {
  double squares = 0;
  double count = 0;
};
/// Between a tile and the picture that it shows, ideally scaled; without the tile's edge and its lower third, where
/// names and marks are.
void compare(const Plane& tile, const Plane& original, Difference& sum);

}  // namespace rollcall::bench
