#include "mcu/mixer/artwork.h"

#include <algorithm>
#include <cmath>

#include "mcu/mixer/drawing.h"
#include "mcu/mixer/marks.h"

namespace rollcall::mcu::mixer {
namespace {

constexpr double strip_opacity = 0.62;

int even_up(double value) {
  return (static_cast<int>(std::ceil(value)) + 1) & ~1;
}

/// Legible on a small tile, not shouting on a large one.
double text_height(layout::Size tile) {
  return std::clamp(8 + tile.height * 0.03, 9.0, 30.0);
}

void draw_centred(Drawing& drawing, const Line& line, double middle, double y) {
  line.draw(drawing, middle - line.width() / 2, y);
}

/// Marks and name in one line: the crossed-out microphone, the name, the note, then what else is to be said.
class Caption {
 public:
  Caption(const Label& label, double height, double widest, bool with_note)
      : label_(label),
        height_(height),
        gap_(height * 0.35),
        marks_(marks_after(label)),
        name_(presentable(label.name), height, std::max(height, widest - marks_width())),
        note_(with_note ? presentable(label.note) : "", height * 0.85,
              std::max(1.0, widest - marks_width() - name_.width() - gap_)),
        notes_(with_note && !label.note.empty() && note_.width() >= 3 * height &&
               widest - marks_width() - name_.width() - gap_ >= 3 * height) {}

  [[nodiscard]] double width() const { return marks_width() + name_.width() + (notes_ ? note_.width() + gap_ : 0); }
  /// Fonts for some scripts claim far more than the letters need.
  [[nodiscard]] double height() const { return std::min(name_.height(), height_ * 1.9); }

  void draw(Drawing& drawing, double x, double y) const {
    const double side = height_ * 1.1;
    const double mark_y = y + (height() - side) / 2;
    if (label_.microphone_muted) {
      drawing.set_colour(palette::muted);
      draw_mark(drawing, Mark::microphone_off, x, mark_y, side);
      x += side + gap_ / 2;
    }
    drawing.set_colour(palette::text);
    name_.draw(drawing, x, y + (height() - name_.height()) / 2);
    x += name_.width();
    if (notes_) {
      drawing.set_colour(palette::quiet_text);
      note_.draw(drawing, x + gap_, y + (height() - note_.height()) / 2);
      x += note_.width() + gap_;
    }
    for (const Mark mark : marks_) {
      drawing.set_colour(colour_of(mark));
      draw_mark(drawing, mark, x + gap_, mark_y, side);
      x += side + gap_;
    }
  }

 private:
  static std::vector<Mark> marks_after(const Label& label) {
    std::vector<Mark> marks;
    if (label.presenting) marks.push_back(Mark::screen);
    if (label.poor_connection) marks.push_back(Mark::poor_connection);
    if (label.hand_raised) marks.push_back(Mark::hand);
    return marks;
  }
  [[nodiscard]] double marks_width() const {
    const double side = height_ * 1.1;
    return (label_.microphone_muted ? side + gap_ / 2 : 0) + static_cast<double>(marks_.size()) * (side + gap_);
  }

