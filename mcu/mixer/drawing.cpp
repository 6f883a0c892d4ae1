#include "mcu/mixer/drawing.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace rollcall::mcu::mixer {
namespace {

constexpr double turn = 2 * std::numbers::pi;

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

Overlay to_overlay(const std::uint8_t* pixels, int stride, layout::Size size) {
  Overlay overlay{size, std::vector<std::uint8_t>(area(size.width, size.height)),
                  std::vector<std::uint8_t>(area(size.width / 2, size.height / 2)),
                  std::vector<std::uint8_t>(area(size.width / 2, size.height / 2))};
  libyuv::ARGBToI420(pixels, stride, overlay.y.data(), size.width, overlay.u.data(), size.width / 2, overlay.v.data(),
                     size.width / 2, size.width, size.height);
  return overlay;
}

}  // namespace

Drawing::Drawing(layout::Size size)
    : size_(size),
      surface_(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height)),
      context_(cairo_create(surface_.get())) {}

void Drawing::set_colour(Rgb colour, double opacity) {
  cairo_set_source_rgba(context_.get(), colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, opacity);
}

void Drawing::fill_all() {
  cairo_paint(context_.get());
}

void Drawing::rounded_path(double x, double y, double width, double height, double radius) {
  cairo_t* context = context_.get();
  cairo_new_sub_path(context);
  cairo_arc(context, x + width - radius, y + radius, radius, -turn / 4, 0);
  cairo_arc(context, x + width - radius, y + height - radius, radius, 0, turn / 4);
  cairo_arc(context, x + radius, y + height - radius, radius, turn / 4, turn / 2);
  cairo_arc(context, x + radius, y + radius, radius, turn / 2, 3 * turn / 4);
  cairo_close_path(context);
}

void Drawing::fill_rounded(double x, double y, double width, double height, double radius) {
  rounded_path(x, y, width, height, radius);
  cairo_fill(context_.get());
}

void Drawing::picture_in_disc(const std::vector<std::uint8_t>& pixels, int side, double x, double y, double radius) {
  // Cairo only reads from it; its interface has no word for that.
  cairo_surface_t* picture = cairo_image_surface_create_for_data(const_cast<std::uint8_t*>(pixels.data()),
                                                                 CAIRO_FORMAT_ARGB32, side, side, side * 4);
  cairo_t* context = context_.get();
  cairo_save(context);
  cairo_arc(context, x, y, radius, 0, turn);
  cairo_clip(context);
  cairo_translate(context, x - radius, y - radius);
  cairo_scale(context, 2 * radius / side, 2 * radius / side);
  cairo_set_source_surface(context, picture, 0, 0);
  cairo_paint(context);
  cairo_restore(context);
  cairo_surface_destroy(picture);
}

void Drawing::tile_edge(double x, double y, layout::Size tile, int margin, double radius, int ring) {
  cairo_t* context = context_.get();
  const double width = tile.width - 2 * margin, height = tile.height - 2 * margin;
  x += margin;
  y += margin;
  cairo_set_fill_rule(context, CAIRO_FILL_RULE_EVEN_ODD);
  if (ring > 0) {
    set_colour(palette::speaking);
    rounded_path(x, y, width, height, radius);
    rounded_path(x + ring, y + ring, width - 2 * ring, height - 2 * ring, std::max(1.0, radius - ring));
    cairo_fill(context);
  }
  set_colour(palette::background);
  cairo_rectangle(context, 0, 0, size_.width, size_.height);
  rounded_path(x, y, width, height, radius);
  cairo_fill(context);
}

void Drawing::fill_disc(double x, double y, double radius) {
  cairo_arc(context_.get(), x, y, radius, 0, turn);
  cairo_fill(context_.get());
}

void Drawing::stroke_line(double x1, double y1, double x2, double y2, double width) {
  cairo_set_line_width(context_.get(), width);
  cairo_set_line_cap(context_.get(), CAIRO_LINE_CAP_ROUND);
  cairo_move_to(context_.get(), x1, y1);
  cairo_line_to(context_.get(), x2, y2);
  cairo_stroke(context_.get());
}

Overlay Drawing::opaque() const {
  cairo_surface_flush(surface_.get());
  return to_overlay(cairo_image_surface_get_data(surface_.get()), cairo_image_surface_get_stride(surface_.get()),
                    size_);
}

Overlay Drawing::translucent() const {
  cairo_surface_flush(surface_.get());
  const std::uint8_t* pixels = cairo_image_surface_get_data(surface_.get());
  const int stride = cairo_image_surface_get_stride(surface_.get());
  // Cairo's colours are multiplied by their opacity, libyuv's blending expects them plain.
  std::vector<std::uint8_t> plain(area(stride, size_.height));
  libyuv::ARGBUnattenuate(pixels, stride, plain.data(), stride, size_.width, size_.height);
  Overlay overlay = to_overlay(plain.data(), stride, size_);
  overlay.alpha.resize(overlay.y.size());
  libyuv::ARGBExtractAlpha(pixels, stride, overlay.alpha.data(), size_.width, size_.width, size_.height);
  return overlay;
}

Line::Line(const std::string& text, double height, double widest, bool bold) {
  PangoContext* context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  layout_.reset(pango_layout_new(context));
  g_object_unref(context);
  PangoFontDescription* font = pango_font_description_from_string("sans-serif");
  pango_font_description_set_absolute_size(font, height * PANGO_SCALE);
  if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout_.get(), font);
  pango_font_description_free(font);
  gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  pango_layout_set_text(layout_.get(), valid, -1);
  g_free(valid);
  pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
  pango_layout_set_ellipsize(layout_.get(), PANGO_ELLIPSIZE_END);
  pango_layout_set_width(layout_.get(), static_cast<int>(widest * PANGO_SCALE));
}

double Line::width() const {
  PangoRectangle extent;
  pango_layout_get_pixel_extents(layout_.get(), nullptr, &extent);
  return extent.width;
}

double Line::height() const {
  PangoRectangle extent;
  pango_layout_get_pixel_extents(layout_.get(), nullptr, &extent);
  return extent.height;
}

void Line::draw(const Drawing& drawing, double x, double y) const {
  PangoRectangle extent;
  pango_layout_get_pixel_extents(layout_.get(), nullptr, &extent);
  // Text from right to left stands at the far end of the layout's width.
  cairo_move_to(drawing.context(), x - extent.x, y - extent.y);
  pango_cairo_show_layout(drawing.context(), layout_.get());
}

}  // namespace rollcall::mcu::mixer
