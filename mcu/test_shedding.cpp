#include <doctest/doctest.h>

#include "mcu/shedding.h"

using namespace rollcall::mcu;
using namespace std::chrono_literals;

namespace {

constexpr SheddingPolicy::Pressure calm{0.3, 0};
constexpr SheddingPolicy::Pressure busy{0.99, 0};
constexpr SheddingPolicy::Pressure late{0.3, 0.5};
constexpr SheddingPolicy::Pressure middling{0.8, 0.05};

struct Hours {
  SheddingPolicy policy;
  SheddingPolicy::Time now{1h};
  int last(SheddingPolicy::Pressure pressure, std::chrono::seconds time) {
    for (auto end = now + time; now < end;) policy.observe(pressure, now += 1s);
    return policy.level();
  }
};

}  // namespace

TEST_CASE("a machine that has enough gives up nothing") {
  Hours hours;
  CHECK(hours.last(calm, 3600s) == 0);
  CHECK(hours.last(middling, 3600s) == 0);
}

TEST_CASE("two bad seconds are left alone") {
  Hours hours;
  for (int i = 0; i < 100; ++i) {
    CHECK(hours.last(busy, 2s) == 0);
    CHECK(hours.last(calm, 2s) == 0);
  }
}

TEST_CASE("lasting pressure, by CPU or by late pictures, takes one step after the other, each after its time") {
  for (const auto& pressure : {busy, late}) {
    Hours hours;
    CHECK(hours.last(pressure, 4s) == 1);
    CHECK(hours.last(pressure, 2s) == 1);
    CHECK(hours.last(pressure, 1s) == 2);
    CHECK(hours.last(pressure, 3s) == 3);
    CHECK(hours.last(pressure, 1000s) == SheddingPolicy::most);
  }
}

TEST_CASE("what was given up is kept while things are tight, and comes back step by step when they are not") {
  Hours hours;
  hours.last(busy, 10s);
  REQUIRE(hours.policy.level() == 3);
  CHECK(hours.last(middling, 1000s) == 3);
  CHECK(hours.last(calm, 15s) == 3);
  CHECK(hours.last(calm, 1s) == 2);
  CHECK(hours.last(calm, 15s) == 1);
  CHECK(hours.last(calm, 15s) == 0);
}

TEST_CASE("who takes back too early waits longer the next time, and so does not swing") {
  Hours hours;
  int changes = 0;
  int before = 0;
  // Full quality is just too much for this machine.
  for (int second = 0; second < 3600; ++second) {
    const int level = hours.last(before == 0 ? busy : calm, 1s);
    if (level != before) ++changes;
    before = level;
  }
  CHECK(changes <= 2 * (4 + 3600 / 240 + 1));
  CHECK(changes >= 10);
}
