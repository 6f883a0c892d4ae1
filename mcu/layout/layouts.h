// The layouts as geometry. Pure: from how many are shown and how large the canvas is to where their tiles lie.
//
// All of them are cut from square grids of 4 or 8 cells each way wherever possible, because the sizes that come of that
// (for 1280x720: 960x540, 640x360, 320x180, 160x90) are halves, quarters or the very size of what cameras send, and
// exact halves and quarters are five times as cheap to scale as thirds.
#pragma once

#include <cstddef>
#include <vector>

#include "mcu/layout/layout.h"

namespace rollcall::mcu::layout {

enum class Layout {
  automatic,    ///< resolved by resolve()
  grid,         ///< everybody the same size
  speaker,      ///< one large, everybody else in a strip
  spotlight,    ///< one, and nobody else
  presentation  ///< a screen large, people in a column beside it
};

/// What `automatic` means for so many people; every other layout means itself.
///
/// Up to four the grid: nobody is larger than anybody, each picture is exactly half the canvas. From five to thirteen
/// the speaker large, because nobody else's tile would be larger in a grid: 320x180 in the one as in the other. (A grid
/// of three by three would show nine at 426x240 and cost five times as much as one of exact halves.) From fourteen the
/// grid of four by four; whoever is more than sixteen is not shown until he speaks, because a smaller face than 320x180
/// is a stamp, and what is not shown is not decoded either. A presentation has its own layout whatever was wanted, but
/// for the spotlight; somebody in the spotlight is large.
[[nodiscard]] Layout resolve(Layout wanted, std::size_t people, bool presenting, bool spotlighted);

/// How many people a layout shows at most. Of a resolved layout; `chosen` is what it was resolved from.
[[nodiscard]] std::size_t capacity(Layout chosen, Layout resolved);

/// Whether the first tile is the large one.
[[nodiscard]] constexpr bool has_large_tile(Layout resolved) {
  return resolved == Layout::speaker || resolved == Layout::spotlight || resolved == Layout::presentation;
}

/// One tile of `large` × `large` cells of a square grid, first, and the others one cell each, in reading order around
/// it: below it, or, where they are more than fit there, to the right of it and below. `count` from 1 to `most_tiles`.
[[nodiscard]] std::vector<Tile> speaker_with_strip(std::size_t count, Size canvas);

/// The screen first, three quarters of the canvas each way; people in a column to the right: up to four at a quarter,
/// up to sixteen at an eighth in two columns; five to seven, and more than sixteen, go round the corner. `count` with
/// the screen, from 1 to 29.
[[nodiscard]] std::vector<Tile> beside_presentation(std::size_t count, Size canvas);

/// The tiles of a resolved layout; `count` at most its capacity.
[[nodiscard]] std::vector<Tile> tiles(Layout resolved, std::size_t count, Size canvas);

}  // namespace rollcall::mcu::layout
