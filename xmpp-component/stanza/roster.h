// One entry of somebody's contact list (RFC 6121 §2), as written with XEP-0356, and the server's word on what we may
// do.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view roster_namespace = "jabber:iq:roster";

/// RFC 6121 §2.1.2.5; `remove` only in a set.
enum class SubscriptionState { none, to, from, both, remove };

struct RosterItem {
  std::string jid;
  std::string name = {};
  SubscriptionState subscription = SubscriptionState::none;
  std::vector<std::string> groups = {};
  bool operator==(const RosterItem&) const = default;
};

/// `query` is the <query/>; items with an unknown subscription are left out.
[[nodiscard]] std::vector<RosterItem> read_roster(const gloox::Tag& query);
[[nodiscard]] TagPtr write_roster(const std::vector<RosterItem>& items);

/// XEP-0356 §4.2, versions 1 and 2. "none" is what is not granted.
struct Privileges {
  std::string roster = "none";    ///< none, get, set, both
  std::string message = "none";   ///< none, outgoing
  std::string presence = "none";  ///< none, managed_entity, roster
  bool operator==(const Privileges&) const = default;
};

/// From a <message/> of the server; none: it says nothing of it. Read leniently: Prosody 0.12 nests wrongly.
[[nodiscard]] std::optional<Privileges> read_privileges(const gloox::Tag& message);

}  // namespace rollcall::component::stanza
