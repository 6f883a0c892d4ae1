// Finds in a mixed picture where each participant's tile stands, by the colour that he sends.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "probe/colour.h"

namespace rollcall::probe {

using Milliseconds = std::chrono::milliseconds;

/// One decoded I420 picture, not owned.
struct PictureView {
  int width = 0;
  int height = 0;
  const std::uint8_t* planes[3] = {};
  int strides[3] = {};
};

/// The largest connected area of one colour, in pixels of the mixed picture.
struct Area {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  double share = 0;  ///< of the whole picture, 0…1; what is drawn over the colour does not count
  bool operator==(const Area&) const = default;
};

/// What was found out about one expected colour so far.
struct TileRecord {
  Colour colour;
  std::optional<Area> area = {};                   ///< in the last measured picture
  std::optional<Milliseconds> first_seen = {};     ///< on the caller's clock
  Milliseconds seen{0};                            ///< in all
  std::optional<Milliseconds> last_movement = {};  ///< something within the area changed
};

/// One received picture stream. Plain values, no clock: time is an argument.
class PictureMeter {
 public:
  explicit PictureMeter(const std::vector<Colour>& expected);

  void measure(const PictureView& picture, Milliseconds now);

  [[nodiscard]] const std::vector<TileRecord>& tiles() const { return tiles_; }
  [[nodiscard]] std::size_t measured() const { return measured_; }

 private:
  /// The picture in cells of 8×8 pixels: mean luma, and which expected colour it is (-1: none).
  struct Grid {
    int columns = 0;
    int rows = 0;
    std::vector<int> luma;
    std::vector<int> colour;
  };

  [[nodiscard]] Grid sample(const PictureView& picture) const;
  [[nodiscard]] int nearest(Colour colour) const;
  [[nodiscard]] std::optional<Area> largest_area(const Grid& grid, int colour) const;
  [[nodiscard]] bool moved(const Grid& grid, const Area& area) const;

  std::vector<TileRecord> tiles_;
  Grid previous_;
  std::optional<Milliseconds> last_measured_;
  std::size_t measured_ = 0;
};

}  // namespace rollcall::probe
