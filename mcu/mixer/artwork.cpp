#include "mcu/mixer/artwork.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "mcu/mixer/drawing.h"

namespace rollcall::mcu::mixer {
namespace {

constexpr double strip_opacity = 0.62;

int even_up(double value) {
  return (static_cast<int>(std::ceil(value)) + 1) & ~1;
}

/// Legible on a small tile, not shouting on a large one.
double text_height(layout::Size tile) {
  return std::clamp(tile.height * 0.052, 11.0, 30.0);
}

struct GlibFree {
  void operator()(gchar* text) const { g_free(text); }
};

/// The first letter or digit of each word, in capitals.
std::vector<std::string> word_beginnings(const std::string& name) {
  const std::unique_ptr<gchar, GlibFree> valid(g_utf8_make_valid(name.data(), static_cast<gssize>(name.size())));
  std::vector<std::string> beginnings;
  bool between_words = true;
  for (const gchar* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) {
    const gunichar letter = g_utf8_get_char(at);
    if (g_unichar_isspace(letter) || letter == '.' || letter == '_' || letter == '@') {
      between_words = true;
    } else if (between_words && g_unichar_isgraph(letter) && !g_unichar_ispunct(letter) &&
               !g_unichar_iszerowidth(letter)) {
      std::array<gchar, 6> bytes{};
      const int length = g_unichar_to_utf8(g_unichar_toupper(letter), bytes.data());
      beginnings.emplace_back(bytes.data(), static_cast<std::size_t>(length));
      between_words = false;
    }
  }
  return beginnings;
}

void draw_centred(Drawing& drawing, const Line& line, double middle, double y) {
  line.draw(drawing, middle - line.width() / 2, y);
}

/// The name under the disc, with the microphone in front of it.
void draw_caption(Drawing& drawing, const Label& label, layout::Size tile, double y) {
  const double height = text_height(tile) * 1.15;
  const double mark = label.microphone_muted ? height * 1.25 : 0;
  const Line name(label.name, height, std::max(8.0, tile.width * 0.86 - mark));
  const double left = (tile.width - name.width() - mark) / 2;
  if (label.microphone_muted) {
    drawing.set_colour(palette::muted);
    drawing.microphone_off(left - height * 0.1, y + (name.height() - height) / 2, height);
  }
  drawing.set_colour(palette::text);
  name.draw(drawing, left + mark, y);
  if (label.note.empty()) return;
  drawing.set_colour(palette::quiet_text);
  draw_centred(drawing, Line(label.note, height * 0.78, tile.width * 0.86), tile.width / 2.0, y + name.height() * 1.15);
}

}  // namespace

std::string initials(const std::string& name) {
  const auto beginnings = word_beginnings(name);
  if (beginnings.empty()) return "?";
  return beginnings.size() == 1 ? beginnings.front() : beginnings.front() + beginnings.back();
}

Rgb colour_of(std::string_view id) {
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
  for (const char byte : id) hash = (hash ^ static_cast<std::uint8_t>(byte)) * 16777619;
  return colours[(hash >> 8) % colours.size()];
}

Overlay draw_name(const Label& label, layout::Size tile) {
  const double height = text_height(tile);
  const double padding = height * 0.45;
  const double mark = label.microphone_muted ? height * 1.3 : 0;
  const double widest = std::max(8.0, tile.width - 2 * padding - mark - height);
  const Line name(label.name, height, widest);
  const layout::Size size{std::min(tile.width & ~1, even_up(name.width() + 2 * padding + mark)),
                          std::min(tile.height & ~1, even_up(name.height() + padding * 0.7))};
  Drawing drawing(size);
  drawing.set_colour(palette::background, strip_opacity);
  drawing.fill_rounded(0, 0, size.width, size.height, height * 0.35);
  if (label.microphone_muted) {
    drawing.set_colour(palette::muted);
    drawing.microphone_off(padding * 0.7, (size.height - height * 1.1) / 2, height * 1.1);
  }
  drawing.set_colour(palette::text);
  name.draw(drawing, padding + mark, (size.height - name.height()) / 2);
  return drawing.translucent();
}

Overlay draw_card(const Label& label, layout::Size tile) {
  Drawing drawing(tile);
  drawing.set_colour(palette::card);
  drawing.fill_all();
  const double radius = tile.height * 0.2;
  const double middle = tile.width / 2.0;
  const double centre = tile.height * 0.42;
  drawing.set_colour(colour_of(label.id));
  drawing.fill_disc(middle, centre, radius);
  drawing.set_colour(palette::text);
  const Line letters(initials(label.name), radius * 0.8, radius * 2);
  draw_centred(drawing, letters, middle, centre - letters.height() / 2);
  draw_caption(drawing, label, tile, centre + radius + tile.height * 0.06);
  return drawing.opaque();
}

Overlay draw_notice(const std::string& text, layout::Size canvas) {
  const double height = std::clamp(canvas.height * 0.036, 11.0, 30.0);
  const Line line(text, height, canvas.width * 0.9);
  const layout::Size size{even_up(line.width() + 2 * height), even_up(line.height() + height * 0.8)};
  Drawing drawing(size);
  drawing.set_colour(palette::background, 0.75);
  drawing.fill_rounded(0, 0, size.width, size.height, size.height / 2.0);
  drawing.set_colour(palette::text);
  line.draw(drawing, (size.width - line.width()) / 2, (size.height - line.height()) / 2);
  return drawing.translucent();
}

}  // namespace rollcall::mcu::mixer