  const Label& label_;
  double height_;
  double gap_;
  std::vector<Mark> marks_;
  Line name_;
  Line note_;
  bool notes_;
};

void draw_disc(Drawing& drawing, const Label& label, double middle, double centre, double radius) {
  if (radius < 2) return;
  if (label.avatar) {
    drawing.picture_in_disc(label.avatar->pixels, Avatar::side, middle, centre, radius);
    return;
  }
  drawing.set_colour(colour_of(label.name));
  drawing.fill_disc(middle, centre, radius);
  drawing.set_colour(palette::text);
  const Line letters(initials(label.name), radius * 0.8, radius * 1.8);
  draw_centred(drawing, letters, middle, centre - letters.height() / 2);
}

}  // namespace

Rgb colour_of(std::string_view name) {
  static constexpr std::array<Rgb, 12> colours{{{0x3b, 0x82, 0xc4},
                                                {0x2f, 0x9e, 0x8f},
                                                {0x8e, 0x6b, 0xd6},
                                                {0xc7, 0x5b, 0x7a},
                                                {0xb9, 0x77, 0x3a},
                                                {0x5c, 0x8f, 0x3d},
                                                {0x4b, 0x6c, 0xb7},
                                                {0xa8, 0x4f, 0xa3},
                                                {0x3d, 0x8b, 0xa8},
                                                {0xa6, 0x6a, 0x52},
                                                {0x6e, 0x7f, 0x34},
                                                {0xb0, 0x4d, 0x4d}}};
  std::uint32_t hash = 2166136261;  // FNV-1a: std::hash may differ from one library to the next
  for (const char byte : name) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 16777619;
  return colours[(hash >> 8) % colours.size()];
}

Overlay draw_name(const Label& label, layout::Size tile) {
  const double height = text_height(tile);
  const double padding = height * 0.55;
  const Caption caption(label, height, std::max(8.0, tile.width - 2 * padding - 2 * height), true);
  const layout::Size size{std::min(tile.width & ~1, even_up(caption.width() + 2 * padding)),
                          std::min(tile.height & ~1, even_up(caption.height() + padding * 0.6))};
  Drawing drawing(size);
  drawing.set_colour(palette::background, strip_opacity);
  drawing.fill_rounded(0, 0, size.width, size.height, height * 0.45);
  caption.draw(drawing, padding, (size.height - caption.height()) / 2);
  return drawing.translucent();
}

Overlay draw_card(const Label& label, layout::Size tile) {
  Drawing drawing(tile);
  drawing.set_colour(palette::card);
  drawing.fill_all();
  const double height = text_height(tile) * 1.1;
  const double middle = tile.width / 2.0;
  const double gap = tile.height * 0.05;
  const Caption caption(label, height, tile.width * 0.86, false);
  const Line note(presentable(label.note), height * 0.78, tile.width * 0.86);
  const double note_height = label.note.empty() ? 0 : std::min(note.height(), height * 1.6);
  const double text = caption.height() + note_height;
  const double radius = std::min({tile.height * 0.22, tile.width * 0.3, (tile.height * 0.94 - gap - text) / 2});
  const double top = std::max(0.0, tile.height - 2 * radius - gap - text) / 2;
  draw_disc(drawing, label, middle, top + radius, radius);
  const double y = top + 2 * radius + gap;
  caption.draw(drawing, middle - caption.width() / 2, y);
  if (!label.note.empty()) {
    drawing.set_colour(palette::quiet_text);
    draw_centred(drawing, note, middle, y + caption.height());
  }
  return drawing.opaque();
}

Overlay draw_notice(const std::string& text, layout::Size canvas) {
  const double height = std::clamp(canvas.height * 0.036, 11.0, 30.0);
  const Line line(presentable(text), height, canvas.width * 0.8);
  const layout::Size size{even_up(line.width() + 2 * height), even_up(line.height() + height * 0.8)};
  Drawing drawing(size);
  drawing.set_colour(palette::background, 0.75);
  drawing.fill_rounded(0, 0, size.width, size.height, size.height / 2.0);
  drawing.set_colour(palette::text);
  line.draw(drawing, (size.width - line.width()) / 2, (size.height - line.height()) / 2);
  return drawing.translucent();
}

Overlay draw_recording(layout::Size canvas) {
  const double height = std::clamp(canvas.height * 0.026, 9.0, 24.0);
  const Line line("REC", height, canvas.width * 0.5, true);
  const double dot = height * 0.42;
  const layout::Size size{even_up(line.width() + 2 * dot + 1.9 * height), even_up(line.height() + height * 0.35)};
  Drawing drawing(size);
  drawing.set_colour(palette::background, 0.75);
  drawing.fill_rounded(0, 0, size.width, size.height, size.height / 2.0);
  drawing.set_colour(palette::recording);
  drawing.fill_disc(height * 0.6 + dot, size.height / 2.0, dot);
  drawing.set_colour(palette::text);
  line.draw(drawing, height * 0.6 + 2 * dot + height * 0.4, (size.height - line.height()) / 2);
  return drawing.translucent();
}

Overlay draw_slate(const std::string& title, const std::string& text, layout::Size canvas) {
  Drawing drawing(canvas);
  drawing.set_colour(palette::background);
  drawing.fill_all();
  const double height = std::clamp(canvas.height * 0.075, 14.0, 80.0);
  const Line large(presentable(title), height, canvas.width * 0.86, true);
  const Line small(presentable(text), height * 0.5, canvas.width * 0.86);
  const double middle = canvas.width / 2.0;
  const double top = canvas.height / 2.0 - large.height();
  drawing.set_colour(palette::text);
  draw_centred(drawing, large, middle, top);
  drawing.set_colour(palette::speaking);
  drawing.fill_rounded(middle - height * 0.6, top + large.height() + height * 0.22, height * 1.2, height * 0.08,
                       height * 0.04);
  drawing.set_colour(palette::quiet_text);
  draw_centred(drawing, small, middle, top + large.height() + height * 0.55);
  return drawing.opaque();
}

Edges draw_edges(layout::Size tile, bool speaking) {
  const int radius = std::clamp(tile.height / 22, 4, 18);
  Edges edges{2, speaking ? std::clamp(tile.height / 90 * 2, 2, 6) : 0};
  const int side = (edges.margin + std::max(radius, edges.ring) + 1) & ~1;
  for (int corner = 0; corner < 4; ++corner) {
    const int x = corner % 2 == 0 ? 0 : tile.width - side;
    const int y = corner < 2 ? 0 : tile.height - side;
    Drawing drawing({side, side});
    drawing.tile_edge(-x, -y, tile, edges.margin, radius, edges.ring);
    edges.corners[static_cast<std::size_t>(corner)] = drawing.translucent();
  }
  return edges;
}

}  // namespace rollcall::mcu::mixer
