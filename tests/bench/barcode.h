// A number in a picture that survives scaling and encoding: sixteen black and white blocks. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

namespace rollcall::bench {

/// Which clip a picture comes from and which one of it.
struct Barcode {
  int clip = 0;   ///< 0…3
  int frame = 0;  ///< 0…511
  bool operator==(const Barcode&) const = default;
};

/// A rectangle of a brightness plane. Borrowed.
struct Plane {
  std::uint8_t* data = nullptr;
  int stride = 0;
  int width = 0;
  int height = 0;

  [[nodiscard]] Plane part(int x, int y, int part_width, int part_height) const {
    return {data + static_cast<std::ptrdiff_t>(y) * stride + x, stride, part_width, part_height};
  }
};

/// Draws it above the middle, relative to the picture's size, where no name and no mark is burned in.
void draw(const Barcode& barcode, const Plane& picture);
/// None where there is no barcode, or one that its check bits deny.
[[nodiscard]] std::optional<Barcode> read(const Plane& picture);

}  // namespace rollcall::bench
