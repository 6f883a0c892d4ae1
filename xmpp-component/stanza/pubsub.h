// What is published at people's own servers: personal eventing (XEP-0163) over publish-subscribe (XEP-0060).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view pubsub_namespace = "http://jabber.org/protocol/pubsub";
inline constexpr std::string_view pubsub_event_namespace = "http://jabber.org/protocol/pubsub#event";
inline constexpr std::string_view pubsub_owner_namespace = "http://jabber.org/protocol/pubsub#owner";

/// News of a node, as it comes in a message.
struct PubsubEvent {
  std::string node = {};
  const gloox::Tag* payload = nullptr;  ///< of the item that was published, inside the message; null: it is gone
};

/// None: the message is no such news.
[[nodiscard]] std::optional<PubsubEvent> read_pubsub_event(const gloox::Tag& message);

/// The last item of a node, asked for.
[[nodiscard]] TagPtr write_items_request(std::string_view node);
/// Of the answer's <pubsub/>: the item's payload; null: there is none.
[[nodiscard]] const gloox::Tag* payload_in(const gloox::Tag& pubsub, std::string_view node);

/// Publishes the one item of a node that only its owner and who was let in may read (XEP-0060 §7.1.5 publish-options).
[[nodiscard]] TagPtr write_publish(std::string_view node, std::string_view item, TagPtr payload);
/// Lets `reader` (a Jabber address) read the node.
[[nodiscard]] TagPtr write_let_in(std::string_view node, const std::string& reader);
/// The node, and all that is in it, goes away.
[[nodiscard]] TagPtr write_delete_node(std::string_view node);

}  // namespace rollcall::component::stanza
