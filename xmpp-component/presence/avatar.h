#pragma once

#include <string>
#include <string_view>

#include "allocator/model/ids.h"

namespace rollcall::component::presence {

/// The picture that a contact has in people's lists: a PNG. Immutable, made at build time.
struct Avatar {
  std::string_view base64;
  std::string_view hash;  ///< SHA-1 of the file in hexadecimal: its name in XEP-0084 and XEP-0153
  int bytes = 0;
  int width = 0;   ///< pixels
  int height = 0;  ///< pixels
};

/// A conference always has the same one; neighbours in a list mostly differ. An empty id: the service's own.
[[nodiscard]] const Avatar& avatar_of(const model::ConferenceId& conference);

}  // namespace rollcall::component::presence
