// A <message/> that a person wrote or reads, and what rides on it.
#pragma once

#include <optional>
#include <string>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

/// RFC 6121 §5.2.2; what is not known there is `normal`.
enum class MessageType { normal, chat, groupchat, headline, error };

/// A message as read, or to be written.
struct Message {
  MessageType type = MessageType::chat;
  std::string from;
  std::string to;
  std::string id = {};
  std::optional<std::string> body = {};     ///< the one without a language of its own, or the first
  std::string language = {};                ///< xml:lang of the message
  std::string nick = {};                    ///< XEP-0172
  std::string thread = {};                  ///< RFC 6121 §5.2.5
  std::optional<std::string> receipt = {};  ///< XEP-0184 <received/>: the id that was received
  bool wants_receipt = false;               ///< XEP-0184 <request/>
  bool store = false;                       ///< XEP-0334 <store/>: keep for who is offline (JC-40)
  bool delayed = false;                     ///< read only: XEP-0203, from an archive or an offline store
  bool carbon = false;                      ///< read only: XEP-0280 <sent/> or <received/>, meant for others
  bool encrypted = false;                   ///< read only: OMEMO, OpenPGP or XEP-0380; the body is a placeholder
  bool amends = false;     ///< read only: corrects, retracts or decorates an earlier one (XEP-0308, …)
  bool from_room = false;  ///< read only: by way of a group chat (XEP-0045)
  bool operator==(const Message&) const = default;
};

[[nodiscard]] Message read_message(const gloox::Tag& message);
[[nodiscard]] TagPtr write_message(const Message& message);

/// JC-51: whether this is something a person typed for us: chat or normal, with a body that is not blank, neither
/// delayed, copied, encrypted, bounced nor from a group chat, and new.
[[nodiscard]] bool is_spoken_to_us(const Message& message);

}  // namespace rollcall::component::stanza
