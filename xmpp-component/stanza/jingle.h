// <jingle/> as values: XEP-0166 with RTP (0167), ICE-UDP (0176), DTLS (0320), grouping (0338), feedback (0293), header
// extensions (0294) and sources (0339). Reading is lenient in what real clients get wrong (JC-37), writing is strict in
// what they cannot bear (JC-34, JC-36, JC-39).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/media_description.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view jingle_namespace = "urn:xmpp:jingle:1";
inline constexpr std::string_view jingle_errors_namespace = "urn:xmpp:jingle:errors:1";
inline constexpr std::string_view rtp_namespace = "urn:xmpp:jingle:apps:rtp:1";

enum class JingleAction {
  content_accept,
  content_add,
  content_modify,
  content_reject,
  content_remove,
  description_info,
  security_info,
  session_accept,
  session_info,
  session_initiate,
  session_terminate,
  transport_accept,
  transport_info,
  transport_reject,
  transport_replace,
};

enum class Party { initiator, responder };
enum class Senders { both, initiator, responder, none };

/// XEP-0166 §7.4.
enum class Condition {
  alternative_session,
  busy,
  cancel,
  connectivity_error,
  decline,
  expired,
  failed_application,
  failed_transport,
  general_error,
  gone,
  incompatible_parameters,
  media_error,
  security_error,
  success,
  timeout,
  unsupported_applications,
  unsupported_transports,
};

struct JingleReason {
  Condition condition = Condition::success;
  std::string text = {};
  bool operator==(const JingleReason&) const = default;
};

/// XEP-0167 <description/>. At most 64 payload types, header extensions and sources are kept each; SDES is not read
/// (JC-35).
struct RtpDescription {
  model::MediaKind kind = model::MediaKind::audio;
  std::vector<model::Codec> payload_types = {};
  std::vector<model::HeaderExtension> header_extensions = {};
  std::vector<model::Source> sources = {};
  bool rtcp_mux = false;
  std::optional<int> bandwidth_kbit = {};
  bool operator==(const RtpDescription&) const = default;
};

/// XEP-0176 <transport/>. At most 64 candidates, UDP and component 1 only; others are read over (JC-37).
struct IceTransport {
  std::string ufrag = {};
  std::string password = {};
  std::optional<model::DtlsParameters> dtls = {};
  std::vector<model::IceCandidate> candidates = {};
  bool trickle = false;  ///< says that candidates follow
  bool operator==(const IceTransport&) const = default;
};

struct Content {
  Party creator = Party::initiator;
  std::string name;
  std::optional<Senders> senders = {};  ///< not said: both, or as it was
  std::optional<RtpDescription> description = {};
  std::optional<IceTransport> transport = {};
  bool foreign = false;  ///< there is a description or transport, but of a kind that is not served here
  bool operator==(const Content&) const = default;
};

/// XEP-0167 §8. `name` is the content that it is about; empty: all.
struct SessionInfo {
  enum class Kind { ping, active, hold, unhold, mute, unmute, ringing, unknown };
  Kind kind = Kind::ping;
  std::string name = {};
  bool operator==(const SessionInfo&) const = default;
};

struct Jingle {
  JingleAction action = JingleAction::session_info;
  std::string sid;
  std::string initiator = {};
  std::string responder = {};
  std::vector<Content> contents = {};
  std::vector<std::string> bundle = {};  ///< content names of the BUNDLE group
  std::optional<JingleReason> reason = {};
  std::vector<SessionInfo> infos = {};  ///< session-info only; empty: a ping
  bool operator==(const Jingle&) const = default;
};

/// `tag` is the <jingle/>. Refuses bad_request: no sid or one over 256 bytes, an unknown action, a content without a
/// name, two of one name, more than 16.
[[nodiscard]] model::Expected<Jingle> read_jingle(const gloox::Tag& tag);
[[nodiscard]] TagPtr write_jingle(const Jingle& jingle);

/// <reason/> in the namespace of Jingle; unknown conditions are general_error.
[[nodiscard]] JingleReason read_reason(const gloox::Tag& reason);
void write_reason(gloox::Tag& parent, const JingleReason& reason, const std::string& name_space = {});

[[nodiscard]] std::string_view to_text(JingleAction action);
[[nodiscard]] std::string_view to_text(Condition condition);

}  // namespace rollcall::component::stanza
