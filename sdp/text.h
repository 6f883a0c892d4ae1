// Words and numbers of SDP lines.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/expected.h"

namespace rollcall::sdp {

/// The non-empty pieces of `text` between the separators.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
/// What stands before the first separator, and what behind it; without one the second is empty.
[[nodiscard]] std::pair<std::string_view, std::string_view> cut(std::string_view text, char separator);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string lower(std::string_view text);

/// RFC 8866's token: printable ASCII without separators.
[[nodiscard]] bool is_token(std::string_view text);
/// A fmtp value, a cname, a stream id: no control character, not too long.
[[nodiscard]] bool is_printable(std::string_view text, std::size_t longest = 1024);

template <class Number>
[[nodiscard]] std::optional<Number> number(std::string_view text, Number least, Number most) {
  Number value{};
  const auto* end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stop != end || value < least || value > most) return std::nullopt;
  return value;
}

/// bad_request that quotes the line, shortened.
[[nodiscard]] tl::unexpected<model::Refusal> bad_line(std::string_view line, std::string_view why);

/// RFC 4566 addresses as literals only; names are not looked up.
[[nodiscard]] bool is_ip(std::string_view text);

}  // namespace rollcall::sdp
