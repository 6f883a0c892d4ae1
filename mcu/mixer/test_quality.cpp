// How near our fast scaling comes to the ideal one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "mcu/layout/layouts.h"
#include "mcu/mixer/canvas.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

/// One plane of brightness.
struct Plane {
  explicit Plane(layout::Size size) : size(size), values(static_cast<std::size_t>(size.width * size.height)) {}
  double& at(int x, int y) { return values[static_cast<std::size_t>(y * size.width + x)]; }
  [[nodiscard]] double at(int x, int y) const { return values[static_cast<std::size_t>(y * size.width + x)]; }
  layout::Size size;
  std::vector<double> values;
};

/// Like a photograph in what matters to scaling: details of every size, the finer the fainter, and some hard edges.
Plane photograph(layout::Size size) {
  Plane plane(size);
  std::mt19937 random(7);
  std::uniform_real_distribution<double> any(0, 1);
  std::fill(plane.values.begin(), plane.values.end(), 125.0);
  for (int wave = 0; wave < 40; ++wave) {
    const double frequency = 0.004 * std::pow(100.0, any(random));  // up to 0.4 waves a pixel
    const double angle = any(random) * 2 * std::numbers::pi, phase = any(random) * 2 * std::numbers::pi;
    const double fx = frequency * std::cos(angle), fy = frequency * std::sin(angle);
    const double height = 0.12 / frequency;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        plane.at(x, y) += std::min(height, 12.0) * std::sin(2 * std::numbers::pi * (fx * x + fy * y) + phase);
  }
  for (int y = size.height / 4; y < size.height / 2; ++y)
    for (int x = size.width / 3; x < size.width / 2; ++x) plane.at(x, y) += 50;
  for (double& value : plane.values) value = std::clamp(std::round(value), 16.0, 235.0);
  return plane;
}

double lanczos(double x) {
  if (std::abs(x) < 1e-9) return 1;
  if (std::abs(x) >= 3) return 0;
  const double turn = std::numbers::pi * x;
  return 3 * std::sin(turn) * std::sin(turn / 3) / (turn * turn);
}

/// One way of the ideal scaling: every pixel of the source with its full weight.
std::vector<double> resampled(const std::vector<double>& line, int length) {
  const double ratio = static_cast<double>(line.size()) / length;
  const double wide = std::max(1.0, ratio);
  std::vector<double> result(static_cast<std::size_t>(length));
  for (int i = 0; i < length; ++i) {
    const double centre = (i + 0.5) * ratio - 0.5;
    double sum = 0, weights = 0;
    for (int j = static_cast<int>(centre - 3 * wide); j <= static_cast<int>(centre + 3 * wide) + 1; ++j) {
      const double weight = lanczos((j - centre) / wide);
      sum += weight * line[static_cast<std::size_t>(std::clamp(j, 0, static_cast<int>(line.size()) - 1))];
      weights += weight;
    }
    result[static_cast<std::size_t>(i)] = sum / weights;
  }
  return result;
}

Plane ideal(const Plane& source, layout::Size size) {
  Plane across({size.width, source.size.height});
  for (int y = 0; y < source.size.height; ++y) {
    const auto begin = source.values.begin() + y * source.size.width;
    const auto line = resampled({begin, begin + source.size.width}, size.width);
    for (int x = 0; x < size.width; ++x) across.at(x, y) = line[static_cast<std::size_t>(x)];
  }
  Plane result(size);
  for (int x = 0; x < size.width; ++x) {
    std::vector<double> column;
    for (int y = 0; y < across.size.height; ++y) column.push_back(across.at(x, y));
    const auto line = resampled(column, size.height);
    for (int y = 0; y < size.height; ++y) result.at(x, y) = line[static_cast<std::size_t>(y)];
  }
  return result;
}

/// Mean square error of what the canvas makes of it, against the ideal; edges left out.
double error_of(const Plane& source, layout::Size size) {
  const layout::Size source_size = source.size;
  std::vector<std::uint8_t> y(source.values.begin(), source.values.end());
  const std::vector<std::uint8_t> grey(y.size(), 128);
  Canvas canvas({1280, 720});
  canvas.draw({y.data(), grey.data(), grey.data(), source_size.width, source_size.width / 2, source_size.width / 2,
               source_size},
              {0, 0, size.width, size.height}, {});
  const Plane wanted = ideal(source, size);
  double sum = 0;
  int count = 0;
  for (int row = 4; row < size.height - 4; ++row)
    for (int x = 4; x < size.width - 4; ++x, ++count) {
      const double difference = canvas.pixel(x, row).y - wanted.at(x, row);
      sum += difference * difference;
    }
  return sum / count;
}

double decibel(double error) {
  return 10 * std::log10(255.0 * 255.0 / error);
}

}  // namespace

TEST_CASE("what scaling costs in quality is less than half a decibel of what the encoder leaves") {
  const double encoder = 255.0 * 255.0 / std::pow(10, 3.1);  // 31 dB, what 720p at 1.5 Mbit/s has
  const Plane source = photograph({640, 360});
  for (const layout::Size tile : {layout::Size{1280, 720},
                                  {960, 540},
                                  {640, 360},
                                  {426, 240},
                                  {320, 180},
                                  {256, 144},
                                  {212, 120},
                                  {182, 102},
                                  {160, 90}}) {
    CAPTURE(tile.width);
    const double ours = error_of(source, tile);
    CHECK(decibel(encoder) - decibel(encoder + ours) < 0.5);
  }
}
