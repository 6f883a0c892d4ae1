// JC-54: what a contact looks like, by both protocols: XEP-0153 with the vCard, and XEP-0084 as an account's own nodes.
#include <algorithm>
#include <utility>

#include "xmpp-component/presence/entries.h"
#include "xmpp-component/stanza/avatar.h"

namespace rollcall::component::presence {
namespace {

stanza::AvatarInfo info_of(const Avatar& avatar) {
  return {.id = std::string(avatar.hash), .bytes = avatar.bytes, .width = avatar.width, .height = avatar.height};
}

}  // namespace

const Avatar& Entries::avatar_for(const Address& contact) const {
  const bool is_conference = settings_.places.kind_of(contact) == ContactKind::conference;
  return avatar_of(ConferenceId(is_conference ? contact.node() : ""));
}

void Entries::show_avatar(const Address& contact, const Address& to, Outcome& outcome) const {
  outcome.stanzas.push_back(stanza::write_avatar_event(contact.bare().text(), to.text(), info_of(avatar_for(contact))));
}

void Entries::show_avatar_to_device(const Address& contact, const Address& device, bool is_there, Outcome& outcome) {
  const std::pair key{device, contact.bare()};
  if (!is_there) {
    avatar_shown_.erase(key);
    return;
  }
  const auto devices = devices_.of(device.bare());
  const auto known = std::ranges::find(devices, device, &Device::address);
  const bool wants_none = known != devices.end() && known->abilities && !known->abilities->avatars;
  if (wants_none || contact.node().empty() || !avatar_shown_.insert(key).second) return;
  show_avatar(contact, device, outcome);
}

model::Expected<TagPtr> Entries::items(const Address& asked, const gloox::Tag& pubsub) const {
  if (!exists(asked)) return model::refuse(model::Reason::unknown_conference, asked.node());
  const auto request = stanza::read_items_request(pubsub);
  const bool is_metadata = request && request->node == stanza::avatar_metadata_node;
  const bool is_data = request && request->node == stanza::avatar_data_node;
  if (!is_metadata && !is_data) return model::refuse(model::Reason::unknown_method);
  const Avatar& avatar = avatar_for(asked);
  const bool is_wanted =
      request->ids.empty() || std::ranges::find(request->ids, std::string(avatar.hash)) != request->ids.end();
  if (is_metadata) return stanza::write_avatar_metadata(is_wanted ? std::optional(info_of(avatar)) : std::nullopt);
  return stanza::write_avatar_data(std::string(avatar.hash), is_wanted ? std::string(avatar.base64) : "");
}

}  // namespace rollcall::component::presence
