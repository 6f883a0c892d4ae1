// Where new names come from. The rooms take entropy as an argument; this is the argument.
#pragma once

#include <string>

#include "allocator/model/ids.h"

namespace rollcall::component {

/// RFC 4122, version 4.
[[nodiscard]] std::string fresh_uuid();
/// A few letters and digits, for the address of a conference that was given no name; not a secret.
[[nodiscard]] std::string fresh_word();
/// Six digits that nobody can guess.
[[nodiscard]] std::string fresh_digits();
[[nodiscard]] model::LegId fresh_leg_id();

}  // namespace rollcall::component
