// How a call stands, in words.
#pragma once

#include <string>

#include "allocator/model/conference.h"
#include "allocator/words/words.h"

namespace rollcall::component {

/// "2 in call: Ann, Bob", or that there is no call.
[[nodiscard]] std::string status_of(const model::PresenceIndicator& indicator, words::Language language);

}  // namespace rollcall::component
