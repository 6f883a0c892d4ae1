#include <doctest/doctest.h>

#include "web/rate_limit.h"

using namespace rollcall::web;
using namespace std::chrono_literals;

TEST_CASE("a burst is let through, then only the refill") {
  RateLimit limit({.burst = 3, .per_second = 0.5});
  TimePoint now{};
  for (int i = 0; i < 3; ++i) CHECK_FALSE(limit.take("a", now));
  CHECK(limit.take("a", now) == 2s);
  CHECK(limit.take("a", now + 1s) == 1s);
  CHECK_FALSE(limit.take("a", now + 2s));
  CHECK(limit.take("a", now + 2s));
}

TEST_CASE("one address does not use up another's share") {
  RateLimit limit({.burst = 1, .per_second = 1});
  CHECK_FALSE(limit.take("a", {}));
  CHECK(limit.take("a", {}));
  CHECK_FALSE(limit.take("b", {}));
}

TEST_CASE("memory is limited; when it is full, new addresses share a bucket") {
  RateLimit limit({.burst = 2, .per_second = 1, .most_sources = 2});
  for (const char* source : {"a", "b"}) CHECK_FALSE(limit.take(source, {}));
  CHECK_FALSE(limit.take("c", {}));
  CHECK_FALSE(limit.take("d", {}));
  CHECK(limit.take("e", {}));
  CHECK_FALSE(limit.take("e", TimePoint{} + 60s));  // the idle ones are forgotten
}
