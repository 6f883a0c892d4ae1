#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "xmpp-component/presence/entries.h"
#include "xmpp-component/stanza/caps.h"

using namespace rollcall::component;
using namespace rollcall::component::presence;
using rollcall::model::Reason;

namespace {

Address at(const std::string& text) {
  return *Address::parse(text);
}

struct Play {
  Entries entries{{.places = {"call.example.org"}}};
  Play() {
    entries.add(ConferenceId("team"), {"Team call"}, {at("ann@example.org")});
    entries.add(ConferenceId("other"), {"Other call"}, {at("bob@example.org")});
  }
};

const std::string golden = "nqlnldJL5iqNUtcs/FP9rnfh+FI=";
const std::string caps_node = "https://rollcall.example/caps#";

}  // namespace

TEST_CASE("JC-7: a conference's features hash to the known value") {
  const Discovery discovery({"call.example.org"});
  CHECK(discovery.caps(ContactKind::conference).ver == golden);
}

TEST_CASE("JC-3: each kind's presence carries the hash of what the kind answers") {
  const Play play;
  const Discovery discovery({"call.example.org"});
  for (const auto& [address, kind] : {std::pair{"call.example.org", ContactKind::domain},
                                      std::pair{"rollcall@call.example.org", ContactKind::service},
                                      std::pair{"team@call.example.org/call", ContactKind::conference}}) {
    CAPTURE(address);
    const std::string ver = discovery.caps(kind).ver;
    const auto info = play.entries.disco_info(at(address), caps_node + ver);
    REQUIRE(info.has_value());
    CHECK(info->node == caps_node + ver);
    CHECK(caps_hash(*info) == ver);
    CHECK(play.entries.disco_info(at(address), "")->node.empty());
  }
}

TEST_CASE("JC-4: any other node, and a conference that does not exist, is item-not-found") {
  const Play play;
  CHECK(play.entries.disco_info(at("team@call.example.org"), "x").error().reason == Reason::unknown_conference);
  CHECK(play.entries.disco_info(at("team@call.example.org"), caps_node + "old=").error().reason ==
        Reason::unknown_conference);
  CHECK(play.entries.disco_info(at("nothing@call.example.org"), "").error().reason == Reason::unknown_conference);
  CHECK(play.entries.disco_items(at("team@call.example.org"), "urn:xmpp:omemo:2:devices", at("a@b")).error().reason ==
        Reason::unknown_conference);
}

TEST_CASE("JC-5, JC-6: nothing about us looks like a group chat or a client without trickle") {
  const Play play;
  for (const char* address : {"call.example.org", "rollcall@call.example.org", "team@call.example.org"}) {
    const auto info = play.entries.disco_info(at(address), "");
    CHECK(std::ranges::none_of(info->identities, [](const auto& each) { return each.category == "conference"; }));
    for (const char* feature : {"http://jabber.org/protocol/muc", "urn:ietf:rfc:3264", "urn:xmpp:call-invites:0"}) {
      CHECK_FALSE(info->has(feature));
    }
  }
}

TEST_CASE("JC-56: the domain lists the conferences that the asker has, not those of others") {
  const Play play;
  const auto items = play.entries.disco_items(at("call.example.org"), "", at("ann@example.org/phone"));
  REQUIRE(items.has_value());
  CHECK(items->items == std::vector<stanza::DiscoItem>{{"rollcall@call.example.org", "", "Rollcall"},
                                                       {"team@call.example.org", "", "Team call"}});
  CHECK(play.entries.disco_items(at("team@call.example.org"), "", at("ann@example.org"))->items.empty());
}

TEST_CASE("a contact's vCard has the conference's name") {
  const Play play;
  CHECK(play.entries.vcard(at("team@call.example.org"))->full_name == "Team call");
  CHECK_FALSE(play.entries.vcard(at("nothing@call.example.org")).has_value());
}
