#include "xmpp-component/stanza/pubsub.h"

#include "xmpp-component/stanza/data_form.h"

namespace rollcall::component::stanza {
namespace {

const gloox::Tag* payload_of(const gloox::Tag& items, std::string_view name_space) {
  const gloox::Tag* payload = nullptr;
  for (const gloox::Tag* item : items.children()) {
    if (is(*item, "item", name_space) && !item->children().empty()) payload = item->children().front();
  }
  return payload;
}

}  // namespace

std::optional<PubsubEvent> read_pubsub_event(const gloox::Tag& message) {
  const gloox::Tag* event = child_of(message, "event", pubsub_event_namespace);
  if (event == nullptr || event->children().empty()) return std::nullopt;
  const gloox::Tag& what = *event->children().front();
  PubsubEvent news{.node = what.findAttribute("node")};
  if (what.name() == "delete" || what.name() == "purge") return news;
  if (what.name() != "items") return std::nullopt;
  news.payload = payload_of(what, pubsub_event_namespace);
  const bool is_retraction = child_of(what, "retract", pubsub_event_namespace) != nullptr;
  if (news.payload == nullptr && !is_retraction) return std::nullopt;  // an item without a payload says nothing
  return news;
}

TagPtr write_items_request(std::string_view node) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_namespace));
  gloox::Tag& items = add_child(*pubsub, "items");
  items.addAttribute("node", std::string(node));
  items.addAttribute("max_items", "1");
  return pubsub;
}

const gloox::Tag* payload_in(const gloox::Tag& pubsub, std::string_view node) {
  const gloox::Tag* items = child_of(pubsub, "items", pubsub_namespace);
  if (items == nullptr || items->findAttribute("node") != node) return nullptr;
  return payload_of(*items, pubsub_namespace);
}

TagPtr write_publish(std::string_view node, std::string_view item, TagPtr payload) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_namespace));
  gloox::Tag& publish = add_child(*pubsub, "publish");
  publish.addAttribute("node", std::string(node));
  gloox::Tag& entry = add_child(publish, "item");
  entry.addAttribute("id", std::string(item));
  entry.addChild(payload.release());
  const DataForm options{
      .type = FormType::submit,
      .fields = {{.var = "FORM_TYPE",
                  .type = FieldType::hidden,
                  .values = {"http://jabber.org/protocol/pubsub#publish-options"}},
                 {.var = "pubsub#persist_items", .type = FieldType::text_single, .values = {"true"}},
                 {.var = "pubsub#access_model", .type = FieldType::text_single, .values = {"whitelist"}}}};
  add_child(*pubsub, "publish-options").addChild(write_form(options).release());
  return pubsub;
}

TagPtr write_let_in(std::string_view node, const std::string& reader) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_owner_namespace));
  gloox::Tag& affiliations = add_child(*pubsub, "affiliations");
  affiliations.addAttribute("node", std::string(node));
  gloox::Tag& affiliation = add_child(affiliations, "affiliation");
  affiliation.addAttribute("jid", reader);
  affiliation.addAttribute("affiliation", "member");
  return pubsub;
}

TagPtr write_delete_node(std::string_view node) {
  TagPtr pubsub = element("pubsub", std::string(pubsub_owner_namespace));
  add_child(*pubsub, "delete").addAttribute("node", std::string(node));
  return pubsub;
}

}  // namespace rollcall::component::stanza
