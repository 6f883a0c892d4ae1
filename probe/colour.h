// Colours of test pictures: `#c03030` on the command line, I420 samples in the picture.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::probe {

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Colour&) const = default;
};

/// `#rrggbb`; nothing else.
[[nodiscard]] std::optional<Colour> parse_colour(std::string_view text);
[[nodiscard]] std::string to_text(Colour colour);

/// ITU-R BT.601, limited range, whatever the size: VP8 knows no other (RFC 6386, section 9.2), and a mixer that only
/// copies samples keeps it.
[[nodiscard]] Colour colour_from_yuv(int y, int u, int v);

/// Euclidean, 0…441.
[[nodiscard]] double distance(Colour one, Colour other);

}  // namespace rollcall::probe
