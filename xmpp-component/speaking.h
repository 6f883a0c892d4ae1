#pragma once

#include "allocator/model/address.h"

namespace rollcall::component {

/// JC-1: a conference speaks with its one full address; the bare domain has no resource.
[[nodiscard]] inline model::Address speaking(const model::Address& contact) {
  return contact.node().empty() ? contact.bare() : contact.with_resource("call");
}

}  // namespace rollcall::component
