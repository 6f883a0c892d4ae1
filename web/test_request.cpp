#include <doctest/doctest.h>

#include "web/request.h"

using namespace rollcall::web;

namespace {

template <class Wanted>
Wanted routed(const char* method, const std::string& path) {
  auto route = route_of(method, path);
  REQUIRE_MESSAGE(std::holds_alternative<Wanted>(route), path);
  return std::get<Wanted>(route);
}

}  // namespace

TEST_CASE("each address leads where it says") {
  CHECK(routed<route::Page>("GET", "/j/dGVhbQ.sig-_=").link == "dGVhbQ.sig-_=");
  CHECK(routed<route::File>("GET", "/page/app.js").name == "app.js");
  CHECK(routed<route::Link>("GET", "/api/link/abc").link == "abc");
  CHECK(routed<route::Join>("POST", "/api/call/abc").link == "abc");
  CHECK(routed<route::Candidates>("POST", "/api/call/t/candidates").call == "t");
  CHECK(routed<route::Offer>("POST", "/api/call/t/offer").call == "t");
  CHECK(routed<route::Offer>("PATCH", "/api/call/t/offer").call == "t");
  CHECK(routed<route::Mute>("POST", "/api/call/t/mute").call == "t");
  CHECK(routed<route::Leave>("DELETE", "/api/call/t").call == "t");
  CHECK(routed<route::Leave>("POST", "/api/call/t/leave").call == "t");
  CHECK(routed<route::Events>("GET", "/api/call/t/events").call == "t");
  routed<route::Health>("GET", "/healthz");
}

TEST_CASE("a wrong method is told the right one") {
  CHECK(routed<route::WrongMethod>("POST", "/j/abc").allowed == "GET");
  CHECK(routed<route::WrongMethod>("GET", "/api/call/t").allowed == "POST, DELETE");
  CHECK(routed<route::WrongMethod>("DELETE", "/api/call/t/offer").allowed == "POST, PATCH");
}

TEST_CASE("any other address leads nowhere") {
  for (const std::string path : {"", "/", "/j", "/j/", "/j//", "/j/a/b", "/j/a%2fb", "/j/a b", "/api/call/t/other",
                                 "/api", "/page/../main", "//j/a", "/api/link/a/b", "j/a"})
    routed<route::Unknown>("GET", path);
  routed<route::Unknown>("GET", "/j/" + std::string(2000, 'a'));
}

TEST_CASE("the browser's address is believed only from trusted proxies") {
  const std::vector<std::string> trusted = {"127.0.0.1", "10.0.0.1"};
  CHECK(source_of("192.0.2.5", "", trusted) == "192.0.2.5");
  CHECK(source_of("192.0.2.5", "198.51.100.1", trusted) == "192.0.2.5");
  CHECK(source_of("127.0.0.1", "198.51.100.1", trusted) == "198.51.100.1");
  CHECK(source_of("127.0.0.1", "6.6.6.6, 198.51.100.1 , 10.0.0.1", trusted) == "198.51.100.1");
  CHECK(source_of("127.0.0.1", "", trusted) == "127.0.0.1");
  CHECK(source_of("127.0.0.1", ",", trusted) == "127.0.0.1");
}
