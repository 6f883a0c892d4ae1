#pragma once

#include <pango/pangocairo.h>

#include <memory>
#include <string>
#include <vector>

#include "mcu/layout/layout.h"
#include "mcu/mixer/canvas.h"

namespace rollcall::mcu::mixer {

/// An RGB picture that Cairo draws on, turned into an overlay at the end. Lives for one function.
class Drawing {
 public:
  explicit Drawing(layout::Size size);

  void set_colour(Rgb colour, double opacity = 1);
  void fill_all();
  void fill_rounded(double x, double y, double width, double height, double radius);
  void fill_disc(double x, double y, double radius);
  void stroke_line(double x1, double y1, double x2, double y2, double width);
  /// A square picture of `side` pixels each way, cut to a disc.
  void picture_in_disc(const std::vector<std::uint8_t>& pixels, int side, double x, double y, double radius);
  /// Background outside a rounded tile that begins at x, y, and a ring of the speaker's colour inside it, if any.
  void tile_edge(double x, double y, layout::Size tile, int margin, double radius, int ring);

  [[nodiscard]] cairo_t* context() const { return context_.get(); }
  [[nodiscard]] Overlay opaque() const;
  [[nodiscard]] Overlay translucent() const;

 private:
  void rounded_path(double x, double y, double width, double height, double radius);
  struct Free {
    void operator()(cairo_t* context) const { cairo_destroy(context); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  };
  layout::Size size_;
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> context_;
};

/// One line of plain text of a given size, ellipsized to a width. Lives for one function.
class Line {
 public:
  /// `height` in pixels; `widest` in pixels, at least 1.
  Line(const std::string& text, double height, double widest, bool bold = false);

  [[nodiscard]] double width() const;
  [[nodiscard]] double height() const;
  /// With the upper left corner at x, y, in the drawing's present colour.
  void draw(const Drawing& drawing, double x, double y) const;

 private:
  struct Free {
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  };
  std::unique_ptr<PangoLayout, Free> layout_;
};

}  // namespace rollcall::mcu::mixer
