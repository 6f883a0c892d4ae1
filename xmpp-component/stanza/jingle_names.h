// Namespaces of the extensions inside <jingle/>, for the codec's own files only.
#pragma once

#include <string>

namespace rollcall::component::stanza::ns {

inline const std::string jingle = "urn:xmpp:jingle:1";
inline const std::string rtp = "urn:xmpp:jingle:apps:rtp:1";
inline const std::string rtp_info = "urn:xmpp:jingle:apps:rtp:info:1";
inline const std::string feedback = "urn:xmpp:jingle:apps:rtp:rtcp-fb:0";
inline const std::string header_extension = "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0";
inline const std::string source = "urn:xmpp:jingle:apps:rtp:ssma:0";
inline const std::string stream = "urn:xmpp:jingle:apps:rtp:msid:0";
inline const std::string ice = "urn:xmpp:jingle:transports:ice-udp:1";
inline const std::string ice_option = "http://gultsch.de/xmpp/drafts/jingle/transports/ice-udp/option";
inline const std::string dtls = "urn:xmpp:jingle:apps:dtls:0";
inline const std::string grouping = "urn:xmpp:jingle:apps:grouping:0";

}  // namespace rollcall::component::stanza::ns
