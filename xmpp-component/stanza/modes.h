// <modes xmlns='urn:rollcall:modes:0'/>: the ways in which a person can be reached, as his IM server holds them.
// schemas/xmpp/modes.xsd is its definition.
#pragma once

#include <string_view>

#include "allocator/model/expected.h"
#include "allocator/model/modes.h"
#include "xmpp-component/stanza/jingle_xml.h"
#include "xmpp-component/stanza/vcard.h"

namespace rollcall::component::stanza {

/// The PEP node's name too.
inline constexpr std::string_view modes_namespace = "urn:rollcall:modes:0";
inline constexpr std::string_view vcard4_namespace = "urn:ietf:params:xml:ns:vcard-4.0";
/// XEP-0292 §3.1.
inline constexpr std::string_view vcard4_node = "urn:xmpp:vcard4";

/// `modes` is the <modes/>. Refuses bad_request and bad_address, as a whole: half of somebody's list would ring where
/// he does not want it.
[[nodiscard]] model::Expected<model::Modes> read_modes(const gloox::Tag& modes);
[[nodiscard]] TagPtr write_modes(const model::Modes& modes);

/// The telephone numbers of a vCard (RFC 6351), as a list of modes; `vcard` is the <vcard/>. What is no number that
/// can be called is left out.
[[nodiscard]] model::Modes modes_of_vcard4(const gloox::Tag& vcard);
/// The same of a vcard-temp.
[[nodiscard]] model::Modes modes_of_vcard(const VCard& vcard);

}  // namespace rollcall::component::stanza
