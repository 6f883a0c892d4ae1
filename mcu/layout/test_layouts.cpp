#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <utility>

#include "mcu/layout/layouts.h"

using namespace rollcall::mcu::layout;

namespace {

bool overlap(const Tile& a, const Tile& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

constexpr std::array<Size, 7> canvases{
    {{1280, 720}, {640, 360}, {1920, 1080}, {704, 576}, {352, 288}, {320, 180}, {720, 1280}}};

using Check = std::function<void(Layout, std::size_t, Size, const std::vector<Tile>&)>;

void for_every_layout(const Check& check) {
  for (const Layout layout : {Layout::grid, Layout::speaker, Layout::spotlight, Layout::presentation})
    for (const Size canvas : canvases)
      for (std::size_t count = 1; count <= capacity(layout, layout); ++count) {
        CAPTURE(static_cast<int>(layout));
        CAPTURE(canvas.width);
        CAPTURE(canvas.height);
        CAPTURE(count);
        check(layout, count, canvas, tiles(layout, count, canvas));
      }
}

/// Width of the narrowest rectangle round all tiles, and so on.
Tile bounds(const std::vector<Tile>& tiles) {
  Tile all = tiles.front();
  for (const Tile& tile : tiles) {
    const int right = std::max(all.x + all.width, tile.x + tile.width);
    const int bottom = std::max(all.y + all.height, tile.y + tile.height);
    all.x = std::min(all.x, tile.x);
    all.y = std::min(all.y, tile.y);
    all.width = right - all.x;
    all.height = bottom - all.y;
  }
  return all;
}

long area(const std::vector<Tile>& tiles) {
  long sum = 0;
  for (const Tile& tile : tiles) sum += static_cast<long>(tile.width) * tile.height;
  return sum;
}

}  // namespace

TEST_CASE("in every layout, for every number of people, on every canvas, there is one tile for each") {
  for_every_layout(
      [](Layout, std::size_t count, Size, const std::vector<Tile>& tiles) { REQUIRE(tiles.size() == count); });
}

TEST_CASE("every tile lies inside the canvas, at even numbers, and is large enough to be one") {
  for_every_layout([](Layout, std::size_t, Size canvas, const std::vector<Tile>& tiles) {
    for (const Tile& tile : tiles) {
      REQUIRE((tile.x >= 0 && tile.y >= 0));
      REQUIRE((tile.x + tile.width <= canvas.width && tile.y + tile.height <= canvas.height));
      REQUIRE((tile.x % 2 == 0 && tile.y % 2 == 0 && tile.width % 2 == 0 && tile.height % 2 == 0));
      REQUIRE((tile.width >= 16 && tile.height >= 16));
    }
  });
}

TEST_CASE("no two tiles of any layout overlap") {
  for_every_layout([](Layout, std::size_t, Size, const std::vector<Tile>& tiles) {
    for (std::size_t a = 0; a < tiles.size(); ++a)
      for (std::size_t b = a + 1; b < tiles.size(); ++b) REQUIRE_FALSE(overlap(tiles[a], tiles[b]));
  });
}

TEST_CASE("every tile has the canvas's shape, the small ones are equal, the large one is larger") {
  for_every_layout([](Layout layout, std::size_t count, Size canvas, const std::vector<Tile>& tiles) {
    for (std::size_t i = 0; i < count; ++i) {
      REQUIRE(static_cast<double>(tiles[i].width) / tiles[i].height ==
              doctest::Approx(static_cast<double>(canvas.width) / canvas.height).epsilon(0.07));
      if (i > 1) REQUIRE((tiles[i].width == tiles[1].width && tiles[i].height == tiles[1].height));
    }
    if (has_large_tile(layout) && count > 1) REQUIRE(tiles[0].width >= 2 * tiles[1].width);
  });
}

TEST_CASE("what is shown stands in the middle of the canvas") {
  for_every_layout([](Layout, std::size_t, Size canvas, const std::vector<Tile>& tiles) {
    const Tile all = bounds(tiles);
    REQUIRE(std::abs(canvas.width - all.width - 2 * all.x) <= 4);
    REQUIRE(std::abs(canvas.height - all.height - 2 * all.y) <= 4);
  });
}

TEST_CASE("the small tiles come in reading order and have no holes between them") {
  for_every_layout([](Layout layout, std::size_t, Size, const std::vector<Tile>& tiles) {
    const std::size_t first = has_large_tile(layout) ? 1 : 0;
    for (std::size_t i = first + 1; i < tiles.size(); ++i) {
      const Tile &before = tiles[i - 1], &tile = tiles[i];
      REQUIRE(std::pair(before.y, before.x) < std::pair(tile.y, tile.x));
      if (tile.y == before.y)
        REQUIRE(tile.x == before.x + before.width);
      else
        REQUIRE(tile.y == before.y + before.height);
    }
  });
}

TEST_CASE("a full layout leaves nothing of the canvas free") {
  const auto full = [](const std::vector<Tile>& tiles) { return area(tiles) == 1280L * 720; };
  for (std::size_t count : {1U, 4U, 16U, 25U}) CHECK(full(tiles(Layout::grid, count, {})));
  for (std::size_t count : {1U, 8U, 13U, 29U, 49U}) CHECK(full(tiles(Layout::speaker, count, {})));
  CHECK(full(tiles(Layout::presentation, 29, {})));
}

TEST_CASE("with one large tile, all sizes are halves, quarters or three quarters of what cameras send") {
  const std::set<int> cheap{1280, 960, 640, 320, 160};
  for (const Layout layout : {Layout::speaker, Layout::presentation})
    for (std::size_t count = 1; count <= capacity(layout, layout); ++count)
      for (const Tile& tile : tiles(layout, count, {})) {
        CAPTURE(count);
        REQUIRE(cheap.contains(tile.width));
        REQUIRE(tile.height * 16 == tile.width * 9);
      }
}

TEST_CASE("what is shown by default costs exact halves and quarters only, for any number of people") {
  for (std::size_t people = 1; people <= most_tiles; ++people) {
    const Layout layout = resolve(Layout::automatic, people, false, false);
    const std::size_t count = std::min(people, capacity(Layout::automatic, layout));
    for (const Tile& tile : tiles(layout, count, {})) {
      CAPTURE(people);
      REQUIRE(1280 % tile.width * (960 - tile.width) == 0);
    }
  }
}

TEST_CASE("by default there are equal tiles up to four, a large one up to thirteen, then at most sixteen equal ones") {
  const auto automatic = [](std::size_t people) { return resolve(Layout::automatic, people, false, false); };
  CHECK(automatic(1) == Layout::grid);
  CHECK(automatic(4) == Layout::grid);
  CHECK(automatic(5) == Layout::speaker);
  CHECK(automatic(13) == Layout::speaker);
  CHECK(automatic(14) == Layout::grid);
  CHECK(automatic(49) == Layout::grid);
  CHECK(capacity(Layout::automatic, Layout::grid) == 16);
  CHECK(capacity(Layout::grid, Layout::grid) == most_tiles);
}

TEST_CASE("a presentation and somebody in the spotlight have their own layouts") {
  CHECK(resolve(Layout::automatic, 3, true, false) == Layout::presentation);
  CHECK(resolve(Layout::grid, 3, true, false) == Layout::presentation);
  CHECK(resolve(Layout::automatic, 3, false, true) == Layout::speaker);
  CHECK(resolve(Layout::grid, 3, false, true) == Layout::grid);
  CHECK(resolve(Layout::spotlight, 3, true, true) == Layout::spotlight);
}

TEST_CASE("the layouts that people will see most") {
  CHECK(speaker_with_strip(5, {}) ==
        std::vector<Tile>{
            {160, 0, 960, 540}, {0, 540, 320, 180}, {320, 540, 320, 180}, {640, 540, 320, 180}, {960, 540, 320, 180}});
  CHECK(speaker_with_strip(8, {})[0] == Tile{0, 0, 960, 540});
  CHECK(speaker_with_strip(8, {})[1] == Tile{960, 0, 320, 180});
  CHECK(speaker_with_strip(8, {})[7] == Tile{960, 540, 320, 180});
  CHECK(beside_presentation(3, {}) == std::vector<Tile>{{0, 90, 960, 540}, {960, 180, 320, 180}, {960, 360, 320, 180}});
  CHECK(beside_presentation(5, {})[0] == Tile{0, 90, 960, 540});
  CHECK(beside_presentation(5, {})[1] == Tile{960, 0, 320, 180});
}

TEST_CASE("of a screen nothing is cut off") {
  CHECK(place({1280, 800}, {0, 0, 640, 360}, Fit::whole) == Placement{{0, 0, 1280, 800}, {32, 0, 576, 360}});
}
