#include "xmpp-component/presence/devices.h"

#include <algorithm>

#include "xmpp-component/stanza/caps.h"

namespace rollcall::component::presence {

Abilities abilities_of(const stanza::DiscoInfo& info) {
  Abilities abilities;
  const bool calls = info.has("urn:xmpp:jingle:1") && info.has("urn:xmpp:jingle:apps:rtp:1") &&
                     info.has("urn:xmpp:jingle:transports:ice-udp:1") && info.has("urn:xmpp:jingle:apps:dtls:0");
  abilities.audio = calls && info.has("urn:xmpp:jingle:apps:rtp:audio");
  abilities.video = calls && info.has("urn:xmpp:jingle:apps:rtp:video");
  abilities.message = info.has("urn:xmpp:jingle-message:0");
  abilities.invites = info.has("urn:xmpp:call-invites:0");
  abilities.bundle = info.has("urn:xmpp:jingle:apps:grouping:0") || info.has("urn:ietf:rfc:5888");
  abilities.avatars = info.has("urn:xmpp:avatar:metadata+notify");
  if (!info.identities.empty()) abilities.name = info.identities.front().name;
  return abilities;
}

std::optional<CapsQuestion> Devices::seen(const model::Address& device, const stanza::Presence& presence) {
  if (presence.type != stanza::PresenceType::available) {
    const auto person = people_.find(device.bare());
    if (person == people_.end()) return std::nullopt;
    person->second.erase(device.resource());
    if (person->second.empty() || device.is_bare()) people_.erase(person);
    return std::nullopt;
  }
  auto& resources = people_[device.bare()];
  const bool is_new = !resources.contains(device.resource());
  if (is_new && resources.size() >= most_devices_each) return std::nullopt;
  const std::string ver_key =
      presence.caps && presence.caps->hash == "sha-1" ? presence.caps->node + "#" + presence.caps->ver : "";
  Known& known = resources[device.resource()];
  const bool is_changed = is_new || known.ver_key != ver_key;
  known.priority = presence.priority;
  if (!is_changed) return std::nullopt;
  known.ver_key = ver_key;
  known.abilities.reset();
  if (ver_key.empty()) return CapsQuestion{device};
  if (by_ver_.contains(ver_key) || asked_vers_.contains(ver_key)) return std::nullopt;
  if (asked_vers_.size() >= most_vers) return CapsQuestion{device, ver_key};
  asked_vers_.insert(ver_key);
  return CapsQuestion{device, ver_key};
}

void Devices::answered(const CapsQuestion& question, const model::Expected<stanza::DiscoInfo>& info) {
  asked_vers_.erase(question.node);  // the next device with this ver is asked if this answer was of no use
  if (!info) return;
  const Abilities abilities = abilities_of(*info);
  if (!question.node.empty() && question.node.ends_with("#" + stanza::caps_hash(*info)) && by_ver_.size() < most_vers) {
    by_ver_[question.node] = abilities;
    return;
  }
  const auto person = people_.find(question.device.bare());
  if (person == people_.end()) return;
  const auto known = person->second.find(question.device.resource());
  if (known != person->second.end()) known->second.abilities = abilities;
}

void Devices::forget(const model::Address& person) {
  people_.erase(person.bare());
}

void Devices::forget_all() {
  people_.clear();
  asked_vers_.clear();
}

std::vector<Device> Devices::of(const model::Address& person) const {
  std::vector<Device> devices;
  const auto found = people_.find(person.bare());
  if (found == people_.end()) return devices;
  for (const auto& [resource, known] : found->second) {
    const auto by_ver = by_ver_.find(known.ver_key);
    devices.push_back({found->first.with_resource(resource), known.priority,
                       by_ver != by_ver_.end() ? std::optional(by_ver->second) : known.abilities});
  }
  std::ranges::stable_sort(devices, std::ranges::greater{}, &Device::priority);
  return devices;
}

}  // namespace rollcall::component::presence
