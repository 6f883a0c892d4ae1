#include <algorithm>
#include <array>

#include "daemon/log.h"

namespace rollcall::daemon::log {
namespace {

constexpr std::size_t longest_value = 1024;

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.:/@+%[],").find(static_cast<char>(c)) != std::string_view::npos;
}

void append_escaped_byte(std::string& out, unsigned char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\x";
  out += digits[c >> 4U];
  out += digits[c & 15U];
}

/// The length of the UTF-8 character at the start of `text` that a terminal may show as it is; 0: there is none, or it
/// would move the cursor, end the line or turn the direction of writing.
std::size_t harmless_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first >= 0xC2 && first <= 0xDF && follows(1)) {
    const bool c1_control = first == 0xC2 && second < 0xA0;
    const bool arabic_mark = first == 0xD8 && second == 0x9C;
    return c1_control || arabic_mark ? 0 : 2;
  }
  if (first >= 0xE0 && first <= 0xEF && follows(1) && follows(2)) {
    const bool overlong = first == 0xE0 && second < 0xA0;
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool general_punctuation = first == 0xE2 && (second == 0x80 || second == 0x81);  // U+2000…U+207F
    const bool byte_order_mark = first == 0xEF && second == 0xBB && byte(2) == 0xBF;
    return overlong || surrogate || general_punctuation || byte_order_mark ? 0 : 3;
  }
  const bool in_range = (first == 0xF0 && second >= 0x90) || (first >= 0xF1 && first <= 0xF3);
  return in_range && follows(1) && follows(2) && follows(3) ? 4 : 0;
}

std::string quoted(std::string_view value) {
  std::string out = "\"";
  while (!value.empty()) {
    const auto c = static_cast<unsigned char>(value.front());
    std::size_t length = 1;
    if (c == '"' || c == '\\') {
      (out += '\\') += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c >= 0x20 && c < 0x7f) {
      out += static_cast<char>(c);
    } else if (const auto shown = harmless_character(value); shown > 0) {
      out.append(value.substr(0, shown));
      length = shown;
    } else {
      append_escaped_byte(out, c);
    }
    value.remove_prefix(length);
  }
  return out + '"';
}

std::string shown(std::string_view value) {
  const bool cut = value.size() > longest_value;
  value = value.substr(0, longest_value);
  if (!cut && !value.empty() && std::ranges::all_of(value, is_plain)) return std::string(value);
  return quoted(value) + (cut ? "…" : "");
}

}  // namespace

std::string line(const LogEvent& event, Fields fields) {
  std::string text = std::string("event=") + event.name;
  for (const auto& field : fields) text.append(" ").append(field.key).append("=").append(shown(field.value));
  return text;
}

}  // namespace rollcall::daemon::log
