#include "probe/disco.h"

#include <algorithm>

namespace rollcall::probe {
namespace {

constexpr auto node = "https://rollcall.example/probe";

}  // namespace

std::string caps_hash(const Identity& identity, std::vector<std::string> features) {
  std::sort(features.begin(), features.end());
  std::string text = identity.category + "/" + identity.type + "//" + identity.name + "<";
  for (const auto& feature : features) text += feature + "<";
  unsigned char digest[XMPP_SHA1_DIGEST_SIZE];
  xmpp_sha1_digest(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest);
  char* encoded = xmpp_base64_encode(strophe_context(), digest, sizeof digest);
  std::string hash = encoded;
  xmpp_free(strophe_context(), encoded);
  return hash;
}

Disco::Disco(bool bundle)
    : identity_{"client", "pc", "Rollcall probe"},
      features_{"http://jabber.org/protocol/caps",
                "http://jabber.org/protocol/disco#info",
                "urn:xmpp:jingle-message:0",
                "urn:xmpp:jingle:1",
                "urn:xmpp:jingle:apps:dtls:0",
                "urn:xmpp:jingle:apps:rtp:1",
                "urn:xmpp:jingle:apps:rtp:audio",
                "urn:xmpp:jingle:apps:rtp:rtcp-fb:0",
                "urn:xmpp:jingle:apps:rtp:rtp-hdrext:0",
                "urn:xmpp:jingle:apps:rtp:video",
                "urn:xmpp:jingle:transports:ice-udp:1",
                "urn:xmpp:ping"} {
  if (!bundle) return;
  features_.insert(features_.end(), {"urn:ietf:rfc:5576", "urn:ietf:rfc:5888", "urn:xmpp:jingle:apps:grouping:0",
                                     "urn:xmpp:jingle:apps:rtp:ssma:0"});
}

Stanza Disco::caps() const {
  return Stanza("c", "http://jabber.org/protocol/caps",
                {{"hash", "sha-1"}, {"node", node}, {"ver", caps_hash(identity_, features_)}});
}

Stanza Disco::info(const std::string& asked) const {
  Stanza query("query", "http://jabber.org/protocol/disco#info", {{"node", asked}});
  query.add(
      Stanza("identity", {}, {{"category", identity_.category}, {"type", identity_.type}, {"name", identity_.name}}));
  for (const auto& feature : features_) query.add(Stanza("feature", {}, {{"var", feature}}));
  return query;
}

}  // namespace rollcall::probe
