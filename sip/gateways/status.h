// SIP's status codes (RFC 3261 §21) and our reasons. Pure.
#pragma once

#include <string_view>

#include "allocator/model/refusal.h"

namespace rollcall::sip::gateways {

struct Status {
  int code = 500;
  std::string_view phrase = "Server Internal Error";
};

/// What a caller is told.
[[nodiscard]] Status status_of(model::Reason reason);

/// Why a call that we dialled came to nothing. 0: nobody answered at all.
[[nodiscard]] model::Reason reason_of(int status);

/// Whether another gateway may do better: this one is down, overloaded or does not want us. A callee who is busy, says
/// no or does not exist is the same everywhere.
[[nodiscard]] bool is_gateways_fault(int status);

}  // namespace rollcall::sip::gateways
