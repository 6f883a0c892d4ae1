#pragma once

#include <string_view>

#include "web/request.h"

namespace rollcall::web {

/// A file of web/page, built into the program; 404 for any other name.
[[nodiscard]] Answer page_file(std::string_view name);

}  // namespace rollcall::web
