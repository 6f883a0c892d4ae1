#include <doctest/doctest.h>

#include "mcu/rtp/test_play.h"

using namespace rollcall::mcu::rtp;
using namespace rollcall::mcu::rtp::test;

TEST_CASE("packets in order go out at once, over the wrap of their numbers") {
  Play play;
  for (std::uint16_t number = 65'533; number != 4; ++number) {
    CHECK(play.receive(number) == Outcome::released);
    CHECK_FALSE(play.stream.waiting());
  }
  CHECK(play.released == Numbers{65'533, 65'534, 65'535, 0, 1, 2, 3});
  CHECK(play.after_loss.empty());
  for (std::size_t i = 1; i < play.extended.size(); ++i) {
    CHECK(play.extended[i] == play.extended[i - 1] + 1);
  }
  CHECK(play.nacks().empty());
}

TEST_CASE("packets that overtook one another are put in order") {
  Play play;
  play.receive(65'534);
  CHECK(play.receive(0) == Outcome::held);
  CHECK(play.receive(1) == Outcome::held);
  CHECK(play.stream.waiting());
  CHECK(play.receive(65'535) == Outcome::released);
  CHECK(play.released == Numbers{65'534, 65'535, 0, 1});
  CHECK_FALSE(play.stream.waiting());
  CHECK(play.stream.figures().given_up == 0);
}

TEST_CASE("a packet is delivered once, whether it comes again in order, held or late") {
  Play play;
  play.receive(10);
  CHECK(play.receive(10) == Outcome::duplicate);
  play.receive(12);
  CHECK(play.receive(12) == Outcome::duplicate);
  CHECK(play.receive_rtx(12) == Outcome::duplicate);
  play.receive(11);
  CHECK(play.receive(11) == Outcome::duplicate);
  CHECK(play.released == Numbers{10, 11, 12});
  CHECK(play.stream.figures().duplicates == 4);
}

TEST_CASE("a loss is asked for when two later packets came") {
  Play play;
  play.receive(1);
  play.receive(3);
  CHECK(play.nacks().empty());
  play.receive(4);
  CHECK(play.nacks() == Numbers{2});
  CHECK(play.nacks().empty());
}

TEST_CASE("a loss is asked for after five milliseconds, however few packets came") {
  Play play;
  play.receive(1);
  play.receive(3);
  play.pass(4);
  CHECK(play.nacks().empty());
  play.pass(1);
  CHECK(play.nacks() == Numbers{2});
}

TEST_CASE("what was asked for is asked for again after a round trip, and not for ever") {
  ReceiveStream::Settings settings;
  settings.wait = std::chrono::seconds(10);
  Play play(settings);
  play.stream.set_round_trip(milliseconds(30));
  play.receive(1);
  play.receive(4);
  play.pass(5);
  CHECK(play.nacks() == Numbers{2, 3});
  play.pass(29);
  CHECK(play.nacks().empty());
  play.pass(1);
  CHECK(play.nacks() == Numbers{2, 3});
  play.receive_rtx(3);
  std::size_t more = 0;
  for (int i = 0; i < 100; ++i) {
    play.pass(20);
    more += play.nacks().size();
  }
  CHECK(more == 8);
}

TEST_CASE("even without a round trip there are twenty milliseconds between two requests") {
  Play play;
  play.stream.set_round_trip({});
  play.receive(1);
  play.receive(3);
  play.pass(5);
  CHECK(play.nacks().size() == 1);
  play.pass(19);
  CHECK(play.nacks().empty());
  play.pass(1);
  CHECK(play.nacks().size() == 1);
}

TEST_CASE("a retransmission takes the place of what was lost") {
  Play play;
  play.receive(1);
  play.receive(3);
  CHECK(play.receive_rtx(2) == Outcome::released);
  CHECK(play.released == Numbers{1, 2, 3});
  CHECK(play.after_loss.empty());
  CHECK(play.stream.figures().repaired == 1);
}

TEST_CASE("every loss of every tenth packet is repaired") {
  Play play;
  std::uint16_t number = 65'000;
  std::vector<std::pair<Time, std::uint16_t>> under_way;
  for (int i = 0; i < 2000; ++i, ++number) {
    play.pass(4);
    if (i % 10 != 5) {
      play.receive(number);
    }
    for (const auto lost : play.nacks()) {
      under_way.emplace_back(play.now + milliseconds(60), lost);
    }
    while (!under_way.empty() && under_way.front().first <= play.now) {
      play.receive_rtx(under_way.front().second);
      under_way.erase(under_way.begin());
    }
    play.poll();
  }
  CHECK(play.stream.figures().given_up == 0);
  CHECK(play.stream.figures().repaired >= 198);
  CHECK(play.after_loss.empty());
  CHECK(play.released.size() >= 1980);
}

TEST_CASE("what does not come within the wait is given up, and the next packet says so") {
  Play play;
  play.receive(1);
  play.receive(4);
  play.receive(6);
  play.pass(149);
  play.poll();
  CHECK(play.take() == Numbers{1});
  play.pass(1);
  play.poll();
  CHECK(play.take() == Numbers{4, 6});
  CHECK(play.after_loss == Numbers{4, 6});
  CHECK(play.stream.figures().given_up == 3);
  CHECK(play.receive_rtx(2) == Outcome::late);
  CHECK(play.receive(5) == Outcome::late);
  CHECK(play.take().empty());
  play.receive(7);
  CHECK(play.after_loss == Numbers{4, 6});
}

TEST_CASE("a second gap waits for its own time") {
  Play play;
  play.receive(1);
  play.receive(3);
  play.pass(100);
  play.receive(5);
  play.pass(50);
  play.poll();
  CHECK(play.take() == Numbers{1, 3});
  play.pass(100);
  play.poll();
  CHECK(play.take() == Numbers{5});
}

TEST_CASE("without waiting everything goes out as it comes, but once") {
  ReceiveStream::Settings settings;
  settings.wait = {};
  Play play(settings);
  for (const std::uint16_t number : {1, 2, 5, 4, 5, 4, 6, 3}) {
    play.receive(number);
  }
  CHECK(play.released == Numbers{1, 2, 5, 4, 6, 3});
  CHECK(play.after_loss == Numbers{5});
  CHECK_FALSE(play.stream.waiting());
  CHECK(play.nacks().empty());
  CHECK(play.stream.figures().duplicates == 2);
}

TEST_CASE("without repair nothing is asked for, but order is kept") {
  ReceiveStream::Settings settings;
  settings.repair = false;
  Play play(settings);
  play.receive(1);
  play.receive(3);
  play.pass(50);
  CHECK(play.nacks().empty());
  play.receive(2);
  CHECK(play.released == Numbers{1, 2, 3});
}

TEST_CASE("what came a thousand packets earlier is not mistaken for what is missing now") {
  for (const bool wait : {true, false}) {
    ReceiveStream::Settings settings;
    settings.wait = milliseconds(wait ? 150 : 0);
    Play play(settings);
    for (std::uint16_t number = 0; number < 2000; ++number) {
      play.receive(number);
    }
    play.receive(2001);
    play.receive(2003);
    CHECK(play.receive(2002) == (wait ? Outcome::held : Outcome::released));
    CHECK(play.receive(2000) == Outcome::released);
    CHECK(play.released.size() == 2004);
  }
}
