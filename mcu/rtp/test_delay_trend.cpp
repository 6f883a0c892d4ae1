#include <doctest/doctest.h>

#include "mcu/rtp/delay_trend.h"

using namespace rollcall::mcu::rtp;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Use = DelayTrend::Use;

namespace {

/// A packet every 20 ms; the test says how long each takes.
struct Play {
  DelayTrend trend = {};
  Time now{seconds(100)};
  unsigned over = 0;

  void send(int count, auto delay_ms) {
    for (int i = 0; i < count; ++i) {
      now += milliseconds(20);
      trend.add(now, ArrivalTime(4 * (now.time_since_epoch() / milliseconds(1) + static_cast<int>(delay_ms(i)))));
      over += trend.use() == Use::over ? 1 : 0;
    }
  }
  void settle() {
    send(100, [](int) { return 50; });
  }
};

}  // namespace

TEST_CASE("a steady delay is normal, and there is no queue") {
  Play play;
  play.settle();
  CHECK(play.trend.use() == Use::normal);
  CHECK(play.over == 0);
  CHECK(play.trend.queue().count() == 0);
}

TEST_CASE("a delay that grows is overuse, one that falls is underuse") {
  Play play;
  play.settle();
  play.send(40, [](int i) { return 50 + 4 * i; });
  CHECK(play.trend.use() == Use::over);
  CHECK(play.trend.queue().count() > 140);
  play.send(30, [](int i) { return 206 - 5 * i; });
  CHECK(play.trend.use() == Use::under);
}

TEST_CASE("a burst that drains is no overuse") {
  Play play;
  play.settle();
  play.send(60, [](int i) { return 170 - 2 * i; });
  CHECK(play.over == 0);
}

TEST_CASE("a full queue does not grow, and is overuse all the same, until it is what is usual") {
  Play play;
  play.settle();
  play.send(100, [](int) { return 450; });
  CHECK(play.trend.use() == Use::over);
  play.send(1500, [](int) { return 450; });
  CHECK(play.trend.use() == Use::normal);
}

TEST_CASE("packets of one burst are one group, and one told of late is left out") {
  Play play;
  play.settle();
  for (int i = 0; i < 40; ++i) {
    play.now += milliseconds(33);
    for (int k = 0; k < 5; ++k) {  // each takes its own time on the wire
      play.trend.add(play.now + milliseconds(k),
                     ArrivalTime(4 * (play.now.time_since_epoch() / milliseconds(1) + 50 + 6 * k)));
    }
    CHECK(play.trend.use() == Use::normal);
  }
  play.trend.add(play.now - seconds(1), ArrivalTime(0));
  CHECK(play.trend.use() == Use::normal);
}
