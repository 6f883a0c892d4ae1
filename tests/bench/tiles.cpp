#include "tests/bench/tiles.h"

#include "mcu/layout/layout.h"

namespace rollcall::bench {

std::vector<Tile> tiles_of(std::size_t people, int width, int height) {
  std::vector<Tile> tiles;
  for (const auto& tile : mcu::layout::equal_grid(people, {width, height}))
    tiles.push_back({tile.x, tile.y, tile.width, tile.height});
  return tiles;
}

}  // namespace rollcall::bench
