#include <doctest/doctest.h>

#include "xmpp-component/commands/chat.h"

using namespace rollcall::component::commands;
using rollcall::model::Address;
using rollcall::model::Reason;

namespace {

const Address juliet("juliet", "example.org");
const Address mercutio("mercutio", "example.org");

}  // namespace

TEST_CASE("a call names the people, however they are separated and written") {
  const Request expected = StartConference{{}, {juliet, mercutio}};
  for (const char* text :
       {"call juliet@example.org mercutio@example.org", "CALL Juliet@Example.org, mercutio@example.org",
        "  call\njuliet@example.org\nmercutio@example.org ", "/call juliet@example.org; mercutio@example.org",
        "call xmpp:juliet@example.org?message xmpp:mercutio@example.org"}) {
    CAPTURE(text);
    CHECK(parse(Place::service, text) == expected);
  }
}

TEST_CASE("a call may have a name, of several words, and nobody invited yet") {
  CHECK(parse(Place::service, "call team: juliet@example.org") == Request(StartConference{"team", {juliet}}));
  CHECK(parse(Place::service, "call Monday Morning: juliet@example.org") ==
        Request(StartConference{"Monday Morning", {juliet}}));
  CHECK(parse(Place::service, "call team:") == Request(StartConference{"team", {}}));
}

TEST_CASE("a bad address is refused by its own text") {
  for (const auto& [text, address] : {std::pair{"call juliet@", "juliet@"}, std::pair{"call team: a@b c@@d", "c@@d"},
                                      std::pair{"call example.org", "example.org"}}) {
    CAPTURE(text);
    const auto request = parse(Place::service, text);
    REQUIRE_FALSE(request);
    CHECK(request.error().reason == Reason::bad_address);
    CHECK(request.error().subject == address);
  }
}

TEST_CASE("help is understood everywhere, in any case, with a question mark") {
  for (const char* text : {"help", "Help", " HELP? ", "/help"}) {
    CHECK(parse(Place::service, text) == Request(Help{}));
    CHECK(parse(Place::conference, text) == Request(Help{}));
  }
}

TEST_CASE("a conference is asked by single words") {
  CHECK(parse(Place::conference, "Who?") == Request(Who{}));
  CHECK(parse(Place::conference, "link") == Request(Link{}));
  CHECK(parse(Place::conference, "END") == Request(End{}));
  CHECK(parse(Place::conference, "invite juliet@example.org") == Request(Invite{{juliet}}));
}

TEST_CASE("anything else is refused with what was said, cut to what is needed to recognise it") {
  const auto request = parse(Place::service, "make me a sandwich");
  REQUIRE_FALSE(request);
  CHECK(request.error().reason == Reason::bad_request);
  CHECK(request.error().subject == "make me a sandwich");
  CHECK_FALSE(parse(Place::service, "call"));
  CHECK_FALSE(parse(Place::service, "call : juliet@example.org"));
  CHECK_FALSE(parse(Place::conference, "who is there"));
  CHECK(parse(Place::conference, std::string(5000, 'x')).error().subject.size() == 60);
}

TEST_CASE("a line that is cut keeps its last character whole") {
  std::string line(59, 'x');
  line += "ü is not in the first sixty bytes";
  CHECK(parse(Place::service, line).error().subject == std::string(59, 'x'));
}
