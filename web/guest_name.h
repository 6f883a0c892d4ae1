#pragma once

#include <string>
#include <string_view>

namespace rollcall::web {

/// What a guest typed, as it may appear in the picture and in other people's rosters: valid UTF-8, no control or
/// direction-changing character, white space as single blanks, at most 48 characters. "Guest" where nothing is left.
[[nodiscard]] std::string guest_name(std::string_view typed);

}  // namespace rollcall::web
