#pragma once

#include <string_view>

#include "allocator/model/refusal.h"
#include "allocator/model/sentence.h"

namespace rollcall::words {

[[nodiscard]] std::string_view english(model::Phrase phrase);
[[nodiscard]] std::string_view english(model::Reason reason);

}  // namespace rollcall::words
