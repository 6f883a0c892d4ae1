#include <doctest/doctest.h>

#include "mcu/rtp/test_link.h"

using namespace rollcall::mcu::rtp;
using rollcall::mcu::rtp::test::Call;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("a good path gets the highest class within three seconds, and keeps it") {
  Call call;
  CHECK(call.until([&] { return call.chosen() == 1500; }, seconds(10)) <= seconds(3));
  call.changes = 0;
  call.run(seconds(60));
  CHECK(call.chosen() == 1500);
  CHECK(call.changes == 0);
}

TEST_CASE("key frames of four pictures' size are no trouble") {
  Call call;
  call.link.kbit = 2500;
  call.key_frame_every = 60;
  call.run(seconds(5));
  call.changes = 0;
  call.run(seconds(60));
  CHECK(call.chosen() == 1500);
  CHECK(call.changes == 0);
}

TEST_CASE("jitter of 30 ms is no trouble") {
  Call call;
  call.link.jitter_ms = 30;
  call.run(seconds(5));
  call.changes = 0;
  call.run(seconds(60));
  CHECK(call.chosen() == 1500);
  CHECK(call.changes == 0);
}

TEST_CASE("a path of 50 kbit/s is noticed within three seconds, with whatever queue") {
  for (const std::size_t queue : {3'000U, 20'000U, 60'000U, 200'000U}) {
    CAPTURE(queue);
    Call call;
    call.run(seconds(10));
    REQUIRE(call.chosen() == 1500);
    call.link.kbit = 50;
    call.link.queue_bytes = queue;
    CHECK(call.until([&] { return call.chosen() == 0; }, seconds(10)) <= seconds(3));
  }
}

TEST_CASE("a path that was bad and is good again is used again within twenty seconds") {
  for (const unsigned kbit : {50U, 200U, 700U}) {
    CAPTURE(kbit);
    Call call;
    call.run(seconds(10));
    call.link.kbit = kbit;
    call.run(seconds(10));
    CHECK(call.chosen() < 1500);
    call.link.kbit = 10'000;
    CHECK(call.until([&] { return call.chosen() == 1500; }, seconds(60)) <= seconds(20));
  }
}

TEST_CASE("five per cent of losses by chance take nothing away") {
  Call call;
  call.run(seconds(5));
  call.link.loss = 0.05;
  call.changes = 0;
  call.run(seconds(120));
  CHECK(call.chosen() == 1500);
  CHECK(call.changes == 0);
  CHECK(call.estimate.loss() > 0.02);
}

TEST_CASE("five per cent of losses from the beginning do not keep anybody at the lowest class") {
  Call call;
  call.link.loss = 0.05;
  call.run(seconds(60));
  CHECK(call.chosen() == 1500);
}

TEST_CASE("losses by chance leave the picture that the path carries, however many they are") {
  for (const double loss : {0.12, 0.2, 0.3}) {
    CAPTURE(loss);
    Call call;
    call.run(seconds(10));
    call.link.loss = loss;
    call.run(seconds(60));
    CHECK(call.estimate.loss() > 0.06);
    CHECK(call.chosen() == 1500);
    call.link.kbit = 400;
    CHECK(call.until([&] { return call.chosen() <= 150; }, seconds(30)) <= seconds(5));
  }
}

TEST_CASE("a full path with a short queue is not taken for one that loses by chance") {
  for (const unsigned kbit : {120U, 300U, 700U, 1000U, 1300U}) {
    CAPTURE(kbit);
    Call call;
    call.run(seconds(10));
    call.link.kbit = kbit;
    call.link.queue_bytes = 3'000;
    int overfull = 0;
    for (int second = 0; second < 120; ++second) {
      call.run(seconds(1));
      overfull += call.chosen() + Call::sound_kbit > kbit ? 1 : 0;
    }
    CHECK(overfull <= 24);
  }
}

TEST_CASE("a path between two classes gets the lower one, and trials that fail become rare") {
  Call call;
  call.link.kbit = 900;
  call.run(seconds(30));
  call.changes = 0;
  unsigned high = 0;
  for (int i = 0; i < 3000; ++i) {
    call.run(milliseconds(100));
    high += call.chosen() == 1500 ? 1 : 0;
  }
  CHECK(call.changes <= 20);
  CHECK(high < 300);  // of 3000
  CHECK(call.chosen() == 500);
}

TEST_CASE("half of the packets lost is trouble at once") {
  Call call;
  call.run(seconds(5));
  call.link.loss = 0.5;
  CHECK(call.until([&] { return call.chosen() < 1500; }, seconds(10)) <= seconds(2));
}

