#pragma once

#include <cstdint>

namespace rollcall::mcu::mixer {

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Rgb&) const = default;
};

/// One pixel of video: BT.601, limited range, which is what every WebRTC codec assumes without further notice.
struct Yuv {
  std::uint8_t y = 16;
  std::uint8_t u = 128;
  std::uint8_t v = 128;
  bool operator==(const Yuv&) const = default;
};

[[nodiscard]] constexpr Yuv to_yuv(Rgb colour) {
  const int r = colour.red, g = colour.green, b = colour.blue;
  return {static_cast<std::uint8_t>(16 + ((66 * r + 129 * g + 25 * b + 128) >> 8)),
          static_cast<std::uint8_t>(128 + ((-38 * r - 74 * g + 112 * b + 128) >> 8)),
          static_cast<std::uint8_t>(128 + ((112 * r - 94 * g - 18 * b + 128) >> 8))};
}

/// The picture's own colours.
namespace palette {
inline constexpr Rgb background{0x14, 0x17, 0x1c};
inline constexpr Rgb card{0x22, 0x27, 0x2f};
inline constexpr Rgb text{0xf2, 0xf4, 0xf7};
inline constexpr Rgb quiet_text{0xa3, 0xac, 0xb8};
inline constexpr Rgb muted{0xf0, 0x5d, 0x5e};
inline constexpr Rgb warning{0xf2, 0xb5, 0x44};
inline constexpr Rgb recording{0xf0, 0x3e, 0x3e};
inline constexpr Rgb speaking{0x3f, 0xc3, 0x80};
}  // namespace palette

}  // namespace rollcall::mcu::mixer
