#pragma once

#include <string_view>

#include "allocator/model/expected.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component::commands {

/// `22:00-07:00`, `22-7`, with or without a clock: `22:00-07:00 +01:00`, `UTC-5`. `off`, `aus`: none. Nothing at all: a
/// question. Refuses bad_request with the text.
[[nodiscard]] model::Expected<Quiet> parse_quiet(std::string_view text);

}  // namespace rollcall::component::commands
