#include "xmpp-component/stanza/roster.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rollcall::component::stanza {
namespace {

constexpr auto states =
    std::to_array<std::pair<SubscriptionState, std::string_view>>({{SubscriptionState::none, "none"},
                                                                   {SubscriptionState::to, "to"},
                                                                   {SubscriptionState::from, "from"},
                                                                   {SubscriptionState::both, "both"},
                                                                   {SubscriptionState::remove, "remove"}});

void read_permissions(const gloox::Tag& tag, Privileges& privileges) {
  for (const gloox::Tag* child : tag.children()) {
    const std::string& access = child->findAttribute("access");
    const std::string& type = child->findAttribute("type");
    if (child->name() == "perm" && access == "roster") privileges.roster = type;
    if (child->name() == "perm" && access == "message") privileges.message = type;
    if (child->name() == "perm" && access == "presence") privileges.presence = type;
    read_permissions(*child, privileges);
  }
}

}  // namespace

std::vector<RosterItem> read_roster(const gloox::Tag& query) {
  std::vector<RosterItem> items;
  for (const gloox::Tag* child : query.children()) {
    if (!is(*child, "item", roster_namespace)) continue;
    RosterItem item{.jid = child->findAttribute("jid"), .name = child->findAttribute("name")};
    const std::string& text = child->findAttribute("subscription");
    const auto known = std::ranges::find_if(states, [&](const auto& entry) { return entry.second == text; });
    if (known == states.end() && !text.empty()) continue;
    if (known != states.end()) item.subscription = known->first;
    for (const gloox::Tag* group : child->children()) {
      if (is(*group, "group", roster_namespace)) item.groups.push_back(group->cdata());
    }
    items.push_back(std::move(item));
  }
  return items;
}

TagPtr write_roster(const std::vector<RosterItem>& items) {
  TagPtr query = element("query", std::string(roster_namespace));
  for (const RosterItem& item : items) {
    gloox::Tag& tag = add_child(*query, "item");
    tag.addAttribute("jid", item.jid);
    tag.addAttribute("name", item.name);
    const auto state = std::ranges::find(states, item.subscription, [](const auto& entry) { return entry.first; });
    tag.addAttribute("subscription", std::string(state->second));
    for (const std::string& group : item.groups) add_child(tag, "group").setCData(group);
  }
  return query;
}

std::optional<Privileges> read_privileges(const gloox::Tag& message) {
  for (const gloox::Tag* child : message.children()) {
    const std::string name_space = namespace_of(*child);
    if (child->name() != "privilege" ||
        (name_space != "urn:xmpp:privilege:2" && name_space != "urn:xmpp:privilege:1")) {
      continue;
    }
    Privileges privileges;
    read_permissions(*child, privileges);
    return privileges;
  }
  return std::nullopt;
}

}  // namespace rollcall::component::stanza
