#include "probe/colour.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace rollcall::probe {

std::optional<Colour> parse_colour(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  unsigned value = 0;
  const auto* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + 1, last, value, 16);
  if (error != std::errc{} || end != last) return std::nullopt;
  return Colour{static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
                static_cast<std::uint8_t>(value)};
}

std::string to_text(Colour colour) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
  return text;
}

Colour colour_from_yuv(int y, int u, int v) {
  const double luma = 1.164 * (y - 16);
  const auto clip = [](double value) { return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L)); };
  return {clip(luma + 1.596 * (v - 128)), clip(luma - 0.392 * (u - 128) - 0.813 * (v - 128)),
          clip(luma + 2.017 * (u - 128))};
}

double distance(Colour one, Colour other) {
  return std::hypot(one.red - other.red, one.green - other.green, one.blue - other.blue);
}

}  // namespace rollcall::probe
