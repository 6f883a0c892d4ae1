#include <doctest/doctest.h>

#include "mcu/rtp/test_play.h"

using namespace rollcall::mcu::rtp;
using namespace rollcall::mcu::rtp::test;

TEST_CASE("what is kept is bounded in packets") {
  ReceiveStream::Settings settings;
  settings.most_packets = 16;
  Play play(settings);
  play.receive(0);
  for (std::uint16_t number = 2; number < 17; ++number) {
    CHECK(play.receive(number) == Outcome::held);
  }
  play.receive(17);
  CHECK(play.released.size() == 17);
  CHECK(play.after_loss == Numbers{2});
  CHECK(play.nacks().empty());
}

TEST_CASE("a hole larger than the bound is not waited for as a whole") {
  ReceiveStream::Settings settings;
  settings.most_packets = 16;
  Play play(settings);
  play.receive(0);
  CHECK(play.receive(1000) == Outcome::held);
  play.pass(10);
  CHECK(play.nacks().size() == 15);
  CHECK(play.stream.figures().given_up == 984);
  play.pass(150);
  play.poll();
  CHECK(play.released == Numbers{0, 1000});
  CHECK(play.stream.figures().given_up == 999);
}

TEST_CASE("what is kept is bounded in bytes") {
  ReceiveStream::Settings settings;
  settings.most_bytes = 20;
  Play play(settings);
  play.receive(0);
  for (std::uint16_t number = 2; number < 12; ++number) {
    play.receive(number);
  }
  CHECK(play.released.size() == 1);
  CHECK(play.receive(12) == Outcome::released);
  CHECK(play.released.size() == 12);
}

TEST_CASE("the bytes of what went out are free again") {
  ReceiveStream::Settings settings;
  settings.most_bytes = 20;
  Play play(settings);
  for (std::uint16_t number = 0; number < 3000; number += 3) {
    play.receive(number);
    CHECK(play.receive(number + 2) == Outcome::held);
    CHECK(play.receive_rtx(number + 1) == Outcome::released);
  }
  CHECK(play.after_loss.empty());
}

TEST_CASE("one stray packet is dropped, two in a row start the stream anew") {
  Play play;
  play.receive(100);
  play.receive(102);
  CHECK(play.receive(40'000) == Outcome::strange);
  CHECK(play.receive(103) == Outcome::held);
  CHECK(play.receive(20'000) == Outcome::strange);
  CHECK(play.receive(20'001) == Outcome::released);
  CHECK(play.released == Numbers{100, 102, 103, 20'001});
  CHECK(play.after_loss == Numbers{102, 20'001});
  CHECK(play.extended.back() > play.extended.front());
  CHECK(play.stream.figures().restarts == 1);
  CHECK(play.stream.report_block(play.now)->highest_sequence == 20'001);
}

TEST_CASE("a stream that began again a little earlier is taken up again") {
  Play play;
  for (std::uint16_t number = 1000; number < 1200; ++number) {
    play.receive(number);
  }
  play.pass(5000);
  // Out of the window of duplicates.
  for (std::uint16_t number = 1200; number < 3000; ++number) {
    play.receive(number);
  }
  play.take();
  for (std::uint16_t number = 1100; number < 1200; ++number) {
    play.receive(number);
  }
  CHECK(play.released.size() == 100 - 31);
  CHECK(play.stream.figures().restarts == 1);
}

TEST_CASE("another source starts the stream anew at once") {
  Play play;
  play.receive(7);
  play.ssrc = 8;
  CHECK(play.receive(7) == Outcome::released);
  CHECK(play.after_loss == Numbers{7});
  CHECK(play.stream.report_block(play.now)->ssrc == 8);
  CHECK(play.extended[1] > play.extended[0]);
}

TEST_CASE("retransmissions that fit nowhere are dropped") {
  Play play;
  CHECK(play.receive_rtx(1) == Outcome::strange);
  play.receive(5000);
  CHECK(play.receive_rtx(5200) == Outcome::strange);
  CHECK(play.receive_rtx(1000) == Outcome::strange);
  CHECK(play.receive_rtx(4999) == Outcome::late);
  const std::vector<std::uint8_t> empty(2);
  Packet probe{.header = {.ssrc = 6}, .payload = empty};
  CHECK(play.stream.receive_rtx(probe, 96, play.now, [](const Released&) {}) == Outcome::strange);
}
