// Jingle ⇄ SDP, the way a Jabber client with a WebRTC library inside does it (XEP-0167, 0176, 0293, 0294, 0320, 0338,
// 0339). On purpose it shares nothing with the component's Jingle and with the `sdp` room: the probe is the other
// implementation that ours is tested against.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "probe/stanza.h"

namespace rollcall::probe {

inline constexpr auto ns_jingle = "urn:xmpp:jingle:1";
inline constexpr auto ns_rtp = "urn:xmpp:jingle:apps:rtp:1";
inline constexpr auto ns_ice = "urn:xmpp:jingle:transports:ice-udp:1";
inline constexpr auto ns_dtls = "urn:xmpp:jingle:apps:dtls:0";
inline constexpr auto ns_grouping = "urn:xmpp:jingle:apps:grouping:0";

/// Who writes the description; decides what `sendonly` and `senders` mean to each other.
enum class Role { initiator, responder };

struct JingleOptions {
  Role writer = Role::initiator;
  bool candidates = true;  ///< false: they follow by transport-info
};

/// Puts `<group/>` and one `<content/>` per m-line into a jingle element. Refuses bad_request when `sdp` is not SDP.
[[nodiscard]] model::Expected<Stanza> fill_jingle(Stanza jingle, const std::string& sdp, const JingleOptions& options);

/// The SDP text for webrtcbin. `writer` is the jingle element's author. Refuses with a sentence: bad_request, or
/// no_security for a content without fingerprint.
[[nodiscard]] model::Expected<std::string> sdp_from_jingle(const Stanza& jingle, Role writer);

/// One line of webrtcbin, `candidate:…`, as XEP-0176 element; nothing for TCP.
[[nodiscard]] std::optional<Stanza> candidate_element(const std::string& line);
/// And back; nothing for TCP and for component 2, of which webrtcbin has none.
[[nodiscard]] std::optional<std::string> candidate_line(const Stanza& candidate);

/// What a transport-info needs besides the candidate.
struct ContentTransport {
  std::string name;
  std::string ufrag;
  std::string password;
};
/// One per m-line, in order.
[[nodiscard]] std::vector<ContentTransport> content_transports(const std::string& sdp);

/// The kinds of media of an SDP in order, "audio" and "video".
[[nodiscard]] std::vector<std::string> media_kinds(const std::string& sdp);

}  // namespace rollcall::probe
