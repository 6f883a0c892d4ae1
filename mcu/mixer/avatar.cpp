#include "mcu/mixer/avatar.h"

#include <cairo.h>
#include <libyuv.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace rollcall::mcu::mixer {
namespace {

struct Free {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

bool acceptable(long width, long height) {
  return width >= 1 && height >= 1 && width <= Avatar::most_pixels && height <= Avatar::most_pixels;
}

/// Cairo's pixels to the avatar's: the square in the middle, made small.
std::shared_ptr<const Avatar> square_of(const std::uint8_t* pixels, int stride, int width, int height) {
  const int side = std::min(width, height);
  const int left = (width - side) / 2;
  const int top = (height - side) / 2;
  auto avatar = std::make_shared<Avatar>();
  avatar->pixels.resize(area(Avatar::side, Avatar::side) * 4);
  libyuv::ARGBScale(pixels + static_cast<std::ptrdiff_t>(top) * stride + left * 4, stride, side, side,
                    avatar->pixels.data(), Avatar::side * 4, Avatar::side, Avatar::side, libyuv::kFilterBox);
  return avatar;
}

/// The part of the PNG that Cairo has not read yet.
struct Source {
  std::span<const std::uint8_t> rest;
  static cairo_status_t read(void* self, unsigned char* to, unsigned int length) {
    auto& rest = static_cast<Source*>(self)->rest;
    if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, rest.data(), length);
    rest = rest.subspan(length);
    return CAIRO_STATUS_SUCCESS;
  }
};

std::shared_ptr<const Avatar> decode_png(std::span<const std::uint8_t> encoded) {
  constexpr std::size_t size_at = 16;  // signature 8, length 4, "IHDR" 4
  if (encoded.size() < size_at + 8 || std::memcmp(encoded.data() + 12, "IHDR", 4) != 0) return nullptr;
  const auto number = [&](std::size_t at) {
    return static_cast<long>(encoded[at]) << 24 | encoded[at + 1] << 16 | encoded[at + 2] << 8 | encoded[at + 3];
  };
  if (!acceptable(number(size_at), number(size_at + 4))) return nullptr;
  Source source{encoded};
  const Surface png(cairo_image_surface_create_from_png_stream(&Source::read, &source));
  if (cairo_surface_status(png.get()) != CAIRO_STATUS_SUCCESS) return nullptr;
  // Whatever it was (grey, 16 bits, with or without alpha), now it is ARGB32.
  const int width = cairo_image_surface_get_width(png.get());
  const int height = cairo_image_surface_get_height(png.get());
  const Surface argb(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
  cairo_t* context = cairo_create(argb.get());
  cairo_set_source_surface(context, png.get(), 0, 0);
  cairo_paint(context);
  const bool painted = cairo_status(context) == CAIRO_STATUS_SUCCESS;
  cairo_destroy(context);
  if (!painted) return nullptr;
  cairo_surface_flush(argb.get());
  return square_of(cairo_image_surface_get_data(argb.get()), cairo_image_surface_get_stride(argb.get()), width, height);
}

std::shared_ptr<const Avatar> decode_jpeg(std::span<const std::uint8_t> encoded) {
  int width = 0, height = 0;
  if (libyuv::MJPGSize(encoded.data(), encoded.size(), &width, &height) != 0 || !acceptable(width, height))
    return nullptr;
  const int half = (width + 1) / 2;
  const std::size_t luma = area(width, height), chroma = area(half, (height + 1) / 2);
  std::vector<std::uint8_t> yuv(luma + 2 * chroma);
  std::uint8_t *y = yuv.data(), *u = y + luma, *v = u + chroma;
  if (libyuv::MJPGToI420(encoded.data(), encoded.size(), y, width, u, half, v, half, width, height, width, height) != 0)
    return nullptr;
  std::vector<std::uint8_t> argb(luma * 4);
  libyuv::J420ToARGB(y, width, u, half, v, half, argb.data(), width * 4, width, height);  // JPEG has the full range
  return square_of(argb.data(), width * 4, width, height);
}

}  // namespace

std::shared_ptr<const Avatar> decode_avatar(std::span<const std::uint8_t> encoded) {
  static constexpr std::array<std::uint8_t, 8> png{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  static constexpr std::array<std::uint8_t, 3> jpeg{0xff, 0xd8, 0xff};
  if (encoded.size() > Avatar::most_bytes) return nullptr;
  if (encoded.size() > png.size() && std::equal(png.begin(), png.end(), encoded.begin())) return decode_png(encoded);
  if (encoded.size() > jpeg.size() && std::equal(jpeg.begin(), jpeg.end(), encoded.begin()))
    return decode_jpeg(encoded);
  return nullptr;
}

}  // namespace rollcall::mcu::mixer
