#pragma once

#include <string_view>

#include "allocator/model/refusal.h"
#include "allocator/model/sentence.h"

namespace rollcall::words {

[[nodiscard]] std::string_view german(model::Phrase phrase);
[[nodiscard]] std::string_view german(model::Reason reason);

}  // namespace rollcall::words
