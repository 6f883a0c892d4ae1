#include <doctest/doctest.h>

#include "mcu/rtp/test_play.h"

using namespace rollcall::mcu::rtp;
using namespace rollcall::mcu::rtp::test;

TEST_CASE("a report block counts losses since the beginning and since the last one") {
  Play play;
  CHECK_FALSE(play.stream.report_block(play.now));
  for (std::uint16_t number = 65'530; number != 10; ++number) {
    if (number % 4 != 0) {
      play.receive(number);
    }
  }
  const auto first = play.stream.report_block(play.now).value();
  CHECK(first.ssrc == 5);
  CHECK(first.highest_sequence == 65'536 + 9);
  CHECK(first.lost == 4);
  CHECK(first.fraction_lost == 4 * 256 / 16);
  CHECK(first.last_sender_report == 0);
  for (std::uint16_t number = 10; number < 20; ++number) {
    play.receive(number);
  }
  const auto second = play.stream.report_block(play.now).value();
  CHECK(second.lost == 4);
  CHECK(second.fraction_lost == 0);
  CHECK(play.stream.report_block(play.now)->fraction_lost == 0);
}

TEST_CASE("a report block names the last sender report and how long ago it came") {
  Play play;
  play.receive(1);
  play.stream.on_sender_report({.ntp = 0x1122334455667788}, play.now);
  play.pass(1500);
  const auto block = play.stream.report_block(play.now).value();
  CHECK(block.last_sender_report == 0x33445566);
  CHECK(block.delay_since_last_report == 65'536 * 3 / 2);
}

TEST_CASE("the sender's clock is known at every timestamp, over the wrap") {
  Play play;
  play.receive(1);
  CHECK_FALSE(play.stream.sender_time(0));
  play.stream.on_sender_report({.ntp = 100ULL << 32 | 0x80000000, .timestamp = 0xffffffff - 44'999}, play.now);
  CHECK(play.stream.sender_time(45'000) == std::chrono::milliseconds(101'500));
  CHECK(play.stream.sender_time(0xffffffff - 89'999) == std::chrono::milliseconds(100'000));
}

TEST_CASE("jitter is that of the pictures, not of the packets of one") {
  Play steady;
  for (std::uint16_t number = 0; number < 300; ++number) {
    if (number % 3 == 0) {
      steady.pass(31);
    }
    steady.pass(number % 3 == 0 ? 0 : 1);
    steady.receive(number, number / 3U * 33U * 90U);
  }
  CHECK(steady.stream.jitter() < milliseconds(1));
  Play shaken;
  for (std::uint16_t number = 0; number < 300; ++number) {
    shaken.pass(number % 2 == 0 ? 13 : 53);
    shaken.receive(number, number * 33U * 90U);
  }
  CHECK(shaken.stream.jitter() > milliseconds(18));
  CHECK(shaken.stream.jitter() < milliseconds(22));
  CHECK(shaken.stream.report_block(shaken.now)->jitter > 18 * 90);
}
