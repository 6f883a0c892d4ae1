// What group chats (XEP-0045) say: invitations, who is there, how one gets in and out.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "allocator/model/address.h"
#include "xmpp-component/stanza/presence.h"

namespace rollcall::component::stanza {

/// XEP-0045 §7.8.2 (by way of the group chat) or XEP-0249 (directly).
struct GroupInvitation {
  model::Address group;    ///< bare
  model::Address inviter;  ///< as the group chat says: maybe only his place in it; directly: his own address
  bool is_direct = false;
  std::string password = {};
  bool operator==(const GroupInvitation&) const = default;
};

/// None: this is no invitation, or not from where it should be.
[[nodiscard]] std::optional<GroupInvitation> read_group_invitation(const gloox::Tag& message);
[[nodiscard]] TagPtr write_group_invitation(const GroupInvitation& invitation, const model::Address& us);
/// XEP-0045 §7.8.2 for what came through the group chat; none for what came directly, which has no such answer.
[[nodiscard]] TagPtr write_group_decline(const GroupInvitation& invitation, const model::Address& us,
                                         const std::string& why);

/// A presence from a group chat: of somebody in it, of ourselves, or that we do not get in.
struct GroupPresence {
  model::Address from = {};  ///< group@service/nick
  PresenceType type = PresenceType::available;
  std::set<int> codes = {};          ///< XEP-0045 §15.6
  model::Address person = {};        ///< his own address; empty: hidden
  std::string affiliation = {};      ///< owner, admin, member, none
  std::string role = {};             ///< visitor, participant, moderator, none
  std::string new_nick = {};         ///< with code 303
  bool is_destroyed = false;         ///< the whole group chat
  std::string error_condition = {};  ///< of type error
  bool operator==(const GroupPresence&) const = default;
};

/// None: this is no presence of a kind that comes from group chats. An error is one from wherever it comes.
[[nodiscard]] std::optional<GroupPresence> read_group_presence(const gloox::Tag& presence);
[[nodiscard]] TagPtr write_group_presence(const GroupPresence& presence, const model::Address& us);

/// Our entrance, §7.2.1: without history; with the password, where one is needed.
[[nodiscard]] TagPtr write_group_entrance(const model::Address& us, const model::Address& place, const Caps& caps,
                                          const std::string& password);

/// Something said to all in a group chat, or (`to` is somebody's place) to one of them.
struct GroupLine {
  model::Address from = {};
  model::Address to = {};
  std::string id = {};
  std::string body = {};
  std::string corrects = {};  ///< XEP-0308: the id of what this one replaces
};
[[nodiscard]] TagPtr write_group_line(const GroupLine& line);

}  // namespace rollcall::component::stanza
