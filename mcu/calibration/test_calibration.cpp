#include <doctest/doctest.h>
#include <gst/gst.h>

#include "mcu/calibration/calibration.h"

using namespace rollcall::mcu::calibration;

TEST_CASE("a machine is measured: every figure is there, and a large picture costs more than a small one") {
  gst_init(nullptr, nullptr);
  const Times times = measure();
  MESSAGE("encode " << times.encode << " ms, decode " << times.decode << " ms, sound " << times.sound << " ms");
  CHECK(times.encode > times.decode);
  CHECK(times.decode > 0.05);
  CHECK(times.sound > 0.5);
  CHECK(times.encode < 500);
}
