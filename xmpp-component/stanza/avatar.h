// XEP-0084 avatars as a contact publishes them itself (XEP-0060 items, §4 of XEP-0163).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp-component/stanza/jingle_xml.h"
#include "xmpp-component/stanza/pubsub.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view avatar_metadata_node = "urn:xmpp:avatar:metadata";
inline constexpr std::string_view avatar_data_node = "urn:xmpp:avatar:data";

/// The <info/> of XEP-0084 §4.2.1; `id` is the SHA-1 of the bytes.
struct AvatarInfo {
  std::string id;
  std::string type = "image/png";
  int bytes = 0;
  int width = 0;
  int height = 0;
};

/// A question for items of a node (XEP-0060 §6.5).
struct ItemsRequest {
  std::string node;
  std::vector<std::string> ids = {};  ///< empty: all of them
};

/// From the <pubsub/> of an iq; none: it asks for something else.
[[nodiscard]] std::optional<ItemsRequest> read_items_request(const gloox::Tag& pubsub);
/// The <pubsub/> that answers. A missing picture is an empty list.
[[nodiscard]] TagPtr write_avatar_metadata(const std::optional<AvatarInfo>& info);
[[nodiscard]] TagPtr write_avatar_data(const std::string& id, const std::string& base64);

/// The headline by which the contact tells of its picture; `from` is bare.
[[nodiscard]] TagPtr write_avatar_event(const std::string& from, const std::string& to, const AvatarInfo& info);

}  // namespace rollcall::component::stanza
