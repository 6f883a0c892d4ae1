#include "web/guest_name.h"

#include <Poco/TextIterator.h>
#include <Poco/UTF8Encoding.h>
#include <Poco/UTF8String.h>
#include <Poco/Unicode.h>

#include <algorithm>

namespace rollcall::web {

namespace {

constexpr std::size_t longest_name = 48;

/// Control characters, and those by which a name could look like another or turn the rest of a line around.
bool is_invisible(int c) {
  constexpr std::pair<int, int> ranges[] = {{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
                                            {0x180e, 0x180e}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
                                            {0xd800, 0xf8ff}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xfff0, 0xffff}};
  return c > 0xeffff ||
         std::ranges::any_of(ranges, [c](const auto& range) { return c >= range.first && c <= range.second; });
}

void append(std::string& text, int c) {
  unsigned char bytes[4];
  const int length = Poco::UTF8Encoding().convert(c, bytes, sizeof bytes);
  text.append(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(std::max(0, length)));
}

}  // namespace

std::string guest_name(std::string_view typed) {
  const std::string text(typed.substr(0, 1024));
  const Poco::UTF8Encoding encoding;
  const Poco::TextIterator end(text);
  std::string name;
  std::size_t characters = 0;
  bool blank = false;
  for (Poco::TextIterator at(text, encoding); at != end && characters < longest_name; ++at) {
    const int c = *at;
    const bool is_blank = c >= 0 && (Poco::Unicode::isSpace(c) || c == 0x3000);
    if (is_blank) blank = !name.empty();
    if (c < 0 || is_blank || is_invisible(c)) continue;
    if (blank) name += ' ', ++characters, blank = false;
    append(name, c);
    ++characters;
  }
  return name.empty() ? "Guest" : name;
}

}  // namespace rollcall::web
