// Searching (XEP-0055) and "start a meeting" buttons (XEP-0483).
#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/online_meeting.h"
#include "xmpp-component/stanza/search.h"

using namespace rollcall::component::stanza;
using rollcall::tests::parse_xml;

TEST_CASE("a search comes by plain field or by form, and reads as it was written") {
  for (const bool by_form : {false, true}) {
    const SearchRequest request{"team", by_form};
    CHECK(read_search(*write_search(request)) == request);
  }
  CHECK(read_search(*parse_xml("<query xmlns='jabber:iq:search'/>")) == SearchRequest{});
}

TEST_CASE("what was found is told the way that was asked") {
  const std::vector<DiscoItem> found{{"team@call.example.org", "", "Team"}};
  CHECK(write_search_result(found, false, "Name")->xml() ==
        "<query xmlns='jabber:iq:search'><item jid='team@call.example.org'><nick>Team</nick></item></query>");
  const std::string form = write_search_result(found, true, "Name")->xml();
  CHECK(form.find("<reported>") != std::string::npos);
  CHECK(form.find("<value>team@call.example.org</value>") != std::string::npos);
}

TEST_CASE("a meeting is asked for in three namespaces, and answered by an address to join and to invite by") {
  for (const char* space : {"urn:xmpp:http:online-meetings:0", "urn:xmpp:http:online-meetings:initiate:0",
                            "urn:xmpp:http:online-meetings:invite:0"}) {
    const auto request = read_meeting_request(*parse_xml("<query xmlns='" + std::string(space) + "' type='jitsi'/>"));
    CHECK(request == MeetingRequest{"jitsi"});
  }
  CHECK_FALSE(read_meeting_request(*parse_xml("<query xmlns='jabber:iq:search'/>")));
  const MeetingRequest named{"jitsi", "team"};
  CHECK(read_meeting_request(*write_meeting_request(named)) == named);
  CHECK(write_meeting(named, "https://m/j/x")->xml() ==
        "<query xmlns='urn:xmpp:http:online-meetings:0'><initiate type='jitsi'><url>https://m/j/x</url>"
        "<desc>team</desc></initiate><invite type='jitsi'><url>https://m/j/x</url><desc>team</desc></invite></query>");
}
