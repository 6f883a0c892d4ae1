#include "tests/bench/tiles.h"

#include <algorithm>

#include "mcu/layout/layouts.h"

namespace rollcall::bench {

std::vector<Tile> tiles_of(std::size_t people, int width, int height) {
  using mcu::layout::Layout;
  const Layout layout = mcu::layout::resolve(Layout::automatic, people, false, false);
  const std::size_t shown = std::min(people, mcu::layout::capacity(Layout::automatic, layout));
  std::vector<Tile> tiles;
  for (const auto& tile : mcu::layout::tiles(layout, shown, {width, height}))
    tiles.push_back({tile.x, tile.y, tile.width, tile.height});
  return tiles;
}

}  // namespace rollcall::bench
