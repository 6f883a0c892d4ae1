#include "xmpp-component/stanza/avatar.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::string_view event_namespace = "http://jabber.org/protocol/pubsub#event";

gloox::Tag& add_items(gloox::Tag& parent, std::string_view node) {
  gloox::Tag& items = add_child(parent, "items");
  items.addAttribute("node", std::string(node));
  return items;
}

void add_metadata(gloox::Tag& items, const AvatarInfo& avatar) {
  gloox::Tag& item = add_child(items, "item");
  item.addAttribute("id", avatar.id);
  gloox::Tag& info = add_child(add_child(item, "metadata", std::string(avatar_metadata_node)), "info");
  info.addAttribute("id", avatar.id);
  info.addAttribute("type", avatar.type);
  info.addAttribute("bytes", avatar.bytes);
  info.addAttribute("width", avatar.width);
  info.addAttribute("height", avatar.height);
}

}  // namespace

std::optional<ItemsRequest> read_items_request(const gloox::Tag& pubsub) {
  const gloox::Tag* items = child_of(pubsub, "items", pubsub_namespace);
  if (!is(pubsub, "pubsub", pubsub_namespace) || items == nullptr) return std::nullopt;
  ItemsRequest request{items->findAttribute("node")};
  for (const gloox::Tag* item : items->children()) {
    if (is(*item, "item", pubsub_namespace)) request.ids.push_back(item->findAttribute("id"));
  }
  return request;
}

TagPtr write_avatar_metadata(const std::optional<AvatarInfo>& info) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_namespace));
  gloox::Tag& items = add_items(*pubsub, avatar_metadata_node);
  if (info) add_metadata(items, *info);
  return pubsub;
}

TagPtr write_avatar_data(const std::string& id, const std::string& base64) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_namespace));
  gloox::Tag& items = add_items(*pubsub, avatar_data_node);
  if (base64.empty()) return pubsub;
  gloox::Tag& item = add_child(items, "item");
  item.addAttribute("id", id);
  add_child(item, "data", std::string(avatar_data_node)).setCData(base64);
  return pubsub;
}

TagPtr write_avatar_event(const std::string& from, const std::string& to, const AvatarInfo& info) {
  TagPtr message = element("message", {});
  message->addAttribute("type", "headline");
  message->addAttribute("from", from);
  message->addAttribute("to", to);
  gloox::Tag& event = add_child(*message, "event", std::string(event_namespace));
  add_metadata(add_items(event, avatar_metadata_node), info);
  return message;
}

}  // namespace rollcall::component::stanza
