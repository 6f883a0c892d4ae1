// Where each participant's tile lies on the canvas, and how a picture of one shape goes into a tile of another. Pure
// functions; who gets which tile is decided in arrangement.h.
#pragma once

#include <cstddef>
#include <vector>

namespace rollcall::mcu::layout {

/// Pixels. Even numbers only, because the pictures' colour planes have half the size.
struct Size {
  int width = 1280;
  int height = 720;
  bool operator==(const Size&) const = default;
};

/// Pixels from the canvas's upper left corner; all four numbers are even.
struct Tile {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Tile&) const = default;
};

/// The largest number of people that one picture shows.
inline constexpr std::size_t most_tiles = 49;

/// Everybody the same size: a grid of c columns whose tiles have the canvas's own shape, c × c ≥ `count`, in reading
/// order; unused rows are left out, and what remains is centred, the last row too. Each tile is one c-th of the canvas
/// each way, so that 360p and 720p pictures are halved or quartered exactly wherever c allows it, which is the cheap
/// case of scaling. `count` at most `most_tiles`.
[[nodiscard]] std::vector<Tile> equal_grid(std::size_t count, Size canvas);

/// How a source of one shape is put into a tile of another: which part of it is shown, and where.
struct Placement {
  Tile from;  ///< of the source; less than the whole where edges are cut off
  Tile to;    ///< inside the tile, on the canvas; less than the whole where bars remain
  bool operator==(const Placement&) const = default;
};

enum class Fit {
  fill,  ///< a face: fills the tile where that cuts off at most an eighth of the source; else as `whole`
  whole  ///< a screen: nothing is cut off
};

/// Fills the tile, or shows the whole of the source between bars (a telephone held upright). Shapes are kept, to
/// one in a hundred: tiles are rounded to even numbers, and cutting two lines off a picture for that would shift all of
/// it between the pixels. `source` at least 2x2.
[[nodiscard]] Placement place(Size source, const Tile& tile, Fit fit = Fit::fill);

}  // namespace rollcall::mcu::layout
