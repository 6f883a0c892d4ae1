// Invitations, entrances and presences of group chats.
#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/group_chat.h"

using namespace rollcall::component::stanza;
using rollcall::model::Address;
using rollcall::tests::parse_xml;

namespace {

const Address band{"band", "rooms.example.org"};
const Address us{"rollcall", "call.example.org"};

std::optional<GroupInvitation> invitation(const std::string& xml) {
  return read_group_invitation(*parse_xml(xml));
}
std::optional<GroupPresence> presence(const std::string& xml) {
  return read_group_presence(*parse_xml(xml));
}

}  // namespace

TEST_CASE("an invitation by way of the group chat is Prosody's: with a copy of the direct kind and a body") {
  const auto read = invitation(
      "<message from='band@rooms.example.org' to='rollcall@call.example.org'>"
      "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='romeo@example.org/orchard'><reason>sing</reason>"
      "</invite><password>sesame</password></x><x xmlns='jabber:x:conference' jid='band@rooms.example.org'>sing</x>"
      "<body>romeo invited you</body></message>");
  CHECK(read == GroupInvitation{band, Address("romeo", "example.org", "orchard"), false, "sesame"});
}

TEST_CASE("a direct invitation comes from the inviter and names the group chat") {
  const auto read = invitation(
      "<message from='romeo@example.org/orchard' to='rollcall@call.example.org'>"
      "<x xmlns='jabber:x:conference' jid='band@rooms.example.org' password='sesame' reason='sing'/></message>");
  CHECK(read == GroupInvitation{band, Address("romeo", "example.org", "orchard"), true, "sesame"});
}

TEST_CASE("what only looks like an invitation is none") {
  const std::string user = "xmlns='http://jabber.org/protocol/muc#user'";
  for (const std::string& xml :
       {"<message from='band@r.org'><x " + user + "><decline from='a@b'/></x></message>",
        "<message from='band@r.org/nick'><x " + user + "><invite from='a@b'/></x></message>",
        "<message from='band@r.org'><x " + user + "><invite/></x></message>",
        "<message type='error' from='band@r.org'><x " + user + "><invite from='a@b'/></x></message>",
        "<message from='r.org'><x " + user + "><invite from='a@b'/></x></message>",
        std::string("<message from='a@b/c'><x xmlns='jabber:x:conference' jid='r.org'/></message>"),
        std::string("<message from='a@b/c'><x xmlns='jabber:x:conference'/></message>"),
        std::string("<presence from='a@b/c'><x xmlns='jabber:x:conference' jid='band@r.org'/></presence>")}) {
    CAPTURE(xml);
    CHECK_FALSE(invitation(xml));
  }
}

TEST_CASE("invitations are written as they are read") {
  for (const bool is_direct : {false, true}) {
    const GroupInvitation one{band, Address("romeo", "example.org", "orchard"), is_direct, "sesame"};
    CHECK(read_group_invitation(*write_group_invitation(one, us)) == one);
  }
}

TEST_CASE("only an invitation by way of the group chat has a decline") {
  const GroupInvitation one{band, Address("romeo", "example.org"), false};
  CHECK(write_group_decline(one, us, "no")->xml() ==
        "<message from='rollcall@call.example.org' to='band@rooms.example.org'>"
        "<x xmlns='http://jabber.org/protocol/muc#user'><decline to='romeo@example.org'><reason>no</reason></decline>"
        "</x></message>");
  CHECK(write_group_decline({band, Address("romeo", "example.org"), true}, us, "no") == nullptr);
}

TEST_CASE("our own presence in a group chat says so by its codes") {
  const auto read = presence(
      "<presence from='band@rooms.example.org/Rollcall'><x xmlns='http://jabber.org/protocol/muc#user'>"
      "<item affiliation='none' role='participant' jid='band@call.example.org/call'/><status code='110'/>"
      "<status code='201'/><status code='x'/></x></presence>");
  REQUIRE(read);
  CHECK(read->codes == std::set{110, 201});
  CHECK(read->person == Address("band", "call.example.org", "call"));
  CHECK(read->role == "participant");
  CHECK(read->affiliation == "none");
  CHECK_FALSE(read->is_destroyed);
}

TEST_CASE("a group chat that is destroyed, and one that does not let us in") {
  const auto gone = presence(
      "<presence type='unavailable' from='band@r.org/Rollcall'><x xmlns='http://jabber.org/protocol/muc#user'>"
      "<item role='none'/><destroy jid='other@r.org'/></x></presence>");
  REQUIRE(gone);
  CHECK(gone->is_destroyed);
  const auto refused = presence(
      "<presence type='error' from='band@r.org/Rollcall'><error type='cancel'>"
      "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>");
  REQUIRE(refused);
  CHECK(refused->error_condition == "conflict");
}

TEST_CASE("a presence of a person is none of a group chat") {
  CHECK_FALSE(presence("<presence from='romeo@example.org/orchard'/>"));
  CHECK_FALSE(
      presence("<presence type='subscribe' from='a@b'><x xmlns='http://jabber.org/protocol/muc#user'/></presence>"));
  CHECK_FALSE(presence("<presence from='a@b'><x xmlns='http://jabber.org/protocol/muc#user'/></presence>"));
}

TEST_CASE("we enter without history, with the password") {
  const std::string xml = write_group_entrance(Address("band", "call.example.org", "call"),
                                               band.with_resource("Rollcall"), {"https://caps", "v"}, "sesame")
                              ->xml();
  CHECK(
      xml.find("<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/><password>sesame</password></x>") !=
      std::string::npos);
  CHECK(xml.find("to='band@rooms.example.org/Rollcall'") != std::string::npos);
}

TEST_CASE("a line is for all or for one, and may correct an earlier one") {
  const std::string all = write_group_line({us, band, "m2", "hello", "m1"})->xml();
  CHECK(all.find("type='groupchat'") != std::string::npos);
  CHECK(all.find("<replace xmlns='urn:xmpp:message-correct:0' id='m1'/>") != std::string::npos);
  const std::string one = write_group_line({us, band.with_resource("juliet"), "m2", "hello"})->xml();
  CHECK(one.find("type='chat'") != std::string::npos);
  CHECK(one.find("<x xmlns='http://jabber.org/protocol/muc#user'/>") != std::string::npos);
  CHECK(one.find("replace") == std::string::npos);
}
