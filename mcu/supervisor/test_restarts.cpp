#include <doctest/doctest.h>

#include <vector>

#include "mcu/supervisor/restarts.h"

using namespace rollcall::mcu::supervisor;
using namespace std::chrono_literals;

TEST_CASE("a worker that ends after a long life is back at once") {
  Restarts restarts;
  CHECK(restarts.after(1h) == 0ms);
  CHECK(restarts.after(2h) == 0ms);
}

TEST_CASE("a worker that cannot live is started less and less often, but never given up") {
  Restarts restarts;
  std::vector<Restarts::Duration> waits;
  for (int i = 0; i < 8; ++i) waits.push_back(restarts.after(10ms));
  CHECK(waits == std::vector<Restarts::Duration>{0ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s});
}

TEST_CASE("a long life makes up for short ones") {
  Restarts restarts;
  for (int i = 0; i < 8; ++i) (void)restarts.after(10ms);
  CHECK(restarts.after(61s) == 0ms);
  CHECK(restarts.after(10ms) == 1s);
}
