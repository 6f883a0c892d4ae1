#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "mcu/layout/layout.h"

using namespace rollcall::mcu::layout;

namespace {

bool overlap(const Tile& a, const Tile& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool inside(const Tile& inner, const Tile& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

bool is_even(const Tile& tile) {
  return tile.x % 2 == 0 && tile.y % 2 == 0 && tile.width % 2 == 0 && tile.height % 2 == 0;
}

const Size sizes[] = {{1280, 720}, {640, 360}, {1920, 1080}, {352, 288}};

template <class Check>
void for_every_layout(Check check) {
  for (const Size canvas : sizes)
    for (std::size_t count = 1; count <= most_tiles; ++count) {
      CAPTURE(canvas.width);
      CAPTURE(count);
      check(count, canvas, equal_grid(count, canvas));
    }
}

}  // namespace

TEST_CASE("nobody is missing and nobody is outside the canvas, from 1 to 49 people") {
  for_every_layout([](std::size_t count, Size canvas, const std::vector<Tile>& tiles) {
    CHECK(tiles.size() == count);
    for (const Tile& tile : tiles) CHECK(inside(tile, {0, 0, canvas.width, canvas.height}));
  });
}

TEST_CASE("no two tiles overlap") {
  for_every_layout([](std::size_t, Size, const std::vector<Tile>& tiles) {
    for (std::size_t a = 0; a < tiles.size(); ++a)
      for (std::size_t b = a + 1; b < tiles.size(); ++b) REQUIRE_FALSE(overlap(tiles[a], tiles[b]));
  });
}

TEST_CASE("all tiles are equal, have even coordinates and the canvas's shape") {
  for_every_layout([](std::size_t, Size canvas, const std::vector<Tile>& tiles) {
    const double shape = static_cast<double>(canvas.width) / canvas.height;
    for (const Tile& tile : tiles) {
      REQUIRE(is_even(tile));
      REQUIRE(tile.width == tiles.front().width);
      REQUIRE(tile.height == tiles.front().height);
      REQUIRE(static_cast<double>(tile.width) / tile.height == doctest::Approx(shape).epsilon(0.05));
    }
  });
}

TEST_CASE("tiles come in reading order") {
  for_every_layout([](std::size_t, Size, const std::vector<Tile>& tiles) {
    CHECK(std::is_sorted(tiles.begin(), tiles.end(),
                         [](const Tile& a, const Tile& b) { return std::pair(a.y, a.x) < std::pair(b.y, b.x); }));
  });
}

TEST_CASE("one more person never makes the tiles larger") {
  for (std::size_t count = 2; count <= most_tiles; ++count)
    CHECK(equal_grid(count, {}).front().width <= equal_grid(count - 1, {}).front().width);
}

TEST_CASE("within one grid a joining person moves nobody to another row") {
  const auto three = equal_grid(3, {});
  const auto four = equal_grid(4, {});
  CHECK(three[0] == four[0]);
  CHECK(three[1] == four[1]);
  CHECK(three[2].y == four[2].y);
}

TEST_CASE("the grids that people will see most") {
  CHECK(equal_grid(0, {}).empty());
  CHECK(equal_grid(1, {}) == std::vector<Tile>{{0, 0, 1280, 720}});
  CHECK(equal_grid(2, {}) == std::vector<Tile>{{0, 180, 640, 360}, {640, 180, 640, 360}});
  CHECK(equal_grid(3, {}) == std::vector<Tile>{{0, 0, 640, 360}, {640, 0, 640, 360}, {320, 360, 640, 360}});
  CHECK(equal_grid(9, {}).front().width == 426);
  CHECK(equal_grid(16, {}).back() == Tile{960, 540, 320, 180});
}

TEST_CASE("a picture of the tile's shape fills it exactly") {
  CHECK(place({640, 360}, {320, 180, 320, 180}) == Placement{{0, 0, 640, 360}, {320, 180, 320, 180}});
}

TEST_CASE("a slightly different shape loses its edges, not the tile") {
  const Placement cut = place({1280, 800}, {0, 0, 640, 360});
  CHECK(cut.to == Tile{0, 0, 640, 360});
  CHECK(cut.from == Tile{0, 40, 1280, 720});
}

TEST_CASE("an upright picture is shown whole between bars") {
  const Placement upright = place({360, 640}, {640, 0, 640, 360});
  CHECK(upright.from == Tile{0, 0, 360, 640});
  CHECK(upright.to == Tile{858, 0, 202, 360});
}

TEST_CASE("every shape of source lands inside its tile, keeps its shape and loses at most an eighth") {
  const Tile tile = equal_grid(9, {})[4];
  for (int width = 16; width <= 1920; width += 38)
    for (int height = 16; height <= 1080; height += 38) {
      CAPTURE(width);
      CAPTURE(height);
      const Placement placement = place({width, height}, tile);
      REQUIRE(inside(placement.to, tile));
      REQUIRE(inside(placement.from, {0, 0, width, height}));
      REQUIRE(is_even(placement.to));
      REQUIRE(is_even(placement.from));
      REQUIRE(placement.to.width >= 2);
      REQUIRE(placement.to.height >= 2);
      REQUIRE(placement.from.width >= width * 7 / 8 - 2);
      REQUIRE(placement.from.height >= height * 7 / 8 - 2);
    }
}

TEST_CASE("a tile that is not quite of the picture's shape, for its rounding, shows all of it") {
  CHECK(place({640, 360}, {0, 0, 426, 240}) == Placement{{0, 0, 640, 360}, {0, 0, 426, 240}});
  CHECK(place({640, 360}, {0, 0, 182, 102}) == Placement{{0, 0, 640, 360}, {0, 0, 182, 102}});
}
