#include <doctest/doctest.h>

#include "web/guest_name.h"

using rollcall::web::guest_name;

TEST_CASE("an ordinary name stays as it was typed") {
  CHECK(guest_name("Ann Öztürk") == "Ann Öztürk");
  CHECK(guest_name("李明") == "李明");
  CHECK(guest_name("😀 Bob") == "😀 Bob");
}

TEST_CASE("white space becomes single blanks between words") {
  CHECK(guest_name("  Ann \t\r\n  Lee ") == "Ann Lee");
  CHECK(guest_name("Ann\u00a0\u3000Lee") == "Ann Lee");
}

TEST_CASE("control and direction characters vanish") {
  CHECK(guest_name(std::string("A\0n\x1b[31mn", 9)) == "An[31mn");
  CHECK(guest_name("Ann\u202egnp.exe") == "Anngnp.exe");
  CHECK(guest_name("A\u200bn\u2066n\ufeff") == "Ann");
}

TEST_CASE("who leaves no name is a guest") {
  CHECK(guest_name("") == "Guest");
  CHECK(guest_name(" \u200b\n") == "Guest");
}

TEST_CASE("a long name is cut between characters") {
  std::string typed;
  for (int i = 0; i < 100; ++i) typed += "é";
  const auto name = guest_name(typed);
  CHECK(name.size() == 96);
  CHECK(name == typed.substr(0, 96));
}

TEST_CASE("broken UTF-8 is left out") {
  const auto name = guest_name("A\xff\xc3(B\xe2\x82");
  CHECK(name.find('\xff') == std::string::npos);
  CHECK(name.find('\xc3') == std::string::npos);
  CHECK(name.starts_with("A"));
}
