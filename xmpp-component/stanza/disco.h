// Service discovery, XEP-0030.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/data_form.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view disco_info_namespace = "http://jabber.org/protocol/disco#info";
inline constexpr std::string_view disco_items_namespace = "http://jabber.org/protocol/disco#items";

struct Identity {
  std::string category;
  std::string type;
  std::string name = {};
  std::string language = {};
  auto operator<=>(const Identity&) const = default;
};

struct DiscoInfo {
  std::string node = {};
  std::vector<Identity> identities = {};
  std::vector<std::string> features = {};
  std::vector<DataForm> forms = {};  ///< XEP-0128
  bool operator==(const DiscoInfo&) const = default;

  [[nodiscard]] bool has(std::string_view feature) const;
};

struct DiscoItem {
  std::string jid;
  std::string node = {};
  std::string name = {};
  bool operator==(const DiscoItem&) const = default;
};

struct DiscoItems {
  std::string node = {};
  std::vector<DiscoItem> items = {};
  bool operator==(const DiscoItems&) const = default;
};

/// `query` is the <query/>, asked or answered; a question is one with nothing in it but the node.
[[nodiscard]] DiscoInfo read_disco_info(const gloox::Tag& query);
[[nodiscard]] TagPtr write_disco_info(const DiscoInfo& info);
[[nodiscard]] DiscoItems read_disco_items(const gloox::Tag& query);
[[nodiscard]] TagPtr write_disco_items(const DiscoItems& items);

}  // namespace rollcall::component::stanza
