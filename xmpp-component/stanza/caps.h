// Entity capabilities, XEP-0115.
#pragma once

#include <string>

#include "xmpp-component/stanza/disco.h"

namespace rollcall::component::stanza {

/// The `ver` of XEP-0115 §5 with sha-1. The node of `info` does not count.
[[nodiscard]] std::string caps_hash(const DiscoInfo& info);

}  // namespace rollcall::component::stanza
