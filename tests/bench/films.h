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

/// Between a tile and the picture that it shows, ideally scaled, in dB; without the tile's edge and its lower third,
/// where names and marks are. The median of many is what counts: a tile may be on its way to another place.
[[nodiscard]] double similarity_db(const Plane& tile, const Plane& original);

}  // namespace rollcall::bench
