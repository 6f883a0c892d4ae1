#include <doctest/doctest.h>

#include <string>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/presence.h"

using namespace rollcall::component::stanza;
using rollcall::tests::parse_xml;

TEST_CASE("JC-3: a conference's presence looks as clients need it") {
  const Presence presence{.from = "team@conf.example/call",
                          .to = "ann@example.org",
                          .show = Show::xa,
                          .status = "No call running. Call me to start one.",
                          .priority = 1,
                          .nick = "Team call",
                          .caps = Caps{"https://rollcall.example/caps", "nqlnldJL5iqNUtcs/FP9rnfh+FI="},
                          .photo_hash = "0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33"};
  const std::string text =
      "<presence from='team@conf.example/call' to='ann@example.org'><show>xa</show>"
      "<status>No call running. Call me to start one.</status><priority>1</priority>"
      "<nick xmlns='http://jabber.org/protocol/nick'>Team call</nick>"
      "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://rollcall.example/caps' "
      "ver='nqlnldJL5iqNUtcs/FP9rnfh+FI='/>"
      "<x xmlns='vcard-temp:x:update'><photo>0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33</photo></x></presence>";
  CHECK(write_presence(presence)->xml() == text);
  CHECK(read_presence(*parse_xml(text)) == presence);
}

TEST_CASE("every type of presence and every show reads back as it was written") {
  for (int type = 0; type <= static_cast<int>(PresenceType::error); ++type) {
    const Presence presence{.type = static_cast<PresenceType>(type), .from = "a@b", .to = "c@d"};
    CHECK(read_presence(*write_presence(presence)) == presence);
  }
  for (int show = 0; show <= static_cast<int>(Show::dnd); ++show) {
    const Presence presence{.from = "a@b", .to = "c@d", .show = static_cast<Show>(show)};
    CHECK(read_presence(*write_presence(presence)) == presence);
  }
}

TEST_CASE("a presence of a type that nobody knows is none") {
  CHECK_FALSE(read_presence(*parse_xml("<presence type='rocket'/>")).has_value());
}

TEST_CASE("a presence with nonsense in it is read as if it were not there") {
  const auto presence = read_presence(*parse_xml(
      "<presence from='a@b/c'><show>dancing</show><priority>lots</priority><c/><x xmlns='jabber:x'/></presence>"));
  REQUIRE(presence.has_value());
  CHECK(*presence == Presence{.from = "a@b/c"});
  CHECK(read_presence(*parse_xml("<presence><priority> 999 </priority></presence>"))->priority == 127);
}

TEST_CASE("a presence that says there is no picture is told from one that says nothing of it") {
  CHECK(read_presence(*parse_xml("<presence><x xmlns='vcard-temp:x:update'><photo/></x></presence>"))->photo_hash ==
        "");
  CHECK_FALSE(read_presence(*parse_xml("<presence><x xmlns='vcard-temp:x:update'/></presence>"))->photo_hash);
}
