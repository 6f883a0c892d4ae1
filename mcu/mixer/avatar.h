#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace rollcall::mcu::mixer {

/// Somebody's picture of himself, square. Immutable, shared by all cards on which it stands.
struct Avatar {
  static constexpr int side = 256;
  static constexpr std::size_t most_bytes = 512 * 1024;  ///< of the encoded picture
  static constexpr int most_pixels = 2048;               ///< each way, before it is made small
  std::vector<std::uint8_t> pixels;                      ///< side × side, four bytes each, as Cairo has them
};

/// PNG or JPEG, told by its first bytes; cut to a square and made small. None for anything else, for what is larger
/// than the limits (looked at before a pixel is decoded) and for what is broken. Any thread; some milliseconds.
[[nodiscard]] std::shared_ptr<const Avatar> decode_avatar(std::span<const std::uint8_t> encoded);

}  // namespace rollcall::mcu::mixer
