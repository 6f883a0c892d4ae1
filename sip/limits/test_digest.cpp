#include <doctest/doctest.h>

#include "sip/limits/digest.h"

using namespace rollcall::sip::limits;
using namespace std::chrono_literals;
using Verdict = Nonces::Verdict;

namespace {

const Time now{1'700'000'000s};

}  // namespace

TEST_CASE("the example of RFC 2617 is recognised, and nothing else") {
  Authorization said{.user = "Mufasa",
                     .realm = "testrealm@host.com",
                     .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                     .uri = "/dir/index.html",
                     .response = "6629fae49393a05397450978507c4ef1",
                     .qop = "auth",
                     .cnonce = "0a4f113b",
                     .nc = "00000001"};
  CHECK(knows_password(said, "GET", "Circle Of Life"));
  CHECK_FALSE(knows_password(said, "GET", "Circle of Life"));
  CHECK_FALSE(knows_password(said, "PUT", "Circle Of Life"));
  said.algorithm = "SHA-256";
  CHECK_FALSE(knows_password(said, "GET", "Circle Of Life"));
  said.algorithm = "MD5";
  said.response = "";
  CHECK_FALSE(knows_password(said, "GET", "Circle Of Life"));
}

TEST_CASE("a nonce is good once, for its own call, while it is fresh") {
  Nonces nonces("secret");
  Authorization said{.user = "a", .nonce = nonces.make(now, "call-1"), .qop = "auth", .nc = "00000001"};
  CHECK(nonces.use(said, now + 5s, "call-2") == Verdict::forged);
  CHECK(nonces.use(said, now + 5s, "call-1") == Verdict::good);
  CHECK(nonces.use(said, now + 6s, "call-1") == Verdict::replayed);
  said.nc = "00000002";
  CHECK(nonces.use(said, now + 7s, "call-1") == Verdict::good);
  said.nc = "00000003";
  CHECK(nonces.use(said, now + 61s, "call-1") == Verdict::stale);
}

TEST_CASE("a nonce that is not ours is forged") {
  Nonces nonces("secret");
  const auto foreign = Nonces("other").make(now, "call");
  for (const std::string& text :
       {foreign, std::string(), std::string("x-y"), std::string("1700000000-"), std::string("-")}) {
    CAPTURE(text);
    CHECK(nonces.use({.nonce = text}, now, "call") == Verdict::forged);
  }
  Authorization odd{.nonce = nonces.make(now, "call"), .qop = "auth", .nc = "1"};
  CHECK(nonces.use(odd, now, "call") == Verdict::forged);
}

TEST_CASE("without quality of protection a nonce is good for one request") {
  Nonces nonces("secret");
  const Authorization said{.nonce = nonces.make(now, "call")};
  CHECK(nonces.use(said, now, "call") == Verdict::good);
  CHECK(nonces.use(said, now, "call") == Verdict::replayed);
}
