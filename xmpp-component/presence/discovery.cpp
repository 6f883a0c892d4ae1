#include "xmpp-component/presence/discovery.h"

#include <utility>

#include "xmpp-component/stanza/caps.h"

namespace rollcall::component::presence {
namespace {

using stanza::DiscoInfo;

/// JC-7, and JC-6 for what is not in it.
DiscoInfo callable_info() {
  return {.identities = {{"client", "bot", "Rollcall"}},
          .features = {"http://jabber.org/protocol/caps",
                       "http://jabber.org/protocol/commands",
                       "http://jabber.org/protocol/disco#info",
                       "http://jabber.org/protocol/disco#items",
                       "jabber:iq:version",
                       "jabber:x:data",
                       "urn:ietf:rfc:5576",
                       "urn:ietf:rfc:5888",
                       "urn:xmpp:jingle-message:0",
                       "urn:xmpp:jingle:1",
                       "urn:xmpp:jingle:apps:dtls:0",
                       "urn:xmpp:jingle:apps:grouping:0",
                       "urn:xmpp:jingle:apps:rtp:1",
                       "urn:xmpp:jingle:apps:rtp:audio",
                       "urn:xmpp:jingle:apps:rtp:info:1",
                       "urn:xmpp:jingle:apps:rtp:rtcp-fb:0",
                       "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0",
                       "urn:xmpp:jingle:apps:rtp:ssma:0",
                       "urn:xmpp:jingle:apps:rtp:video",
                       "urn:xmpp:jingle:transports:ice-udp:1",
                       "urn:xmpp:ping",
                       "urn:xmpp:receipts",
                       "vcard-temp"}};
}

/// JC-5: the domain must not look like a place for group chats.
DiscoInfo asked_info(stanza::Identity identity) {
  return {.identities = {std::move(identity)},
          .features = {"http://jabber.org/protocol/caps", "http://jabber.org/protocol/commands",
                       "http://jabber.org/protocol/disco#info", "http://jabber.org/protocol/disco#items",
                       "jabber:iq:search", "jabber:iq:version", "jabber:x:conference", "jabber:x:data",
                       "urn:rollcall:call:0", "urn:xmpp:http:online-meetings#rollcall",
                       "urn:xmpp:http:online-meetings:initiate:0", "urn:xmpp:ping", "urn:xmpp:receipts", "vcard-temp"}};
}

/// Its caps make the people's servers push to it how they can be reached (XEP-0163 §4.3.2).
DiscoInfo service_info() {
  DiscoInfo info = asked_info({"client", "bot", "Rollcall"});
  info.features.emplace_back("urn:rollcall:modes:0+notify");
  info.features.emplace_back("urn:xmpp:vcard4+notify");
  return info;
}

}  // namespace

ContactKind Places::kind_of(const model::Address& address) const {
  if (address.node().empty()) return ContactKind::domain;
  if (address.node() == service_node) return ContactKind::service;
  return ContactKind::conference;
}

model::Address Places::present_as(const model::Address& address) const {
  return kind_of(address) == ContactKind::domain ? address.bare() : address.with_resource(resource);
}

Discovery::Discovery(Places places)
    : places_(std::move(places)),
      domain_(make_entry(asked_info({"component", "generic", "Rollcall"}))),
      service_(make_entry(service_info())),
      callable_(make_entry(callable_info())) {}

Discovery::Entry Discovery::make_entry(DiscoInfo info) const {
  const std::string ver = stanza::caps_hash(info);
  return {std::move(info), {places_.caps_node, ver}};
}

const Discovery::Entry& Discovery::entry(ContactKind kind) const {
  switch (kind) {
    case ContactKind::domain:
      return domain_;
    case ContactKind::service:
      return service_;
    case ContactKind::conference:
      return callable_;
  }
  __builtin_unreachable();
}

const stanza::Caps& Discovery::caps(ContactKind kind) const {
  return entry(kind).caps;
}

model::Expected<DiscoInfo> Discovery::info(ContactKind kind, const std::string& node) const {
  const Entry& found = entry(kind);
  if (!node.empty() && node != found.caps.node + "#" + found.caps.ver) {
    return model::refuse(model::Reason::unknown_conference, node);
  }
  DiscoInfo info = found.info;
  info.node = node;
  return info;
}

}  // namespace rollcall::component::presence
