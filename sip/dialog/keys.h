// The bodies in which telephones send keys by INFO. Pure.
#pragma once

#include <string>
#include <string_view>

namespace rollcall::sip::dialog {

/// application/dtmf-relay: "Signal=5\r\nDuration=160". Empty: no key in it.
[[nodiscard]] std::string keys_of_relay(std::string_view body);
/// application/dtmf: "5".
[[nodiscard]] std::string plain_keys(std::string_view body);

}  // namespace rollcall::sip::dialog
