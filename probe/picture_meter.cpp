#include "probe/picture_meter.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace rollcall::probe {
namespace {

constexpr int cell = 8;
/// VP8 at a low rate and scaling shift a flat colour by some 10; the test colours lie more than 100 apart.
constexpr double tolerance = 60;
/// A tile of a 7×7 grid is 2 % of the picture.
constexpr double smallest_share = 0.003;
/// Mean luma of a cell; noise of the encoder stays below 3.
constexpr int movement = 10;
/// A measurement stands for the time since the one before, but never for a gap in the stream.
constexpr Milliseconds longest_step{1000};

int mean(const std::uint8_t* plane, int stride, int x, int y, int size) {
  int sum = 0;
  for (int row = y; row < y + size; ++row) {
    for (int column = x; column < x + size; ++column) sum += plane[row * stride + column];
  }
  return sum / (size * size);
}

}  // namespace

PictureMeter::PictureMeter(const std::vector<Colour>& expected) {
  for (const auto& colour : expected) tiles_.push_back({.colour = colour});
}

void PictureMeter::measure(const PictureView& picture, Milliseconds now) {
  auto grid = sample(picture);
  const bool comparable = previous_.columns == grid.columns && previous_.rows == grid.rows;
  const auto step = last_measured_ ? std::min(now - *last_measured_, longest_step) : Milliseconds{0};
  for (std::size_t index = 0; index < tiles_.size(); ++index) {
    auto& tile = tiles_[index];
    tile.area = largest_area(grid, static_cast<int>(index));
    if (!tile.area) continue;
    if (tile.first_seen) tile.seen += step;
    if (!tile.first_seen) tile.first_seen = now;
    if (comparable && moved(grid, *tile.area)) tile.last_movement = now;
  }
  previous_ = std::move(grid);
  last_measured_ = now;
  ++measured_;
}

PictureMeter::Grid PictureMeter::sample(const PictureView& picture) const {
  Grid grid{.columns = picture.width / cell, .rows = picture.height / cell, .luma = {}, .colour = {}};
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const int x = column * cell;
      const int y = row * cell;
      const int luma = mean(picture.planes[0], picture.strides[0], x, y, cell);
      const int u = mean(picture.planes[1], picture.strides[1], x / 2, y / 2, cell / 2);
      const int v = mean(picture.planes[2], picture.strides[2], x / 2, y / 2, cell / 2);
      grid.luma.push_back(luma);
      grid.colour.push_back(nearest(colour_from_yuv(luma, u, v)));
    }
  }
  return grid;
}

int PictureMeter::nearest(Colour colour) const {
  int best = -1;
  double least = tolerance;
  for (std::size_t index = 0; index < tiles_.size(); ++index) {
    const double apart = distance(colour, tiles_[index].colour);
    if (apart > least) continue;
    least = apart;
    best = static_cast<int>(index);
  }
  return best;
}

std::optional<Area> PictureMeter::largest_area(const Grid& grid, int colour) const {
  std::vector<char> visited(grid.colour.size());
  std::optional<Area> largest;
  for (std::size_t start = 0; start < grid.colour.size(); ++start) {
    if (visited[start] || grid.colour[start] != colour) continue;
    std::vector<int> open{static_cast<int>(start)};
    visited[start] = 1;
    int count = 0;
    int left = grid.columns, right = 0, top = grid.rows, bottom = 0;
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      ++count;
      const int column = at % grid.columns;
      const int row = at / grid.columns;
      left = std::min(left, column), right = std::max(right, column);
      top = std::min(top, row), bottom = std::max(bottom, row);
      for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        if (column + dx < 0 || column + dx >= grid.columns || row + dy < 0 || row + dy >= grid.rows) continue;
        const auto next = static_cast<std::size_t>(at + dx + dy * grid.columns);
        if (visited[next] || grid.colour[next] != colour) continue;
        visited[next] = 1;
        open.push_back(static_cast<int>(next));
      }
    }
    const double share = static_cast<double>(count) / static_cast<double>(grid.colour.size());
    if (share < smallest_share || (largest && share <= largest->share)) continue;
    largest = Area{left * cell, top * cell, (right - left + 1) * cell, (bottom - top + 1) * cell, share};
  }
  return largest;
}

bool PictureMeter::moved(const Grid& grid, const Area& area) const {
  for (int row = area.y / cell; row < (area.y + area.height) / cell; ++row) {
    for (int column = area.x / cell; column < (area.x + area.width) / cell; ++column) {
      const auto at = static_cast<std::size_t>(row * grid.columns + column);
      if (std::abs(grid.luma[at] - previous_.luma[at]) >= movement) return true;
    }
  }
  return false;
}

}  // namespace rollcall::probe
