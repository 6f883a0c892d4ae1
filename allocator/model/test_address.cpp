#include <doctest/doctest.h>

#include "allocator/model/address.h"

using rollcall::model::Address;
using rollcall::model::Reason;

TEST_CASE("an address has three parts, and case does not matter in the first two") {
  const auto address = Address::parse("Juliet@Example.ORG/Balcony");
  REQUIRE(address);
  CHECK(address->node() == "juliet");
  CHECK(address->domain() == "example.org");
  CHECK(address->resource() == "Balcony");
  CHECK(address->text() == "juliet@example.org/Balcony");
  CHECK(address->bare() == Address("juliet", "example.org"));
}

TEST_CASE("a domain alone and a domain with a final dot are addresses") {
  CHECK(Address::parse("example.org")->text() == "example.org");
  CHECK(Address::parse("a@example.org.")->text() == "a@example.org");
  CHECK(Address::parse("a@[::1]")->domain() == "[::1]");
}

TEST_CASE("a resource may hold a slash and an at sign") {
  CHECK(Address::parse("a@b.example/c@d/e")->resource() == "c@d/e");
}

TEST_CASE("what is no address is refused with its own text") {
  const std::string too_long(1024, 'x');
  for (const std::string& text :
       {std::string{}, std::string{"@example.org"}, std::string{"a@"}, std::string{"a@b/"}, std::string{"a b@c.org"},
        std::string{"a@b@c"}, std::string{"a@b..c"}, std::string{"a@b.."}, std::string{"a\"b@c.org"},
        std::string{"a@<c>"}, std::string{"+49 30 1234"}, too_long + "@example.org"}) {
    CAPTURE(text);
    const auto address = Address::parse(text);
    REQUIRE_FALSE(address);
    CHECK(address.error().reason == Reason::bad_address);
    CHECK(address.error().subject == text);
  }
}
