#include "probe/roster.h"

namespace rollcall::probe {
namespace {

constexpr auto ns_roster = "jabber:iq:roster";

}  // namespace

Stanza Roster::query() {
  return Stanza("iq", {}, {{"type", "get"}}).add(Stanza("query", ns_roster));
}

void Roster::take_roster(const Stanza& iq) {
  take_items(iq.child("query", ns_roster));
}

void Roster::take_items(const Stanza& query) {
  for (const auto& item : query.children("item")) {
    const auto address = item.attribute("jid");
    const auto subscription = item.attribute("subscription");
    items_[address] = subscription;
    if (on_item) on_item(address, subscription, item.attribute("name"));
  }
}

bool Roster::take(const Stanza& stanza, const std::string& own_address) {
  if (stanza.name() == "presence") return take_presence(stanza), true;
  const auto query = stanza.child("query", ns_roster);
  if (stanza.name() != "iq" || stanza.attribute("type") != "set" || !query) return false;
  const auto from = stanza.attribute("from");
  if (!from.empty() && from != bare(own_address)) return false;  // only the own server may push (RFC 6121, 2.1.6)
  take_items(query);
  send_(Stanza("iq", {}, {{"type", "result"}, {"id", stanza.attribute("id")}, {"to", from}}));
  return true;
}

void Roster::take_presence(const Stanza& stanza) {
  Presence presence{.from = stanza.attribute("from"),
                    .type = stanza.attribute("type"),
                    .show = stanza.child("show").text(),
                    .status = stanza.child("status").text(),
                    .nick = stanza.child("nick", "http://jabber.org/protocol/nick").text()};
  const auto contact = bare(presence.from);
  if (presence.type == "subscribe") {
    send_(Stanza("presence", {}, {{"to", contact}, {"type", "subscribed"}}));
    const auto known = subscription(contact);
    if (known != "to" && known != "both") subscribe(contact);
  }
  if (presence.type.empty() || presence.type == "unavailable") presences_[presence.from] = presence;
  if (on_presence) on_presence(presence);
}

void Roster::subscribe(const std::string& address) {
  send_(Stanza("presence", {}, {{"to", bare(address)}, {"type", "subscribe"}}));
}

std::optional<std::string> Roster::available_resource(const std::string& contact) const {
  for (const auto& [address, presence] : presences_) {
    if (bare(address) == contact && address != contact && presence.available()) return address;
  }
  return std::nullopt;
}

std::string Roster::subscription(const std::string& contact) const {
  const auto found = items_.find(contact);
  return found == items_.end() ? "" : found->second;
}

}  // namespace rollcall::probe
