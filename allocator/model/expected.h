#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

#include "allocator/model/refusal.h"

namespace rollcall::model {

/// A value, or why there is none. C++20 has no std::expected; this is the one line to change when it does.
template <class T>
using Expected = tl::expected<T, Refusal>;

[[nodiscard]] inline tl::unexpected<Refusal> refuse(Reason reason, std::string subject = {}) {
  return tl::unexpected<Refusal>(Refusal{reason, std::move(subject)});
}

}  // namespace rollcall::model
