#include "xmpp-component/stanza/group_chat.h"

#include <utility>

#include "xmpp-component/stanza/stanza_error.h"

namespace rollcall::component::stanza {
namespace {

using model::Address;

const std::string muc_namespace = "http://jabber.org/protocol/muc";
const std::string user_namespace = "http://jabber.org/protocol/muc#user";
const std::string direct_namespace = "jabber:x:conference";
const std::string correct_namespace = "urn:xmpp:message-correct:0";
constexpr std::uint32_t highest_code = 999;
constexpr std::size_t most_codes = 32;

Address address_in(const gloox::Tag& tag, const std::string& attribute) {
  return Address::parse(tag.findAttribute(attribute)).value_or(Address{});
}

std::string text_of(const gloox::Tag* tag) {
  return tag == nullptr ? std::string() : tag->cdata();
}

std::optional<GroupInvitation> read_mediated(const gloox::Tag& user, const Address& from) {
  const gloox::Tag* invite = child_of(user, "invite", user_namespace);
  if (invite == nullptr || from.node().empty() || !from.is_bare()) return std::nullopt;
  const Address inviter = address_in(*invite, "from");
  if (inviter.empty()) return std::nullopt;
  return GroupInvitation{from, inviter, false, text_of(child_of(user, "password", user_namespace))};
}

void read_codes(const gloox::Tag& user, std::set<int>& codes) {
  for (const gloox::Tag* child : user.children()) {
    if (!is(*child, "status", user_namespace) || codes.size() >= most_codes) continue;
    if (const auto code = number_in(child->findAttribute("code"), highest_code)) codes.insert(static_cast<int>(*code));
  }
}

}  // namespace

std::optional<GroupInvitation> read_group_invitation(const gloox::Tag& message) {
  const Address from = address_in(message, "from");
  if (message.name() != "message" || message.findAttribute("type") == "error" || from.empty()) return std::nullopt;
  // Servers put the direct kind into the other one, for clients that know only that.
  if (const gloox::Tag* user = child_of(message, "x", user_namespace)) return read_mediated(*user, from);
  const gloox::Tag* direct = child_of(message, "x", direct_namespace);
  if (direct == nullptr || from.node().empty()) return std::nullopt;
  const Address group = address_in(*direct, "jid");
  if (group.node().empty()) return std::nullopt;
  return GroupInvitation{group.bare(), from, true, direct->findAttribute("password")};
}

TagPtr write_group_invitation(const GroupInvitation& invitation, const Address& us) {
  TagPtr message = element("message", {});
  message->addAttribute("from", (invitation.is_direct ? invitation.inviter : invitation.group).text());
  message->addAttribute("to", us.text());
  if (invitation.is_direct) {
    gloox::Tag& direct = add_child(*message, "x", direct_namespace);
    direct.addAttribute("jid", invitation.group.text());
    if (!invitation.password.empty()) direct.addAttribute("password", invitation.password);
    return message;
  }
  gloox::Tag& user = add_child(*message, "x", user_namespace);
  add_child(user, "invite").addAttribute("from", invitation.inviter.text());
  if (!invitation.password.empty()) add_child(user, "password").setCData(invitation.password);
  return message;
}

TagPtr write_group_decline(const GroupInvitation& invitation, const Address& us, const std::string& why) {
  if (invitation.is_direct) return nullptr;
  TagPtr message = element("message", {});
  message->addAttribute("from", us.text());
  message->addAttribute("to", invitation.group.text());
  gloox::Tag& decline = add_child(add_child(*message, "x", user_namespace), "decline");
  decline.addAttribute("to", invitation.inviter.text());
  add_child(decline, "reason").setCData(why);
  return message;
}

std::optional<GroupPresence> read_group_presence(const gloox::Tag& tag) {
  const auto plain = read_presence(tag);
  const Address from = address_in(tag, "from");
  if (!plain || from.node().empty()) return std::nullopt;
  GroupPresence presence{.from = from, .type = plain->type};
  if (plain->type == PresenceType::error) {
    presence.error_condition = read_error(tag).condition;
    return presence;
  }
  const gloox::Tag* user = child_of(tag, "x", user_namespace);
  const bool is_kind = plain->type == PresenceType::available || plain->type == PresenceType::unavailable;
  if (user == nullptr || !is_kind || from.is_bare()) return std::nullopt;
  read_codes(*user, presence.codes);
  if (const gloox::Tag* item = child_of(*user, "item", user_namespace)) {
    presence.person = address_in(*item, "jid");
    presence.affiliation = item->findAttribute("affiliation");
    presence.role = item->findAttribute("role");
    presence.new_nick = item->findAttribute("nick");
  }
  presence.is_destroyed = child_of(*user, "destroy", user_namespace) != nullptr;
  return presence;
}

TagPtr write_group_presence(const GroupPresence& presence, const Address& us) {
  TagPtr tag = write_presence({.type = presence.type, .from = presence.from.text(), .to = us.text()});
  if (presence.type == PresenceType::error) {
    tag->addChild(write_error(StanzaError{"cancel", presence.error_condition}).release());
    return tag;
  }
  gloox::Tag& user = add_child(*tag, "x", user_namespace);
  gloox::Tag& item = add_child(user, "item");
  if (!presence.person.empty()) item.addAttribute("jid", presence.person.text());
  if (!presence.affiliation.empty()) item.addAttribute("affiliation", presence.affiliation);
  if (!presence.role.empty()) item.addAttribute("role", presence.role);
  if (!presence.new_nick.empty()) item.addAttribute("nick", presence.new_nick);
  for (const int code : presence.codes) add_child(user, "status").addAttribute("code", std::to_string(code));
  if (presence.is_destroyed) add_child(user, "destroy");
  return tag;
}

TagPtr write_group_entrance(const Address& us, const Address& place, const Caps& caps, const std::string& password) {
  TagPtr tag = write_presence({.from = us.text(), .to = place.text(), .caps = caps});
  gloox::Tag& entrance = add_child(*tag, "x", muc_namespace);
  add_child(entrance, "history").addAttribute("maxstanzas", "0");
  if (!password.empty()) add_child(entrance, "password").setCData(password);
  return tag;
}

TagPtr write_group_line(const GroupLine& line) {
  const bool is_for_all = line.to.is_bare();
  TagPtr tag = element("message", {});
  tag->addAttribute("type", is_for_all ? "groupchat" : "chat");
  tag->addAttribute("from", line.from.text());
  tag->addAttribute("to", line.to.text());
  tag->addAttribute("id", line.id);
  add_child(*tag, "body").setCData(line.body);
  if (!line.corrects.empty()) add_child(*tag, "replace", correct_namespace).addAttribute("id", line.corrects);
  if (!is_for_all) add_child(*tag, "x", user_namespace);
  return tag;
}

}  // namespace rollcall::component::stanza
