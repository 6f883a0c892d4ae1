#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/avatar.h"

using namespace rollcall::component::stanza;
using rollcall::tests::parse_xml;

namespace {

const AvatarInfo picture{.id = "0beec7b5", .bytes = 3120, .width = 128, .height = 128};

}  // namespace

TEST_CASE("JC-54: the event that tells of a picture is a headline from the bare address") {
  CHECK(write_avatar_event("team@call.example.org", "ann@example.org/x", picture)->xml() ==
        "<message type='headline' from='team@call.example.org' to='ann@example.org/x'>"
        "<event xmlns='http://jabber.org/protocol/pubsub#event'><items node='urn:xmpp:avatar:metadata'>"
        "<item id='0beec7b5'><metadata xmlns='urn:xmpp:avatar:metadata'>"
        "<info id='0beec7b5' type='image/png' bytes='3120' width='128' height='128'/></metadata></item></items></event>"
        "</message>");
}

TEST_CASE("JC-54: metadata and data are items of their nodes, and a picture that is not there is no item") {
  CHECK(write_avatar_metadata(picture)->xml() ==
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:metadata'>"
        "<item id='0beec7b5'><metadata xmlns='urn:xmpp:avatar:metadata'>"
        "<info id='0beec7b5' type='image/png' bytes='3120' width='128' height='128'/></metadata></item></items>"
        "</pubsub>");
  CHECK(write_avatar_data("0beec7b5", "iVBO")->xml() ==
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:data'><item id='0beec7b5'>"
        "<data xmlns='urn:xmpp:avatar:data'>iVBO</data></item></items></pubsub>");
  CHECK(write_avatar_metadata({})->xml() ==
        "<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='urn:xmpp:avatar:metadata'/></pubsub>");
}

TEST_CASE("a question for items names a node, and perhaps items; other questions are none") {
  const auto some = read_items_request(
      *parse_xml("<pubsub xmlns='http://jabber.org/protocol/pubsub'><items node='n'><item id='a'/><item id='b'/>"
                 "</items></pubsub>"));
  REQUIRE(some);
  CHECK(some->node == "n");
  CHECK(some->ids == std::vector<std::string>{"a", "b"});
  CHECK_FALSE(
      read_items_request(*parse_xml("<pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe/></pubsub>")));
  CHECK_FALSE(read_items_request(*parse_xml("<pubsub xmlns='other'><items node='n'/></pubsub>")));
}
