#include "xmpp-component/stanza/disco.h"

#include <algorithm>

#include "xmpp-component/stanza/language.h"

namespace rollcall::component::stanza {

bool DiscoInfo::has(std::string_view feature) const {
  return std::ranges::find(features, feature) != features.end();
}

DiscoInfo read_disco_info(const gloox::Tag& query) {
  DiscoInfo info{.node = query.findAttribute("node")};
  for (const gloox::Tag* child : query.children()) {
    if (is(*child, "identity", disco_info_namespace)) {
      info.identities.push_back({child->findAttribute("category"), child->findAttribute("type"),
                                 child->findAttribute("name"), language_of(*child)});
    } else if (is(*child, "feature", disco_info_namespace)) {
      info.features.push_back(child->findAttribute("var"));
    } else if (is(*child, "x", "jabber:x:data")) {
      if (auto form = read_form(*child)) info.forms.push_back(std::move(*form));
    }
  }
  return info;
}

TagPtr write_disco_info(const DiscoInfo& info) {
  TagPtr query = element("query", std::string(disco_info_namespace));
  query->addAttribute("node", info.node);
  for (const Identity& identity : info.identities) {
    gloox::Tag& tag = add_child(*query, "identity");
    tag.addAttribute("category", identity.category);
    tag.addAttribute("type", identity.type);
    tag.addAttribute("name", identity.name);
    tag.addAttribute("xml:lang", identity.language);
  }
  for (const std::string& feature : info.features) add_child(*query, "feature").addAttribute("var", feature);
  for (const DataForm& form : info.forms) query->addChild(write_form(form).release());
  return query;
}

DiscoItems read_disco_items(const gloox::Tag& query) {
  DiscoItems items{.node = query.findAttribute("node")};
  for (const gloox::Tag* child : query.children()) {
    if (!is(*child, "item", disco_items_namespace)) continue;
    items.items.push_back({child->findAttribute("jid"), child->findAttribute("node"), child->findAttribute("name")});
  }
  return items;
}

TagPtr write_disco_items(const DiscoItems& items) {
  TagPtr query = element("query", std::string(disco_items_namespace));
  query->addAttribute("node", items.node);
  for (const DiscoItem& item : items.items) {
    gloox::Tag& tag = add_child(*query, "item");
    tag.addAttribute("jid", item.jid);
    tag.addAttribute("node", item.node);
    tag.addAttribute("name", item.name);
  }
  return query;
}

}  // namespace rollcall::component::stanza
