// ICE candidates as the text that libnice speaks (RFC 8839 §5.1), both ways. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "allocator/model/media_description.h"

namespace rollcall::mcu::transport {

/// "a=candidate:1 1 UDP 2130706431 192.0.2.1 40000 typ host".
[[nodiscard]] std::string to_text(const model::IceCandidate& candidate);
/// None for another transport than UDP, an unknown type, or text that is no candidate.
[[nodiscard]] std::optional<model::IceCandidate> candidate_from_text(std::string_view text);

/// Whether we can send there: component 1, a literal address and a port. mDNS names (`….local`) are not looked up: our
/// own addresses are reachable, so the peer's checks arrive and make peer-reflexive candidates.
[[nodiscard]] bool is_usable(const model::IceCandidate& candidate);

/// RFC 8445 §5.3: what must be there before it goes to the ICE library.
[[nodiscard]] bool are_credentials(std::string_view ufrag, std::string_view password);

}  // namespace rollcall::mcu::transport
