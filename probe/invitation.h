// The text that invites a person to a conference.
#pragma once

#include <string>

namespace rollcall::probe {

/// The conference that a message speaks of: its `xmpp:` address if that lies at the sender's domain, else the sender.
[[nodiscard]] std::string invited_to(const std::string& from, const std::string& body);

}  // namespace rollcall::probe
