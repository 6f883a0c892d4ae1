#include <doctest/doctest.h>

#include <set>
#include <string>

#include "allocator/model/refusal.h"

using rollcall::model::Reason;

TEST_CASE("every reason has a spelling of its own, and the spelling leads back to it") {
  std::set<std::string> spellings;
  for (int number = 0; number <= static_cast<int>(Reason::internal); ++number) {
    const auto reason = static_cast<Reason>(number);
    const std::string text(to_text(reason));
    CHECK(spellings.insert(text).second);
    CHECK(rollcall::model::reason_from_text(text) == reason);
  }
  CHECK_FALSE(rollcall::model::reason_from_text("no such reason"));
}
