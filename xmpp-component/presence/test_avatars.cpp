#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "tests/support/xml.h"
#include "xmpp-component/presence/avatar.h"
#include "xmpp-component/presence/entries.h"

using namespace rollcall::component;
using namespace rollcall::component::presence;
using rollcall::tests::parse_xml;

namespace {

const ConferenceId team("team");
const Address contact("team", "call.example.org");
const Address ann("ann", "example.org");

struct Play {
  Entries entries{{.places = {"call.example.org"}}};
  Play() { entries.add(team, {"Team call", false, "No call."}, {ann}); }

  std::vector<std::string> sees(const std::string& resource, const std::string& type = {}) {
    std::vector<std::string> events;
    const Outcome outcome =
        entries.handle(*parse_xml("<presence" + (type.empty() ? type : " type='" + type + "'") +
                                  " from='ann@example.org/" + resource + "' to='team@call.example.org'/>"));
    for (const TagPtr& tag : outcome.stanzas) {
      if (tag->name() == "message") events.push_back(tag->findAttribute("to"));
    }
    return events;
  }
  rollcall::model::Expected<TagPtr> items(const std::string& node, const std::string& item = {}) {
    return entries.items(contact,
                         *parse_xml("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='" + node + "'>" +
                                    (item.empty() ? item : "<item id='" + item + "'/>") + "</items></pubsub>"));
  }
};

}  // namespace

TEST_CASE("JC-54: a picture is a PNG of 96 to 192 pixels and below 64 KiB") {
  std::set<std::string> hashes;
  for (const char* name : {"", "team", "choir", "board", "family", "standup", "a", "b", "c", "d", "e", "f"}) {
    const Avatar& avatar = avatar_of(ConferenceId(name));
    hashes.insert(std::string(avatar.hash));
    CHECK(avatar.base64.starts_with("iVBORw0KGgo"));
    CHECK(avatar.hash.size() == 40);
    CHECK(avatar.width == avatar.height);
    CHECK(avatar.width >= 96);
    CHECK(avatar.width <= 192);
    CHECK(avatar.bytes < 65536);
    CHECK(avatar.base64.size() == static_cast<std::size_t>((avatar.bytes + 2) / 3 * 4));
    CHECK(&avatar == &avatar_of(ConferenceId(name)));
  }
  CHECK(hashes.size() > 3);
}

TEST_CASE("JC-54: one picture by both protocols: the presence's hash is that of the vCard's and the node's") {
  Play play;
  const std::string hash(avatar_of(team).hash);
  CHECK(*stanza::read_presence(*play.entries.presence_for(team, ann))->photo_hash == hash);
  const auto vcard = play.entries.vcard(contact);
  CHECK(vcard->photo_type == "image/png");
  CHECK(vcard->photo_base64 == avatar_of(team).base64);
  CHECK((*play.items("urn:xmpp:avatar:metadata"))->xml().find("id='" + hash + "'") != std::string::npos);
  CHECK((*play.items("urn:xmpp:avatar:data", hash))->xml().find(vcard->photo_base64) != std::string::npos);
}

TEST_CASE("another picture than the contact's is not there, other nodes are refused, and so is an address of nobody") {
  Play play;
  CHECK((*play.items("urn:xmpp:avatar:data", "0000"))->xml().find("<item ") == std::string::npos);
  CHECK_FALSE(play.items("urn:xmpp:omemo:2:devices"));
  const auto pubsub =
      parse_xml("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'/></pubsub>");
  CHECK_FALSE(play.entries.items(Address("nobody", "call.example.org"), *pubsub));
  CHECK(play.entries.items(Address("rollcall", "call.example.org"), *pubsub));
}

TEST_CASE("JC-54: a device is told of the picture once when it comes, and again when it comes again") {
  Play play;
  using Lines = std::vector<std::string>;
  CHECK(play.sees("phone") == Lines{"ann@example.org/phone"});
  CHECK(play.sees("phone").empty());
  CHECK(play.sees("desk") == Lines{"ann@example.org/desk"});
  CHECK(play.sees("phone", "unavailable").empty());
  CHECK(play.sees("phone") == Lines{"ann@example.org/phone"});
}

TEST_CASE("a client that says that it wants no pictures is told of none") {
  Play play;
  CHECK(play.sees("old").size() == 1);
  play.entries.answered({ann.with_resource("old")}, stanza::DiscoInfo{.features = {"jabber:iq:version"}});
  play.entries.offline();
  CHECK(play.sees("old").size() == 1);  // all is to be learnt again
  play.entries.answered({ann.with_resource("old")}, stanza::DiscoInfo{.features = {"jabber:iq:version"}});
  const auto other = parse_xml("<presence from='ann@example.org/old' to='rollcall@call.example.org'/>");
  for (const TagPtr& tag : play.entries.handle(*other).stanzas) CHECK(tag->name() != "message");
}
