#include <doctest/doctest.h>

#include "sip/dialog/keys.h"
#include "sip/dialog/socket_filter.h"

using namespace rollcall::sip::dialog;

TEST_CASE("a key by INFO is read from either body") {
  CHECK(keys_of_relay("Signal=5\r\nDuration=160\r\n") == "5");
  CHECK(keys_of_relay("Duration= 160\nsignal = # ") == "#");
  CHECK(keys_of_relay("Signal=11") == "#");
  CHECK(plain_keys("*\r\n") == "*");
  CHECK(plain_keys("a") == "A");
}

TEST_CASE("a body without a key is no key") {
  for (const char* bad : {"", "Signal", "Signal=", "Signal=55", "Duration=5", "Signal=x", "\n\n\n", "=5"}) {
    CAPTURE(bad);
    CHECK(keys_of_relay(bad).empty());
  }
  CHECK(plain_keys("hello").empty());
}

TEST_CASE("a filter has two statements for each address that it knows") {
  using rollcall::sip::dialog::filter_program;
  const auto bare = filter_program({}, {}).size();
  CHECK(filter_program({"192.0.2.1", "no address"}, {"192.0.2.2"}).size() == bare + 4);
}
