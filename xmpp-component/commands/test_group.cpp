// What is said to us in a group chat.
#include <doctest/doctest.h>

#include "xmpp-component/commands/group.h"

using namespace rollcall::component::commands;
using rollcall::model::Address;
using rollcall::model::Reason;

TEST_CASE("a line is for us when it begins with our nick and a mark, as clients complete it") {
  for (const char* line : {"Rollcall: who", "rollcall, who", "ROLLCALL;who", "@Rollcall who", "  @rollcall:  who "}) {
    CAPTURE(line);
    CHECK(said_to("Rollcall", line) == "who");
  }
  for (const char* line : {"Rollcall who", "Rollcalls: who", "@Rollcalls who", "who", "", "I like Rollcall: who"}) {
    CAPTURE(line);
    CHECK_FALSE(said_to("Rollcall", line));
  }
  CHECK(said_to("Rollcall 2", "Rollcall 2: who") == "who");
  CHECK_FALSE(said_to("Rollcall 2", "Rollcall: who"));
  CHECK(said_to("Rollcall", "@Rollcall") == "");
}

TEST_CASE("everyone is called by several words, in two languages") {
  for (const char* text :
       {"call everyone", "invite all", "Ruf alle an", "ring everybody", "/call everyone", "lade alle ein"}) {
    CAPTURE(text);
    CHECK(parse_group_wish(text) == GroupWish(InviteEveryone{}));
  }
}

TEST_CASE("people are invited by nick, and everything else is a command of the conference") {
  CHECK(parse_group_wish("invite Juliet Capulet") == GroupWish(InviteNamed{"Juliet Capulet"}));
  CHECK(parse_group_wish("who") == GroupWish(Request(Who{})));
  CHECK(parse_group_wish("leave") == GroupWish(Request(LeaveGroup{})));
  CHECK(parse_group_wish("") == GroupWish(Request(Help{})));
  CHECK(parse_group_wish("sing").error().reason == Reason::bad_request);
}

TEST_CASE("nicks have blanks in them, and stand between commas or blanks") {
  const std::vector<std::string> nicks{"Juliet Capulet", "Mercutio", "Ärzte"};
  CHECK(named_in("juliet capulet", nicks) == Named{{"Juliet Capulet"}, {}});
  CHECK(named_in("@Mercutio", nicks) == Named{{"Mercutio"}, {}});
  CHECK(named_in("Juliet Capulet, mercutio", nicks) == Named{{"Juliet Capulet", "Mercutio"}, {}});
  CHECK(named_in("mercutio paris@example.org", nicks) == Named{{"Mercutio"}, {"paris@example.org"}});
  CHECK(named_in("nobody", nicks) == Named{{}, {"nobody"}});
}

TEST_CASE("a group chat is named by its address") {
  CHECK(parse_group("band@rooms.example.org") == Address("band", "rooms.example.org"));
  CHECK(parse_group("xmpp:band@rooms.example.org?join") == Address("band", "rooms.example.org"));
  CHECK(parse_group("rooms.example.org").error().reason == Reason::bad_address);
  CHECK(parse_group("a@b c@d").error().reason == Reason::bad_address);
}
