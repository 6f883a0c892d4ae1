#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/conference.h"
#include "allocator/model/leg_profile.h"

namespace rollcall::model {

/// A way out of a SIP door: a trunk to telephones, a gateway to ISDN, a room system's exchange. Its settings stand at
/// the door, which says here what must be known to choose it.
struct Gateway {
  std::string name = {};  ///< unique at its door
  CommunicationMode mode = CommunicationMode::pstn;
  bool up = true;      ///< registered, or it needs no registration
  int most_calls = 0;  ///< at once, both ways; 0: no limit
  LegProfile profile = {};
  /// Which addresses may be called through it; see fits(). None: it is for calls that come in only.
  std::vector<std::string> allowed = {};
  bool operator==(const Gateway&) const = default;
};

/// Whether one of the patterns is the address's: "+49*", "*@vc.example.org"; `*` stands for any letters or none.
[[nodiscard]] bool fits(const std::vector<std::string>& patterns, std::string_view address);

/// Whether a call to `address` by `mode` may go that way now.
[[nodiscard]] inline bool can_carry(const Gateway& gateway, CommunicationMode mode, std::string_view address) {
  return gateway.up && gateway.mode == mode && fits(gateway.allowed, address);
}

}  // namespace rollcall::model
