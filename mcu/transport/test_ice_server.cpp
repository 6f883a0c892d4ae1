#include <doctest/doctest.h>

#include "mcu/transport/ice_server.h"

using namespace rollcall::mcu::transport;

TEST_CASE("a server is an address with or without a port") {
  CHECK(resolve_server("192.0.2.1").ip == "192.0.2.1");
  CHECK(resolve_server("192.0.2.1").port == 3478);
  CHECK(resolve_server("192.0.2.1:5349").port == 5349);
  CHECK(resolve_server("2001:db8::1").ip == "2001:db8::1");
  CHECK(resolve_server("[2001:db8::1]:443").ip == "2001:db8::1");
  CHECK(resolve_server("[2001:db8::1]:443").port == 443);
  CHECK_THROWS(resolve_server("192.0.2.1:port"));
  CHECK_THROWS(resolve_server("192.0.2.1:70000"));
}

TEST_CASE("a user has a password, and without one there is a name that expires") {
  const std::chrono::system_clock::time_point now{std::chrono::seconds(1'700'000'000)};
  CHECK(turn_login({.ip = "192.0.2.1", .user = "rollcall", .secret = "word"}, now).password == "word");
  // As coturn makes it: base64 of HMAC-SHA1 of the name.
  const auto login = turn_login({.ip = "192.0.2.1", .secret = "north"}, now);
  CHECK(login.user == "1700086400");
  CHECK(login.password == "K+RlgFj3QLvB7WAVHfjfgMgyBeA=");
}
