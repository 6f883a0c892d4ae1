#include "mcu/layout/layouts.h"

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::layout {
namespace {

constexpr std::size_t most_in_automatic_grid = 16;
constexpr std::size_t most_beside_presentation = 29;

constexpr int even(int value) {
  return value & ~1;
}

/// A square grid of `cells` each way, `large` of which each way are one tile.
struct Cut {
  int cells;
  int large;
  [[nodiscard]] int side() const { return cells - large; }
  [[nodiscard]] int capacity() const { return cells * cells - large * large + 1; }
};

/// The large tile as large as the number of the others allows.
Cut cut_for(int count) {
  static constexpr Cut cuts[] = {{4, 3}, {4, 2}, {8, 6}, {8, 4}};
  return *std::find_if(std::begin(cuts), std::end(cuts) - 1, [&](const Cut& cut) { return cut.capacity() >= count; });
}

/// Puts tiles of one cell into rows of a block, starting at cell coordinates; the whole block is moved at the end.
class Block {
 public:
  Block(int cells, Size canvas) : cell_{even(canvas.width / cells), even(canvas.height / cells)}, canvas_(canvas) {}

  /// `x` in half cells, so that rows can be centred.
  void put(int half_x, int y, int cells_each_way = 1) {
    tiles_.push_back({even(half_x * cell_.width / 2), y * cell_.height, cells_each_way * cell_.width,
                      cells_each_way * cell_.height});
  }
  /// `count` in rows of at most `columns`, each row in the middle of `columns` cells from `left`.
  void rows(int count, int left, int top, int columns) {
    for (int i = 0; i < count; ++i) {
      const int row = i / columns;
      const int in_this_row = std::min(columns, count - row * columns);
      put(2 * (left + i % columns) + columns - in_this_row, top + row);
    }
  }
  /// In the middle of the canvas.
  [[nodiscard]] std::vector<Tile> centred() && {
    Tile bounds = tiles_.front();
    int right = 0, bottom = 0;
    for (const Tile& tile : tiles_) {
      bounds.x = std::min(bounds.x, tile.x);
      bounds.y = std::min(bounds.y, tile.y);
      right = std::max(right, tile.x + tile.width);
      bottom = std::max(bottom, tile.y + tile.height);
    }
    const int move_x = even((canvas_.width - (right - bounds.x)) / 2) - bounds.x;
    const int move_y = even((canvas_.height - (bottom - bounds.y)) / 2) - bounds.y;
    for (Tile& tile : tiles_) {
      tile.x += move_x;
      tile.y += move_y;
    }
    return std::move(tiles_);
  }

 private:
  Size cell_;
  Size canvas_;
  std::vector<Tile> tiles_;
};

/// The others right of the large tile first, the rest below both.
std::vector<Tile> round_the_corner(Cut cut, int others, Size canvas) {
  Block block(cut.cells, canvas);
  block.put(0, 0, cut.large);
  const int beside = std::min(others, cut.side() * cut.large);
  block.rows(beside, cut.large, 0, cut.side());
  block.rows(others - beside, 0, cut.large, cut.cells);
  return std::move(block).centred();
}

std::vector<Tile> below(Cut cut, int others, Size canvas) {
  Block block(cut.cells, canvas);
  block.put(cut.side(), 0, cut.large);
  block.rows(others, 0, cut.large, cut.cells);
  return std::move(block).centred();
}

/// Columns as high as the canvas; the large tile in the middle of their height.
std::vector<Tile> in_columns(Cut cut, int others, Size canvas) {
  const int columns = cut.side();
  Block block(cut.cells, canvas);
  block.put(0, 0, cut.large);
  block.rows(others, cut.large, 0, columns);
  std::vector<Tile> tiles = std::move(block).centred();
  const int people_height = tiles.back().y + tiles.back().height - tiles[others > 0 ? 1 : 0].y;
  const int difference = even((people_height - tiles.front().height) / 2);
  if (difference > 0)
    tiles.front().y += difference;
  else
    for (std::size_t i = 1; i < tiles.size(); ++i) tiles[i].y -= difference;
  return tiles;
}

}  // namespace

Layout resolve(Layout wanted, std::size_t people, bool presenting, bool spotlighted) {
  if (presenting && wanted != Layout::spotlight) return Layout::presentation;
  if (wanted != Layout::automatic) return wanted;
  if (spotlighted) return Layout::speaker;
  return people < 5 || people > 13 ? Layout::grid : Layout::speaker;
}

std::size_t capacity(Layout chosen, Layout resolved) {
  switch (resolved) {
    case Layout::automatic:
      assert(!"a resolved layout is not automatic");
      return 1;
    case Layout::grid:
      return chosen == Layout::automatic ? most_in_automatic_grid : most_tiles;
    case Layout::speaker:
      return most_tiles;
    case Layout::spotlight:
      return 1;
    case Layout::presentation:
      return most_beside_presentation;
  }
  return 1;
}

std::vector<Tile> speaker_with_strip(std::size_t count, Size canvas) {
  assert(count >= 1 && count <= most_tiles);
  if (count == 1) return equal_grid(1, canvas);
  const Cut cut = cut_for(static_cast<int>(count));
  const int others = static_cast<int>(count) - 1;
  return others <= cut.side() * cut.cells ? below(cut, others, canvas) : round_the_corner(cut, others, canvas);
}

std::vector<Tile> beside_presentation(std::size_t count, Size canvas) {
  assert(count >= 1 && count <= most_beside_presentation);
  if (count == 1) return equal_grid(1, canvas);
  const int others = static_cast<int>(count) - 1;
  if (others <= 4) return in_columns({4, 3}, others, canvas);
  if (others <= 7) return round_the_corner({4, 3}, others, canvas);
  return others <= 16 ? in_columns({8, 6}, others, canvas) : round_the_corner({8, 6}, others, canvas);
}

std::vector<Tile> tiles(Layout resolved, std::size_t count, Size canvas) {
  if (count == 0) return {};
  switch (resolved) {
    case Layout::automatic:
      assert(!"a resolved layout is not automatic");
      return {};
    case Layout::grid:
      return equal_grid(count, canvas);
    case Layout::speaker:
      return speaker_with_strip(count, canvas);
    case Layout::spotlight:
      return equal_grid(1, canvas);
    case Layout::presentation:
      return beside_presentation(count, canvas);
  }
  return {};
}

}  // namespace rollcall::mcu::layout
