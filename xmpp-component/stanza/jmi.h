// XEP-0353 0.8, Jingle Message Initiation: one element per message, no body (JC-11).
#pragma once

#include <optional>
#include <string>

#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view jmi_namespace = "urn:xmpp:jingle-message:0";
inline constexpr std::string_view call_invites_namespace = "urn:xmpp:call-invites:0";

struct CallMessage {
  enum class Kind { propose, ringing, proceed, accept, reject, retract, finish };
  Kind kind = Kind::propose;
  std::string sid = {};
  bool audio = false;                       ///< propose: which media
  bool video = false;                       ///< propose
  std::optional<JingleReason> reason = {};  ///< reject, retract, finish
  bool by_invite = false;                   ///< XEP-0482 instead: invite, retract, accept, reject, left (JC-50)
  bool tie_break = false;                   ///< reject, retract: the other's proposal won (§3.7)
  bool operator==(const CallMessage&) const = default;
};

/// The last XEP-0353 element, or an answer of XEP-0482's, of a <message/> (Dino reads the last one too); none: it has
/// none, or without an id.
[[nodiscard]] std::optional<CallMessage> read_call_message(const gloox::Tag& message);
/// A whole message: type chat and a store hint, so that carbons and archives take it to the other devices. By XEP-0482
/// there are only propose, retract and finish, and the id of the proposal must be the sid.
[[nodiscard]] TagPtr write_call_message(const CallMessage& call, const std::string& from, const std::string& to,
                                        const std::string& id);
/// XEP-0184: whether a receipt is asked for, and the receipt.
[[nodiscard]] bool wants_receipt(const gloox::Tag& message);
[[nodiscard]] TagPtr write_receipt(const std::string& received_id, const std::string& from, const std::string& to,
                                   const std::string& id);

}  // namespace rollcall::component::stanza
