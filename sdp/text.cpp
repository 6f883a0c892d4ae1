#include "sdp/text.h"

#include <glib.h>

#include <algorithm>

namespace rollcall::sdp {

namespace {

constexpr std::string_view blanks = " \t\r\n";

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    auto [piece, rest] = cut(text, separator);
    if (!piece.empty()) pieces.push_back(piece);
    text = rest;
  }
  return pieces;
}

std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator) {
  auto at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string_view trim(std::string_view text) {
  auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, folded, folded);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), folded);
  return out;
}

bool is_token(std::string_view text) {
  constexpr std::string_view separators = "\"(),/:;<=>?@[\\]";
  return !text.empty() && text.size() <= 256 && std::ranges::all_of(text, [&](char c) {
    return c > 0x20 && c < 0x7f && separators.find(c) == std::string_view::npos;
  });
}

bool is_printable(std::string_view text, std::size_t longest) {
  return text.size() <= longest &&
         std::ranges::none_of(text, [](char c) { return (static_cast<unsigned char>(c) < 0x20) || c == 0x7f; });
}

tl::unexpected<model::Refusal> bad_line(std::string_view line, std::string_view why) {
  constexpr std::size_t shown = 60;
  std::string quoted(line.substr(0, shown));
  std::ranges::replace_if(
      quoted, [](char c) { return c < 0x20 || c >= 0x7f; }, '?');
  if (line.size() > shown) quoted += "...";
  return model::refuse(model::Reason::bad_request, "SDP line '" + quoted + "': " + std::string(why));
}

bool is_ip(std::string_view text) {
  const bool zone = text.find('%') != std::string_view::npos;  // GLib takes fe80::1%eth0, which means nothing to others
  return !zone && text.size() < 64 && g_hostname_is_ip_address(std::string(text).c_str()) != FALSE;
}

}  // namespace rollcall::sdp
