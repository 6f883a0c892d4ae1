#include "allocator/model/fold.h"

#include <array>
#include <cstdint>

namespace rollcall::model {
namespace {

/// U+00C0 to U+017F without their marks (Unicode's canonical decompositions, and the usual spelling of what has none).
constexpr auto latin = std::to_array<std::string_view>({
    "a", "a", "a",  "a", "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i", "i", "i",  "i",  "d", "n", "o",  "o",
    "o", "o", "o",  "×", "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c",
    "e", "e", "e",  "e", "i", "i", "i",  "i",  "d", "n", "o",  "o",  "o", "o", "o",  "÷",  "o", "u", "u",  "u",
    "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c",  "c",  "c", "c", "c",  "c",  "c", "c", "d",  "d",
    "d", "d", "e",  "e", "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g",  "g", "g", "g",  "g",
    "h", "h", "h",  "h", "i", "i", "i",  "i",  "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j", "j", "k",  "k",
    "k", "l", "l",  "l", "l", "l", "l",  "l",  "l", "l", "l",  "n",  "n", "n", "n",  "n",  "n", "n", "n",  "n",
    "o", "o", "o",  "o", "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s",  "s",  "s", "s", "s",  "s",
    "s", "s", "t",  "t", "t", "t", "t",  "t",  "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u",
    "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z",  "s",
});

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
};

/// The first character of `text`; of bytes that are no UTF-8, the byte.
Letter first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (bytes == 1 || bytes > text.size()) return {lead, 1};
  char32_t code = lead & (0x7fU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  return {code, bytes};
}

bool is_mark(char32_t code) {
  return code >= 0x300 && code <= 0x36f;
}

std::string two_bytes(char32_t code) {
  return {static_cast<char>(0xc0U | (code >> 6U)), static_cast<char>(0x80U | (code & 0x3fU))};
}

/// Small letters of Greek and Cyrillic; 0: not one of their capitals.
char32_t small_of(char32_t code) {
  const bool is_greek = code >= 0x391 && code <= 0x3a9;
  const bool is_cyrillic = code >= 0x410 && code <= 0x42f;
  if (is_greek || is_cyrillic) return code + 0x20;
  return code >= 0x400 && code <= 0x40f ? code + 0x50 : 0;
}

void add(std::string& folded, Letter letter, std::string_view original) {
  const char32_t code = letter.code;
  if (is_mark(code)) return;
  if (letter.bytes == 1) {
    const bool is_blank = code == ' ' || code == '\t' || code == '\r' || code == '\n';
    if (is_blank && (folded.empty() || folded.back() == ' ')) return;
    const bool is_capital = code >= 'A' && code <= 'Z';
    folded += is_blank ? ' ' : static_cast<char>(is_capital ? code + 0x20 : code);
  } else if (code >= 0xc0 && code < 0xc0 + latin.size()) {
    folded += latin[code - 0xc0];
  } else if (const char32_t small = small_of(code); small != 0) {
    folded += two_bytes(small);
  } else {
    folded += original;
  }
}

}  // namespace

std::string fold(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const Letter letter = first_of(text);
    add(folded, letter, text.substr(0, letter.bytes));
    text.remove_prefix(letter.bytes);
  }
  if (folded.ends_with(' ')) folded.pop_back();
  return folded;
}

}  // namespace rollcall::model
