#include <doctest/doctest.h>

#include "mcu/calibration/reckoning.h"

using namespace rollcall;
using namespace rollcall::mcu::calibration;

TEST_CASE("on the machine of the published ratios things cost just those") {
  CHECK(costs_of(published, {}) == control::UnitCosts{});
}

TEST_CASE("a machine that needs twice the time for everything pays twice as much") {
  const control::UnitCosts once;
  const auto twice = costs_of({2 * published.encode, 2 * published.decode, 2 * published.sound}, {});
  CHECK(twice.conference == doctest::Approx(2 * once.conference));
  CHECK(twice.encoder == doctest::Approx(2 * once.encoder));
  CHECK(twice.video_leg == doctest::Approx(2 * once.video_leg));
  CHECK(twice.audio_leg == doctest::Approx(2 * once.audio_leg));
}

TEST_CASE("a smaller and slower mixed picture costs less, and people cost the same") {
  const control::UnitCosts large;
  const auto small = costs_of(published, {640, 360, 15});
  CHECK(small.conference == doctest::Approx(large.conference / 8));
  CHECK(small.video_leg == large.video_leg);
}

TEST_CASE("who sends sound only costs less than who sends a picture too") {
  const auto costs = costs_of({4, 0.6, 20}, {});
  CHECK(costs.audio_leg < costs.video_leg);
}

TEST_CASE("a time that cannot be is bounded, and nothing is free") {
  const auto broken = costs_of({0, 0, 1e9}, {});
  CHECK(broken.conference == doctest::Approx(20));
  CHECK(broken.audio_leg == doctest::Approx(100));
  CHECK(costs_of({0, 0, 0}, {160, 90, 1}).encoder >= 1);
}
