#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/call_request.h"
#include "xmpp-component/stanza/disco.h"
#include "xmpp-component/stanza/roster.h"
#include "xmpp-component/stanza/stanza_error.h"
#include "xmpp-component/stanza/vcard.h"
#include "xmpp-component/stanza/version.h"

using namespace rollcall::component::stanza;
using rollcall::model::Address;
using rollcall::model::Reason;
using rollcall::tests::parse_xml;

TEST_CASE("what is discovered reads back as it was written") {
  const DiscoInfo info{.node = "n#v",
                       .identities = {{"client", "bot", "Rollcall", "en"}},
                       .features = {"urn:a", "urn:b"},
                       .forms = {{.type = FormType::result, .fields = {{.var = "a", .values = {"b"}}}}}};
  const DiscoInfo read = read_disco_info(*parse_xml(write_disco_info(info)->xml()));
  CHECK(read == info);
  CHECK(read.has("urn:b"));
  CHECK_FALSE(read.has("urn:c"));
  const DiscoItems items{.node = "n", .items = {{"team@call.example.org", "", "Team"}, {"call.example.org", "create"}}};
  CHECK(read_disco_items(*parse_xml(write_disco_items(items)->xml())) == items);
}

TEST_CASE("every reason has a stanza error of RFC 6120") {
  const std::set<std::string> conditions{"bad-request",
                                         "conflict",
                                         "feature-not-implemented",
                                         "forbidden",
                                         "gone",
                                         "internal-server-error",
                                         "item-not-found",
                                         "jid-malformed",
                                         "not-acceptable",
                                         "not-allowed",
                                         "recipient-unavailable",
                                         "registration-required",
                                         "remote-server-not-found",
                                         "remote-server-timeout",
                                         "resource-constraint",
                                         "service-unavailable",
                                         "undefined-condition"};
  const std::set<std::string> types{"auth", "cancel", "modify", "wait"};
  for (int number = 0; number <= static_cast<int>(Reason::internal); ++number) {
    const StanzaError error = stanza_error_of(static_cast<Reason>(number));
    CHECK(conditions.contains(error.condition));
    CHECK(types.contains(error.type));
  }
}

TEST_CASE("a refusal becomes an error with words for people, and reads back") {
  const auto error = write_error({Reason::unknown_conference, "team"}, "There is no conference team.");
  CHECK(error->xml() ==
        "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>There is no conference team.</text></error>");
  const auto iq =
      parse_xml("<iq xmlns='jabber:component:accept' type='error'><query xmlns='urn:x'/>" + error->xml() + "</iq>");
  CHECK(read_error(*iq) == StanzaError{"cancel", "item-not-found", "There is no conference team."});
  CHECK(read_error(*parse_xml("<iq type='error'/>")).condition == "undefined-condition");
}

TEST_CASE("a vCard reads back, telephones with their kinds") {
  const VCard vcard{.full_name = "Team call",
                    .nickname = "team",
                    .photo_type = "image/png",
                    .photo_base64 = "AAAA",
                    .telephones = {{"+49 30 555", {"WORK", "ISDN"}}}};
  CHECK(read_vcard(*parse_xml(write_vcard(vcard)->xml())) == vcard);
  CHECK(read_vcard(*parse_xml("<vCard xmlns='vcard-temp'><TEL><CELL/></TEL></vCard>")) == VCard{});
}

TEST_CASE("a contact list entry reads back") {
  const std::vector<RosterItem> items{{"team@call.example.org", "Team call", SubscriptionState::both, {"Conferences"}},
                                      {"old@call.example.org", "", SubscriptionState::remove}};
  CHECK(read_roster(*parse_xml(write_roster(items)->xml())) == items);
}

TEST_CASE("privileges are read as Prosody 0.12 nests them, and as everybody else writes them") {
  const auto granted = read_privileges(*parse_xml(
      "<message from='example.org' to='call.example.org'><privilege xmlns='urn:xmpp:privilege:2'>"
      "<perm access='roster' type='both'><perm access='message' type='outgoing'/></perm></privilege></message>"));
  CHECK(granted == Privileges{"both", "outgoing", "none"});
  CHECK(read_privileges(*parse_xml("<message><privilege xmlns='urn:xmpp:privilege:1'>"
                                   "<perm access='presence' type='managed_entity'/></privilege></message>"))
            ->presence == "managed_entity");
  CHECK_FALSE(read_privileges(*parse_xml("<message><privilege xmlns='urn:other'/></message>")));
}

TEST_CASE("pings and questions for the version are known by their namespaces") {
  CHECK(is_ping(*parse_xml("<ping xmlns='urn:xmpp:ping'/>")));
  CHECK_FALSE(is_ping(*parse_xml("<ping xmlns='urn:other'/>")));
  CHECK(asks_version(*parse_xml("<query xmlns='jabber:iq:version'/>")));
  CHECK(write_version("Rollcall", "1")->xml() ==
        "<query xmlns='jabber:iq:version'><name>Rollcall</name><version>1</version></query>");
}

TEST_CASE("a client asks for a conference in one iq and learns where it is") {
  const CallRequest request{"Board", {*Address::parse("bob@example.org"), *Address::parse("carol@example.org")}};
  CHECK(*read_call_request(*parse_xml(write_call_request(request)->xml())) == request);
  const CallResult result{*Address::parse("board@call.example.org"), "https://meet.example.org/j/k7Qd2m"};
  const auto answer = write_call_result(result);
  CHECK(*read_call_result(*parse_xml(answer->xml())) == result);
  CHECK(answer->xml() ==
        "<call xmlns='urn:rollcall:call:0'><conference jid='board@call.example.org' uri='xmpp:board@call.example.org' "
        "link='https://meet.example.org/j/k7Qd2m'/></call>");
}

TEST_CASE("an invitee's device does not matter, an address that is none is refused by itself") {
  const std::string call = "<call xmlns='urn:rollcall:call:0'>";
  CHECK(read_call_request(*parse_xml(call + "<invitee jid='Bob@example.org/phone'/></call>"))->invitees.at(0).text() ==
        "bob@example.org");
  const auto refused = read_call_request(*parse_xml(call + "<invitee jid='@@'/></call>"));
  CHECK(refused.error() == rollcall::model::Refusal{Reason::bad_address, "@@"});
  std::string many;
  for (int i = 0; i < 50; ++i) many += "<invitee jid='u" + std::to_string(i) + "@example.org'/>";
  CHECK(read_call_request(*parse_xml(call + many + "</call>")).error().reason == Reason::bad_request);
  CHECK(read_call_request(*parse_xml("<call xmlns='urn:rollcall:call:0' name='" + std::string(201, 'x') + "'/>"))
            .error()
            .reason == Reason::bad_request);
}

TEST_CASE("an xmpp URI holds any address") {
  CHECK(xmpp_uri(*Address::parse("team@call.example.org/call")) == "xmpp:team@call.example.org");
  CHECK(xmpp_uri(*Address::parse("b\xC3\xBCro#1?@call.example.org")) == "xmpp:b%C3%BCro%231%3F@call.example.org");
  CHECK(xmpp_uri(*Address::parse("call.example.org")) == "xmpp:call.example.org");
}
