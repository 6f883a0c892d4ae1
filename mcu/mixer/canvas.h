#pragma once

#include <cstdint>
#include <vector>

#include "mcu/layout/layout.h"
#include "mcu/mixer/colour.h"

namespace rollcall::mcu::mixer {

/// Somebody else's I420 picture, borrowed.
struct PictureView {
  const std::uint8_t* y = nullptr;
  const std::uint8_t* u = nullptr;
  const std::uint8_t* v = nullptr;
  int y_stride = 0;
  int u_stride = 0;
  int v_stride = 0;
  layout::Size size = {0, 0};
};

/// A small prepared I420 picture of even size, to be laid over the canvas: a name, a card. Immutable once made.
struct Overlay {
  layout::Size size = {0, 0};
  std::vector<std::uint8_t> y = {}, u = {}, v = {};
  std::vector<std::uint8_t> alpha = {};  ///< one byte per pixel; empty: nothing shines through
  [[nodiscard]] bool empty() const { return y.empty(); }
  [[nodiscard]] PictureView view() const;
};

/// The mixed picture, I420, kept from tick to tick so that only what changed is drawn again. One thread at a time.
class Canvas {
 public:
  explicit Canvas(layout::Size size);

  [[nodiscard]] layout::Size size() const { return size_; }
  [[nodiscard]] PictureView view() const;
  [[nodiscard]] Yuv pixel(int x, int y) const;

  void fill(const layout::Tile& where, Rgb colour);
  /// Four bars of `thickness` along the inner edge.
  void outline(const layout::Tile& where, int thickness, Rgb colour);
  /// Scaled; cut or with bars of `bars` as layout::place() says.
  void draw(const PictureView& picture, const layout::Tile& where, Rgb bars);
  /// `x`, `y` even. What does not fit on the canvas is cut off.
  void lay_over(const Overlay& overlay, int x, int y);

 private:
  struct Planes {
    std::uint8_t* y;
    std::uint8_t* u;
    std::uint8_t* v;
  };
  [[nodiscard]] Planes at(int x, int y);

  layout::Size size_;
  int chroma_stride_;
  std::vector<std::uint8_t> y_, u_, v_;
};

}  // namespace rollcall::mcu::mixer
