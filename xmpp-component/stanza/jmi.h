// XEP-0353 0.8, Jingle Message Initiation: one element per message, no body (JC-11).
#pragma once

#include <optional>
#include <string>

#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view jmi_namespace = "urn:xmpp:jingle-message:0";

struct CallMessage {
  enum class Kind { propose, ringing, proceed, accept, reject, retract, finish };
  Kind kind = Kind::propose;
  std::string sid = {};
  bool audio = false;                       ///< propose: which media
  bool video = false;                       ///< propose
  std::optional<JingleReason> reason = {};  ///< reject, retract, finish
  bool tie_break = false;                   ///< reject, retract: the other's proposal won (§3.7)
  bool operator==(const CallMessage&) const = default;
};

/// The last XEP-0353 element of a <message/> (Dino reads the last one too); none: it has none, or without an id.
[[nodiscard]] std::optional<CallMessage> read_call_message(const gloox::Tag& message);
/// A whole message: type chat and a store hint, so that carbons and archives take it to the other devices.
[[nodiscard]] TagPtr write_call_message(const CallMessage& call, const std::string& from, const std::string& to,
                                        const std::string& id);
/// XEP-0184: whether a receipt is asked for, and the receipt.
[[nodiscard]] bool wants_receipt(const gloox::Tag& message);
[[nodiscard]] TagPtr write_receipt(const std::string& received_id, const std::string& from, const std::string& to,
                                   const std::string& id);

}  // namespace rollcall::component::stanza
