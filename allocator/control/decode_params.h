#pragma once

#include <string_view>

#include "allocator/control/codec.h"
#include "allocator/control/json_tree.h"

namespace rollcall::control {

/// The message of this method. Refuses with unknown_method or bad_request. Inside this room only.
[[nodiscard]] model::Expected<Message> decode_params(std::string_view method, const JsonValue& params);

}  // namespace rollcall::control
