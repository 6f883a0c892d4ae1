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
  Shedding last(SheddingPolicy::Pressure pressure, std::chrono::seconds time) {
    for (auto end = now + time; now < end;) policy.observe(pressure, now += 1s);
    return policy.level();
  }
};

}  // namespace

TEST_CASE("a machine that has enough gives up nothing") {
  Hours hours;
  CHECK(hours.last(calm, 3600s) == Shedding::none);
  CHECK(hours.last(middling, 3600s) == Shedding::none);
}

TEST_CASE("two bad seconds are left alone") {
  Hours hours;
  for (int i = 0; i < 100; ++i) {
    CHECK(hours.last(busy, 2s) == Shedding::none);
    CHECK(hours.last(calm, 2s) == Shedding::none);
  }
}

TEST_CASE("lasting pressure, by CPU or by late pictures, takes one step after the other in their order") {
  for (const auto& pressure : {busy, late}) {
    Hours hours;
    CHECK(hours.last(pressure, 4s) == Shedding::frame_rate);
    CHECK(hours.last(pressure, 2s) == Shedding::frame_rate);
    CHECK(hours.last(pressure, 1s) == Shedding::size);
    CHECK(hours.last(pressure, 3s) == Shedding::speed);
    CHECK(hours.last(pressure, 1000s) == Shedding::speed);
  }
}

TEST_CASE("what was given up is kept while things are tight, and comes back step by step when they are not") {
  Hours hours;
  hours.last(busy, 10s);
  REQUIRE(hours.policy.level() == Shedding::speed);
  CHECK(hours.last(middling, 1000s) == Shedding::speed);
  CHECK(hours.last(calm, 15s) == Shedding::speed);
  CHECK(hours.last(calm, 1s) == Shedding::size);
  CHECK(hours.last(calm, 15s) == Shedding::frame_rate);
  CHECK(hours.last(calm, 15s) == Shedding::none);
}

TEST_CASE("who takes back too early waits longer the next time, and so does not swing") {
  Hours hours;
  int changes = 0;
  Shedding before = Shedding::none;
  // Full quality is just too much for this machine.
  for (int second = 0; second < 3600; ++second) {
    const Shedding level = hours.last(before == Shedding::none ? busy : calm, 1s);
    if (level != before) ++changes;
    before = level;
  }
  CHECK(changes <= 2 * (4 + 3600 / 240 + 1));
  CHECK(changes >= 10);
}
