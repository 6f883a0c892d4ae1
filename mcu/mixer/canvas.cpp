#include "mcu/mixer/canvas.h"

#include <libyuv.h>

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::mixer {
namespace {

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

/// Narrow bars: libyuv starts a string instruction for each row, which takes longer than the row.
void fill_narrow(std::uint8_t* plane, int stride, int width, int height, std::uint8_t value) {
  for (int row = 0; row < height; ++row, plane += stride)
    for (int column = 0; column < width; ++column) plane[column] = value;
}

constexpr int narrow = 16;

constexpr int multiple_of_four(int value) {
  return (value + 3) & ~3;
}

}  // namespace

PictureView part(const PictureView& picture, const layout::Tile& from) {
  PictureView result = picture;
  result.y += from.y * picture.y_stride + from.x;
  result.u += from.y / 2 * picture.u_stride + from.x / 2;
  result.v += from.y / 2 * picture.v_stride + from.x / 2;
  result.size = {from.width, from.height};
  return result;
}

PictureView Overlay::view() const {
  return {y.data(), u.data(), v.data(), size.width, size.width / 2, size.width / 2, size};
}

Canvas::Canvas(layout::Size size)
    : size_(size),
      y_stride_(multiple_of_four(size.width)),
      chroma_stride_(multiple_of_four(size.width / 2)),
      u_at_(area(y_stride_, size.height)),
      v_at_(u_at_ + area(chroma_stride_, size.height / 2)),
      bytes_(v_at_ + area(chroma_stride_, size.height / 2)) {
  assert(size.width % 2 == 0 && size.height % 2 == 0);
  fill({0, 0, size.width, size.height}, palette::background);
}

PictureView Canvas::view() const {
  const std::uint8_t* begin = bytes_.data();
  return {begin, begin + u_at_, begin + v_at_, y_stride_, chroma_stride_, chroma_stride_, size_};
}

Yuv Canvas::pixel(int x, int y) const {
  const auto chroma = area(chroma_stride_, y / 2) + static_cast<std::size_t>(x / 2);
  return {bytes_[area(y_stride_, y) + static_cast<std::size_t>(x)], bytes_[u_at_ + chroma], bytes_[v_at_ + chroma]};
}

Canvas::Planes Canvas::at(int x, int y) {
  const auto chroma = area(chroma_stride_, y / 2) + static_cast<std::size_t>(x / 2);
  return {bytes_.data() + area(y_stride_, y) + x, bytes_.data() + u_at_ + chroma, bytes_.data() + v_at_ + chroma};
}

void Canvas::fill(const layout::Tile& where, Rgb colour) {
  if (where.width <= 0 || where.height <= 0) return;
  const Yuv value = to_yuv(colour);
  if (where.width < narrow) {
    const Planes bar = at(where.x, where.y);
    fill_narrow(bar.y, y_stride_, where.width, where.height, value.y);
    fill_narrow(bar.u, chroma_stride_, where.width / 2, where.height / 2, value.u);
    fill_narrow(bar.v, chroma_stride_, where.width / 2, where.height / 2, value.v);
    return;
  }
  const Planes whole = at(0, 0);
  libyuv::I420Rect(whole.y, y_stride_, whole.u, chroma_stride_, whole.v, chroma_stride_, where.x, where.y, where.width,
                   where.height, value.y, value.u, value.v);
}

void Canvas::outline(const layout::Tile& where, int thickness, Rgb colour) {
  fill({where.x, where.y, where.width, thickness}, colour);
  fill({where.x, where.y + where.height - thickness, where.width, thickness}, colour);
  fill({where.x, where.y, thickness, where.height}, colour);
  fill({where.x + where.width - thickness, where.y, thickness, where.height}, colour);
}

void Canvas::draw(const PictureView& picture, const layout::Tile& where, Rgb bars, layout::Fit fit) {
  const layout::Placement placement = layout::place(picture.size, where, fit);
  if (placement.to != where) fill(where, bars);
  const PictureView from = part(picture, placement.from);
  const Planes to = at(placement.to.x, placement.to.y);
  // Box averages all pixels where it shrinks to less than a half; above that libyuv makes it bilinear by itself.
  libyuv::I420Scale(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, from.size.width,
                    from.size.height, to.y, y_stride_, to.u, chroma_stride_, to.v, chroma_stride_, placement.to.width,
                    placement.to.height, libyuv::kFilterBox);
}

void Canvas::lay_over(const Overlay& overlay, int x, int y) {
  assert(x % 2 == 0 && y % 2 == 0 && x >= 0 && y >= 0);
  const int width = std::min(overlay.size.width, size_.width - x);
  const int height = std::min(overlay.size.height, size_.height - y);
  if (overlay.empty() || width <= 0 || height <= 0) return;
  const PictureView from = overlay.view();
  const Planes to = at(x, y);
  if (overlay.alpha.empty()) {
    libyuv::I420Copy(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, to.y, y_stride_, to.u,
                     chroma_stride_, to.v, chroma_stride_, width, height);
    return;
  }
  libyuv::I420Blend(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, to.y, y_stride_, to.u,
                    chroma_stride_, to.v, chroma_stride_, overlay.alpha.data(), overlay.size.width, to.y, y_stride_,
                    to.u, chroma_stride_, to.v, chroma_stride_, width, height);
}

void Canvas::copy(const Canvas& other, const layout::Tile& where) {
  assert(other.size_ == size_);
  const PictureView from = part(other.view(), where);
  const Planes to = at(where.x, where.y);
  libyuv::I420Copy(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, to.y, y_stride_, to.u,
                   chroma_stride_, to.v, chroma_stride_, where.width, where.height);
}

}  // namespace rollcall::mcu::mixer
