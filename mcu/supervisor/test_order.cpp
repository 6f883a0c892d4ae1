#include <doctest/doctest.h>

#include "mcu/supervisor/order.h"

using namespace rollcall;
using namespace rollcall::mcu::supervisor;

namespace {
const WorkerOrder second{2, 3, 4711, {180, 140.5, 60, 9}, "the mcu; of 3/4"};
}

TEST_CASE("what the parent orders is what the child understands") {
  CHECK(order_of(to_argument(second)) == Order(second));
  CHECK(order_of(to_argument(CalibrationOrder{4711})) == Order(CalibrationOrder{4711}));
}

TEST_CASE("what is no order, or makes no sense, is none") {
  for (const char* argument :
       {"--config", "--worker=", "--worker=1", "--worker=4/3;7 1 1 1 1 x", "--worker=0/3;7 1 1 1 1 x",
        "--worker=1/3;0 1 1 1 1 x", "--worker=1/3;7 1 1 1 x", "--worker=1/3;7 1 1 1 1 ",
        "--calibrate-for=", "--calibrate-for=x", "--calibrate-for=-1"}) {
    CAPTURE(argument);
    CHECK_FALSE(order_of(argument).has_value());
  }
}

TEST_CASE("costs survive the way to the parent, and others are not taken for costs") {
  CHECK(costs_of(to_line(second.costs)) == second.costs);
  CHECK_FALSE(costs_of("ready").has_value());
  CHECK_FALSE(costs_of("1 2 3").has_value());
  CHECK_FALSE(costs_of("1 2 0 3").has_value());
}

TEST_CASE("a worker has always the same name") {
  CHECK(name_of({.number = 2, .count = 3, .name = "mcu-1"}) == "mcu-1/2");
}

TEST_CASE("no port is two workers', each begins with an even one, and none lies outside") {
  for (const PortRange all : {PortRange{40000, 49999}, PortRange{40001, 40100}}) {
    int before = all.first - 1;
    for (int number = 1; number <= 3; ++number) {
      const PortRange own = ports_of({.number = number, .count = 3, .name = "m"}, all);
      CHECK(own.first > before);
      CHECK(own.first % 2 == 0);
      CHECK(own.last > own.first + 30);
      before = own.last;
    }
    CHECK(before <= all.last);
  }
}
