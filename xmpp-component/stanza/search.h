// Searching, XEP-0055.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view search_namespace = "jabber:iq:search";

/// What somebody looks for: a part of a name.
struct SearchRequest {
  std::string name = {};  ///< empty: everything
  bool by_form = false;   ///< he filled in the data form, and gets one back
  bool operator==(const SearchRequest&) const = default;
};

/// `query` is the <query/> of an iq of type set.
[[nodiscard]] SearchRequest read_search(const gloox::Tag& query);
[[nodiscard]] TagPtr write_search(const SearchRequest& request);
/// What can be looked for: the answer to an iq of type get.
[[nodiscard]] TagPtr write_search_form(std::string_view title, std::string_view label);
[[nodiscard]] TagPtr write_search_result(const std::vector<DiscoItem>& found, bool by_form, std::string_view label);

}  // namespace rollcall::component::stanza
