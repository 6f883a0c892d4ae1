#pragma once

#include <string>

namespace rollcall::mcu::mixer {

/// A stranger's text made fit to be drawn in one line: valid UTF-8 without control characters, without anything that
/// turns the direction of what stands beside it (bidi controls), with at most three marks on one letter and at most
/// `most_letters` letters, white space folded. What is left is what he wrote, in any script; it may be empty.
[[nodiscard]] std::string presentable(const std::string& text);

inline constexpr int most_letters = 120;  ///< more than fits on any tile

/// "Ada King Lovelace" → "AL"; at most two letters, "?" for a name without any.
[[nodiscard]] std::string initials(const std::string& name);

}  // namespace rollcall::mcu::mixer