TEST_CASE("report blocks alone tell of a bad path, and of a good one") {
  Call call;
  call.transport_feedback = false;
  call.run(seconds(10));
  CHECK(call.chosen() == 1500);
  call.link.kbit = 50;
  CHECK(call.until([&] { return call.chosen() < 500; }, seconds(10)) <= seconds(3));
  call.link.kbit = 10'000;
  CHECK(call.until([&] { return call.chosen() == 1500; }, seconds(60)) <= seconds(20));
}

TEST_CASE("a path that swallows everything is trouble within three seconds") {
  Call call;
  call.run(seconds(5));
  call.link.loss = 1;
  CHECK(call.until([&] { return call.chosen() < 500; }, seconds(10)) <= seconds(3));
}

TEST_CASE("a network that is gone for a while leaves the smallest picture, which hears that it is back") {
  Call call;
  call.run(seconds(5));
  call.link.loss = 1;
  call.run(seconds(10));
  CHECK(call.estimate.kbit() == 100);
  call.link.loss = 0;
  CHECK(call.until([&] { return call.chosen() == 1500; }, seconds(60)) <= seconds(30));
}

TEST_CASE("after a pause there is enough for the smallest picture, whatever was lost before it") {
  Call call;
  call.run(seconds(5));
  call.link.kbit = 20;
  call.run(seconds(20));
  REQUIRE(call.estimate.kbit() < 100);
  call.now += seconds(6);
  call.estimate.sent(100, call.now);
  CHECK(call.estimate.kbit() == 100);
  CHECK(call.estimate.loss() == 0);
}

TEST_CASE("a receiver that says nothing stays where it began") {
  Call call;
  call.transport_feedback = false;
  for (int i = 0; i < 100; ++i) {
    call.now += milliseconds(100);
    call.estimate.sent(1000, call.now);
    call.estimate.update(call.now);
  }
  CHECK(call.estimate.kbit() == 600);
}

TEST_CASE("a REMB binds where it is near to what is sent, a ceiling always") {
  SendEstimate estimate;
  Time now(seconds(100));
  const auto send_for = [&](int steps, std::uint64_t remb) {
    for (int i = 0; i < steps; ++i) {
      now += milliseconds(10);
      estimate.sent(625, now);  // 500 kbit/s
      if (i % 100 == 0) {
        estimate.on_limit(remb, now);
      }
      estimate.update(now);
    }
  };
  send_for(300, 750'000);
  CHECK(estimate.kbit() > 1500);
  send_for(20, 250'000);
  CHECK(estimate.kbit() == 250);
  estimate.set_ceiling(100'000);
  CHECK(estimate.kbit() == 100);
  estimate.set_ceiling(std::nullopt);
  CHECK(estimate.kbit() == 250);
}

TEST_CASE("reports about a few packets each count as what they are, together") {
  SendEstimate estimate;
  Time now(seconds(100));
  const auto send_for = [&](int steps, int lost_of_hundred) {
    for (int i = 0; i < steps; ++i) {
      now += milliseconds(10);
      estimate.sent(625, now);
      if (i % 3 == 0) {  // one of three is a third, but only once in thirty-three reports
        estimate.on_loss(i % 99 < lost_of_hundred ? 0.34 : 0, now);
      }
      estimate.update(now);
    }
  };
  send_for(1000, 3);
  CHECK_FALSE(estimate.holds(now));
  CHECK(estimate.kbit() == 4000);
  send_for(1000, 99);
  CHECK(estimate.holds(now));
  CHECK(estimate.kbit() < 500);
}

TEST_CASE("a pause in sending is no trouble, even if the last packets were lost") {
  Call call;
  call.run(seconds(5));
  call.link.loss = 1;
  call.run(milliseconds(30));
  for (int i = 0; i < 100; ++i) {
    call.now += milliseconds(100);
    call.estimate.update(call.now);
  }
  CHECK(call.chosen() == 1500);
  CHECK(call.estimate.kbit() >= 1545);
}

TEST_CASE("the rate is what came in the last half second") {
  RateMeter meter;
  CHECK(meter.bits_per_second(Time(seconds(1))) == 0);
  for (int i = 0; i < 200; ++i) {
    meter.add(1000, Time(milliseconds(10 * i)));
  }
  CHECK(meter.bits_per_second(Time(milliseconds(1999))) == doctest::Approx(800'000));
  CHECK(meter.bits_per_second(Time(milliseconds(2249))) == doctest::Approx(400'000));
  CHECK(meter.bits_per_second(Time(milliseconds(9000))) == 0);
}
