// <presence/>, RFC 6121 §3 and §4, with what rides on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

/// `available` has no type attribute. The four in the middle are the subscription kinds of RFC 6121 §3.
enum class PresenceType { available, unavailable, subscribe, subscribed, unsubscribe, unsubscribed, probe, error };
/// RFC 6121 §4.7.2.1; `online` has no <show/>.
enum class Show { online, chat, away, xa, dnd };

/// XEP-0115 <c/>.
struct Caps {
  std::string node;
  std::string ver;
  std::string hash = "sha-1";
  bool operator==(const Caps&) const = default;
};

struct Presence {
  PresenceType type = PresenceType::available;
  std::string from = {};
  std::string to = {};
  Show show = Show::online;
  std::string status = {};
  int priority = 0;
  std::string nick = {};                       ///< XEP-0172
  std::optional<Caps> caps = {};               ///< XEP-0115
  std::optional<std::string> photo_hash = {};  ///< XEP-0153; empty: "no picture"
  bool operator==(const Presence&) const = default;
};

/// None: a type that RFC 6121 does not know.
[[nodiscard]] std::optional<Presence> read_presence(const gloox::Tag& presence);
/// JC-3: one <c/>, nothing of group chats.
[[nodiscard]] TagPtr write_presence(const Presence& presence);

[[nodiscard]] std::string_view to_text(PresenceType type);
[[nodiscard]] std::string_view to_text(Show show);

}  // namespace rollcall::component::stanza
