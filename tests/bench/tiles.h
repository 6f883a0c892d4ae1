// Where the pictures of the load lie in the mixed one: what the product's layout says of so many people.
#pragma once

#include <cstddef>
#include <vector>

namespace rollcall::bench {

struct Tile {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};
[[nodiscard]] std::vector<Tile> tiles_of(std::size_t people, int width, int height);

}  // namespace rollcall::bench
