#include <doctest/doctest.h>

#include "allocator/pool/door_keeper.h"

using namespace rollcall::pool;
using rollcall::control::Role;

TEST_CASE("a token belongs to its role and to no other") {
  const std::map<Role, std::string> tokens{{Role::mcu, "alpha"}, {Role::web, "beta"}, {Role::sip, ""}};
  CHECK(role_of_token(tokens, "alpha") == Role::mcu);
  CHECK(role_of_token(tokens, "beta") == Role::web);
  for (const char* wrong : {"", "alph", "alphaa", "Alpha", "alphb", "blpha"}) {
    CHECK_FALSE(role_of_token(tokens, wrong).has_value());
  }
}

TEST_CASE("a token stands behind the word Bearer") {
  CHECK(bearer_token("Bearer abc") == "abc");
  CHECK(bearer_token("Bearer ").empty());
  CHECK(bearer_token("Basic abc").empty());
  CHECK(bearer_token("").empty());
}
