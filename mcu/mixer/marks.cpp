#include "mcu/mixer/marks.h"

#include <numbers>

namespace rollcall::mcu::mixer {
namespace {

/// One mark, in units of its side.
class Pen {
 public:
  Pen(Drawing& drawing, double x, double y, double side) : drawing_(drawing), x_(x), y_(y), side_(side) {}
  void rounded(double x, double y, double width, double height, double radius) {
    drawing_.fill_rounded(x_ + x * side_, y_ + y * side_, width * side_, height * side_, radius * side_);
  }
  void line(double x1, double y1, double x2, double y2, double width) {
    drawing_.stroke_line(x_ + x1 * side_, y_ + y1 * side_, x_ + x2 * side_, y_ + y2 * side_, width * side_);
  }
  void bow(double x, double y, double radius, double width) {
    cairo_t* context = drawing_.context();
    cairo_set_line_width(context, width * side_);
    cairo_arc(context, x_ + x * side_, y_ + y * side_, radius * side_, 0, std::numbers::pi);
    cairo_stroke(context);
  }

 private:
  Drawing& drawing_;
  double x_, y_, side_;
};

void microphone_off(Pen pen) {
  pen.rounded(0.38, 0.08, 0.24, 0.5, 0.12);
  pen.bow(0.5, 0.46, 0.24, 0.09);
  pen.line(0.5, 0.72, 0.5, 0.9, 0.09);
  pen.line(0.14, 0.1, 0.86, 0.9, 0.11);
}

void screen(Pen pen) {
  pen.line(0.1, 0.16, 0.9, 0.16, 0.1);
  pen.line(0.1, 0.66, 0.9, 0.66, 0.1);
  pen.line(0.1, 0.16, 0.1, 0.66, 0.1);
  pen.line(0.9, 0.16, 0.9, 0.66, 0.1);
  pen.line(0.5, 0.66, 0.5, 0.86, 0.1);
  pen.line(0.3, 0.88, 0.7, 0.88, 0.1);
}

/// The first of three bars, and a shade where the others should be.
void poor_connection(Drawing& drawing, Pen pen) {
  pen.rounded(0.06, 0.58, 0.22, 0.32, 0.05);
  drawing.set_colour(palette::text, 0.35);
  pen.rounded(0.4, 0.34, 0.22, 0.56, 0.05);
  pen.rounded(0.74, 0.1, 0.22, 0.8, 0.05);
}

void hand(Pen pen) {
  pen.rounded(0.27, 0.42, 0.52, 0.5, 0.2);
  pen.line(0.34, 0.24, 0.34, 0.6, 0.115);
  pen.line(0.47, 0.12, 0.47, 0.6, 0.115);
  pen.line(0.6, 0.14, 0.6, 0.6, 0.115);
  pen.line(0.73, 0.26, 0.73, 0.6, 0.115);
  pen.line(0.14, 0.52, 0.32, 0.74, 0.12);
}

}  // namespace

void draw_mark(Drawing& drawing, Mark mark, double x, double y, double side) {
  const Pen pen(drawing, x, y, side);
  switch (mark) {
    case Mark::microphone_off:
      return microphone_off(pen);
    case Mark::screen:
      return screen(pen);
    case Mark::poor_connection:
      return poor_connection(drawing, pen);
    case Mark::hand:
      return hand(pen);
  }
}

Rgb colour_of(Mark mark) {
  switch (mark) {
    case Mark::microphone_off:
      return palette::muted;
    case Mark::screen:
      return palette::text;
    case Mark::poor_connection:
    case Mark::hand:
      return palette::warning;
  }
  return palette::text;
}

}  // namespace rollcall::mcu::mixer
