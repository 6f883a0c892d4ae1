#pragma once

#include <cstdint>
#include <span>
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

/// A picture to be drawn on, I420, in one piece of memory laid out as GStreamer expects it. One thread at a time.
class Canvas {
 public:
  explicit Canvas(layout::Size size);

  [[nodiscard]] layout::Size size() const { return size_; }
  [[nodiscard]] PictureView view() const;
  [[nodiscard]] std::span<std::uint8_t> bytes() { return bytes_; }
  [[nodiscard]] Yuv pixel(int x, int y) const;

  void fill(const layout::Tile& where, Rgb colour);
  /// Four bars of `thickness` along the inner edge.
  void outline(const layout::Tile& where, int thickness, Rgb colour);
  /// Scaled; cut or with bars of `bars` as layout::place() says. A face or a screen, never a pixel outside `where`.
  void draw(const PictureView& picture, const layout::Tile& where, Rgb bars, layout::Fit fit = layout::Fit::fill);
  /// `x`, `y` even. What does not fit on the canvas is cut off.
  void lay_over(const Overlay& overlay, int x, int y);
  /// The same part of another canvas of the same size.
  void copy(const Canvas& other, const layout::Tile& where);

 private:
  struct Planes {
    std::uint8_t* y;
    std::uint8_t* u;
    std::uint8_t* v;
  };
  [[nodiscard]] Planes at(int x, int y);

  layout::Size size_;
  int y_stride_;
  int chroma_stride_;
  std::size_t u_at_;
  std::size_t v_at_;
  std::vector<std::uint8_t> bytes_;
};

/// A part of a picture, without copying. `from` even.
[[nodiscard]] PictureView part(const PictureView& picture, const layout::Tile& from);

}  // namespace rollcall::mcu::mixer
