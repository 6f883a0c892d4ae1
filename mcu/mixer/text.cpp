#include "mcu/mixer/text.h"

#include <glib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace rollcall::mcu::mixer {
namespace {

constexpr int most_marks_on_a_letter = 3;
/// Of a text of any length only so much is looked at; a letter has at most four bytes, a mark too.
constexpr std::size_t most_bytes = 4 * most_letters * (1 + most_marks_on_a_letter);

struct GlibFree {
  void operator()(gchar* text) const { g_free(text); }
};

std::vector<gunichar> letters_of(const std::string& text) {
  const std::size_t size = std::min(text.size(), most_bytes);
  const std::unique_ptr<gchar, GlibFree> valid(g_utf8_make_valid(text.data(), static_cast<gssize>(size)));
  std::vector<gunichar> letters;
  for (const gchar* at = valid.get(); *at != '\0'; at = g_utf8_next_char(at)) letters.push_back(g_utf8_get_char(at));
  return letters;
}

void append(std::string& text, gunichar letter) {
  std::array<gchar, 6> bytes{};
  text.append(bytes.data(), static_cast<std::size_t>(g_unichar_to_utf8(letter, bytes.data())));
}

/// Joiners and the like are format characters too, and Persian, Sinhala and family emoji need them.
bool is_joiner(gunichar letter) {
  return letter == 0x200c || letter == 0x200d;
}

bool is_mark(gunichar letter) {
  return g_unichar_ismark(letter) || is_joiner(letter) || (letter >= 0xfe00 && letter <= 0xfe0f);
}

/// Not to be drawn at all. Tags (U+E0000…) are format characters, so flags of regions lose their region.
bool is_forbidden(gunichar letter) {
  switch (g_unichar_type(letter)) {
    case G_UNICODE_CONTROL:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
      return true;
    case G_UNICODE_FORMAT:
      return !is_joiner(letter);
    default:  // GLib's enumeration, not ours
      return false;
  }
}

/// White and braille blanks, Hangul fillers: names made of them would look like none.
bool is_blank(gunichar letter) {
  return g_unichar_isspace(letter) || letter == 0x2028 || letter == 0x2029 || letter == 0x2800 || letter == 0x115f ||
         letter == 0x1160 || letter == 0x3164 || letter == 0xffa0;
}

}  // namespace

std::string presentable(const std::string& text) {
  std::string result;
  int letters = 0, marks = 0;
  bool blank = false;
  for (const gunichar letter : letters_of(text)) {
    if (is_blank(letter)) {
      blank = true;
      marks = 0;
      continue;
    }
    if (is_forbidden(letter)) continue;
    if (is_mark(letter)) {
      if (result.empty() || blank || ++marks > most_marks_on_a_letter) continue;
    } else {
      marks = 0;
      if (++letters > most_letters) break;
      if (blank && !result.empty()) result += ' ';
      blank = false;
    }
    append(result, letter);
  }
  return result;
}

std::string initials(const std::string& name) {
  std::vector<std::string> beginnings;
  bool between_words = true;
  for (const gunichar letter : letters_of(name)) {
    if (is_blank(letter) || letter == '.' || letter == '_' || letter == '@') {
      between_words = true;
    } else if (between_words && g_unichar_isgraph(letter) && !g_unichar_ispunct(letter) && !is_mark(letter) &&
               !is_forbidden(letter)) {
      append(beginnings.emplace_back(), g_unichar_toupper(letter));
      between_words = false;
    }
  }
  if (beginnings.empty()) return "?";
  return beginnings.size() == 1 ? beginnings.front() : beginnings.front() + beginnings.back();
}

}  // namespace rollcall::mcu::mixer
