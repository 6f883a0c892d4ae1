// The two smallest questions: XEP-0199 ping and XEP-0092 software version.
#pragma once

#include <string>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

[[nodiscard]] bool is_ping(const gloox::Tag& payload);
[[nodiscard]] bool asks_version(const gloox::Tag& payload);
/// The operating system is nobody's business.
[[nodiscard]] TagPtr write_version(const std::string& name, const std::string& version);

}  // namespace rollcall::component::stanza
