// Regular expressions of the command line, by GLib (PCRE).
#pragma once

#include <string>

namespace rollcall::probe {

[[nodiscard]] bool is_pattern(const std::string& pattern);
/// Anywhere in the text. False, too, if the pattern is none.
[[nodiscard]] bool matches(const std::string& text, const std::string& pattern);

}  // namespace rollcall::probe
