#include "allocator/model/gateway.h"

#include <algorithm>

namespace rollcall::model {
namespace {

bool fits_one(std::string_view pattern, std::string_view address) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  while (at < address.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      star = in_pattern++;
      star_at = at;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == address[at]) {
      ++in_pattern;
      ++at;
    } else if (star != std::string_view::npos) {
      in_pattern = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  return pattern.substr(in_pattern).find_first_not_of('*') == std::string_view::npos;
}

}  // namespace

bool fits(const std::vector<std::string>& patterns, std::string_view address) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return fits_one(pattern, address); });
}

}  // namespace rollcall::model
