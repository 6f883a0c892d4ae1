#include "mcu/mixer/canvas.h"

#include <libyuv.h>

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::mixer {
namespace {

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

/// Bilinear samples four neighbours, which leaves out pixels beyond a half; box averages all of them.
libyuv::FilterMode filter_for(const layout::Placement& placement) {
  const bool much_smaller =
      placement.from.width > 2 * placement.to.width || placement.from.height > 2 * placement.to.height;
  return much_smaller ? libyuv::kFilterBox : libyuv::kFilterBilinear;
}

PictureView part(const PictureView& picture, const layout::Tile& from) {
  PictureView result = picture;
  result.y += from.y * picture.y_stride + from.x;
  result.u += from.y / 2 * picture.u_stride + from.x / 2;
  result.v += from.y / 2 * picture.v_stride + from.x / 2;
  result.size = {from.width, from.height};
  return result;
}

}  // namespace

PictureView Overlay::view() const {
  return {y.data(), u.data(), v.data(), size.width, size.width / 2, size.width / 2, size};
}

Canvas::Canvas(layout::Size size)
    : size_(size),
      chroma_stride_(size.width / 2),
      y_(area(size.width, size.height)),
      u_(area(size.width / 2, size.height / 2)),
      v_(area(size.width / 2, size.height / 2)) {
  assert(size.width % 2 == 0 && size.height % 2 == 0);
  fill({0, 0, size.width, size.height}, palette::background);
}

PictureView Canvas::view() const {
  return {y_.data(), u_.data(), v_.data(), size_.width, chroma_stride_, chroma_stride_, size_};
}

Yuv Canvas::pixel(int x, int y) const {
  const auto chroma = area(chroma_stride_, y / 2) + static_cast<std::size_t>(x / 2);
  return {y_[area(size_.width, y) + static_cast<std::size_t>(x)], u_[chroma], v_[chroma]};
}

Canvas::Planes Canvas::at(int x, int y) {
  const auto chroma = area(chroma_stride_, y / 2) + static_cast<std::size_t>(x / 2);
  return {y_.data() + area(size_.width, y) + x, u_.data() + chroma, v_.data() + chroma};
}

void Canvas::fill(const layout::Tile& where, Rgb colour) {
  if (where.width <= 0 || where.height <= 0) return;
  const Yuv value = to_yuv(colour);
  libyuv::I420Rect(y_.data(), size_.width, u_.data(), chroma_stride_, v_.data(), chroma_stride_, where.x, where.y,
                   where.width, where.height, value.y, value.u, value.v);
}

void Canvas::outline(const layout::Tile& where, int thickness, Rgb colour) {
  fill({where.x, where.y, where.width, thickness}, colour);
  fill({where.x, where.y + where.height - thickness, where.width, thickness}, colour);
  fill({where.x, where.y, thickness, where.height}, colour);
  fill({where.x + where.width - thickness, where.y, thickness, where.height}, colour);
}

void Canvas::draw(const PictureView& picture, const layout::Tile& where, Rgb bars) {
  const layout::Placement placement = layout::place(picture.size, where);
  if (placement.to != where) fill(where, bars);
  const PictureView from = part(picture, placement.from);
  const Planes to = at(placement.to.x, placement.to.y);
  libyuv::I420Scale(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, from.size.width,
                    from.size.height, to.y, size_.width, to.u, chroma_stride_, to.v, chroma_stride_, placement.to.width,
                    placement.to.height, filter_for(placement));
}

void Canvas::lay_over(const Overlay& overlay, int x, int y) {
  assert(x % 2 == 0 && y % 2 == 0 && x >= 0 && y >= 0);
  const int width = std::min(overlay.size.width, size_.width - x);
  const int height = std::min(overlay.size.height, size_.height - y);
  if (overlay.empty() || width <= 0 || height <= 0) return;
  const PictureView from = overlay.view();
  const Planes to = at(x, y);
  if (overlay.alpha.empty()) {
    libyuv::I420Copy(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, to.y, size_.width, to.u,
                     chroma_stride_, to.v, chroma_stride_, width, height);
    return;
  }
  libyuv::I420Blend(from.y, from.y_stride, from.u, from.u_stride, from.v, from.v_stride, to.y, size_.width, to.u,
                    chroma_stride_, to.v, chroma_stride_, overlay.alpha.data(), overlay.size.width, to.y, size_.width,
                    to.u, chroma_stride_, to.v, chroma_stride_, width, height);
}

}  // namespace rollcall::mcu::mixer
