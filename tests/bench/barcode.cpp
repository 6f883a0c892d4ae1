#include "tests/bench/barcode.h"

#include <algorithm>
#include <array>

namespace rollcall::bench {
namespace {

constexpr int columns = 8;
constexpr int bits = 16;
constexpr int black = 32;
constexpr int white = 224;
constexpr int least_contrast = 60;

struct Cell {
  int left, top, right, bottom;
};

/// In a picture of 640x360 the blocks have 32 pixels and begin at 192, 96.
Cell cell(int index, const Plane& picture, double margin) {
  const double unit_x = picture.width / 640.0;
  const double unit_y = picture.height / 360.0;
  const double x = 192 + 32 * (index % columns);
  const double y = 96 + 32 * (index / columns);
  return {static_cast<int>((x + margin) * unit_x), static_cast<int>((y + margin) * unit_y),
          static_cast<int>((x + 32 - margin) * unit_x), static_cast<int>((y + 32 - margin) * unit_y)};
}

/// x^5 + x^2 + 1, begun with ones so that an all-black patch is no barcode.
unsigned check_bits(unsigned value) {
  unsigned rest = 0x1f;
  for (int bit = 10; bit >= 0; --bit) {
    const unsigned top = (rest >> 4 ^ value >> bit) & 1;
    rest = (rest << 1 & 0x1f) ^ (top != 0 ? 0x05 : 0);
  }
  return rest;
}

int mean(const Plane& picture, const Cell& cell) {
  long sum = 0;
  for (int y = cell.top; y < cell.bottom; ++y)
    for (int x = cell.left; x < cell.right; ++x)
      sum += picture.data[static_cast<std::ptrdiff_t>(y) * picture.stride + x];
  const long count = static_cast<long>(cell.bottom - cell.top) * (cell.right - cell.left);
  return count > 0 ? static_cast<int>(sum / count) : 0;
}

}  // namespace

void draw(const Barcode& barcode, const Plane& picture) {
  const unsigned value = static_cast<unsigned>(barcode.clip) << 9 | static_cast<unsigned>(barcode.frame);
  const unsigned word = value << 5 | check_bits(value);
  for (int index = 0; index < bits; ++index) {
    const Cell where = cell(index, picture, 0);
    const int shade = (word >> (bits - 1 - index) & 1) != 0 ? white : black;
    for (int y = where.top; y < where.bottom; ++y) {
      auto* row = picture.data + static_cast<std::ptrdiff_t>(y) * picture.stride;
      std::fill(row + where.left, row + where.right, static_cast<std::uint8_t>(shade));
    }
  }
}

std::optional<Barcode> read(const Plane& picture) {
  std::array<int, bits> means{};
  for (int index = 0; index < bits; ++index)
    means[static_cast<std::size_t>(index)] = mean(picture, cell(index, picture, 9));
  const auto [low, high] = std::ranges::minmax_element(means);
  if (*high - *low < least_contrast) return std::nullopt;
  const int threshold = (*high + *low) / 2;
  unsigned word = 0;
  for (const int one : means) word = word << 1 | (one > threshold ? 1U : 0U);
  if (check_bits(word >> 5) != (word & 0x1f)) return std::nullopt;
  return Barcode{static_cast<int>(word >> 14), static_cast<int>(word >> 5 & 0x1ff)};
}

}  // namespace rollcall::bench
