#include "mcu/layout/layout.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>

namespace rollcall::mcu::layout {
namespace {

constexpr int even(int value) {
  return value & ~1;
}

/// Columns of the smallest square grid that holds `count`.
int columns_for(int count) {
  int columns = 1;
  while (columns * columns < count) ++columns;
  return columns;
}

/// `part` of `whole` in the middle of it, both ends even.
int centred(int whole, int part) {
  return even((whole - part) / 2);
}

}  // namespace

std::vector<Tile> equal_grid(std::size_t count, Size canvas) {
  assert(count <= most_tiles);
  const int people = static_cast<int>(count);
  const int columns = columns_for(people);
  const int rows = (people + columns - 1) / columns;
  const int width = even(canvas.width / columns);
  const int height = even(canvas.height / columns);
  const int top = centred(canvas.height, rows * height);
  std::vector<Tile> tiles;
  tiles.reserve(count);
  for (int person = 0; person < people; ++person) {
    const int row = person / columns;
    const int in_this_row = std::min(columns, people - row * columns);
    const int left = centred(canvas.width, in_this_row * width);
    tiles.push_back({left + (person % columns) * width, top + row * height, width, height});
  }
  return tiles;
}

Placement place(Size source, const Tile& tile, Fit fit) {
  assert(source.width >= 2 && source.height >= 2);
  const long wide = static_cast<long>(source.width) * tile.height;  // compares the two shapes without division
  const long high = static_cast<long>(source.height) * tile.width;
  Placement placement{{0, 0, even(source.width), even(source.height)}, tile};
  if (std::abs(wide - high) * 100 <= std::max(wide, high)) return placement;
  const bool wider = wide > high;
  if (fit == Fit::fill && std::max(wide, high) * 7 <= std::min(wide, high) * 8) {
    Tile& from = placement.from;
    if (wider) {
      from.width = std::max(2, even(source.height * tile.width / tile.height));
      from.x = centred(source.width, from.width);
    } else {
      from.height = std::max(2, even(source.width * tile.height / tile.width));
      from.y = centred(source.height, from.height);
    }
    return placement;
  }
  Tile& to = placement.to;
  if (wider) {
    to.height = std::max(2, even(static_cast<int>(static_cast<long>(tile.width) * source.height / source.width)));
    to.y += centred(tile.height, to.height);
  } else {
    to.width = std::max(2, even(static_cast<int>(static_cast<long>(tile.height) * source.width / source.height)));
    to.x += centred(tile.width, to.width);
  }
  return placement;
}

}  // namespace rollcall::mcu::layout
