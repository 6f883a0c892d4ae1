#include <doctest/doctest.h>

#include "allocator/links/links.h"

using namespace std::chrono_literals;
using rollcall::links::LinkSigner;
using rollcall::model::ConferenceId;
using rollcall::model::Reason;
using rollcall::model::Time;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 12h};
const LinkSigner signer({.base_url = "https://meet.example.org/",
                         .key = "0123456789abcdef",
                         .valid = std::chrono::days{7}});

std::string signed_part(const std::string& link) {
  return link.substr(link.rfind('/') + 1);
}

}  // namespace

TEST_CASE("a link leads to its conference") {
  const std::string link = signer.link(ConferenceId("team"), noon);
  CHECK(link.starts_with("https://meet.example.org/j/"));
  CHECK(signer.check(signed_part(link), noon) == ConferenceId("team"));
}

TEST_CASE("a link works for its days and not longer") {
  const std::string part = signed_part(signer.link(ConferenceId("team"), noon));
  CHECK(signer.check(part, noon + 7 * 24h));
  const auto late = signer.check(part, noon + 8 * 24h);
  REQUIRE_FALSE(late);
  CHECK(late.error().reason == Reason::link_expired);
}

TEST_CASE("a link with any one character changed is forged") {
  for (const char* name : {"team", "teams", "steams"}) {  // the last character carries six, four or two bits
    const std::string part = signed_part(signer.link(ConferenceId(name), noon));
    for (std::size_t i = 0; i < part.size(); ++i) {
      std::string changed = part;
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      CAPTURE(name);
      CAPTURE(i);
      CHECK_FALSE(signer.check(changed, noon));
      changed[i] = static_cast<char>(part[i] + 1);
      CHECK_FALSE(signer.check(changed, noon));
    }
  }
}

TEST_CASE("what is no link at all is forged") {
  for (const std::string& text :
       {std::string{}, std::string{"x"}, std::string{"====="}, std::string{"%2e%2e"}, std::string(5000, 'A')}) {
    const auto checked = signer.check(text, noon);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().reason == Reason::link_forged);
  }
}

TEST_CASE("a link of another key is forged") {
  const LinkSigner other(
      {.base_url = "https://meet.example.org", .key = "another key, 16+", .valid = std::chrono::days{7}});
  CHECK_FALSE(signer.check(signed_part(other.link(ConferenceId("team"), noon)), noon));
}
