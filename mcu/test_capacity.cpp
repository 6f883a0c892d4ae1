#include <doctest/doctest.h>

#include "mcu/capacity.h"

using namespace rollcall::mcu;

TEST_CASE("four fifths of the cores may be used, and a machine has one core at least") {
  CHECK(capacity_of_cores(2) == doctest::Approx(1600));
  CHECK(capacity_of_cores(0) == doctest::Approx(800));
}

TEST_CASE("a load that differs by more than a tenth of the capacity is told at once") {
  CHECK_FALSE(load_differs(100, 165, 1600));
  CHECK(load_differs(0, 200, 1600));
  CHECK(load_differs(400, 0, 1600));
}
