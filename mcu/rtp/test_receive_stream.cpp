#include <doctest/doctest.h>

#include <vector>

#include "mcu/rtp/receive_stream.h"

using namespace rollcall::mcu::rtp;
using std::chrono::milliseconds;
using Outcome = ReceiveStream::Outcome;

namespace {

using Numbers = std::vector<std::uint16_t>;

/// A stream whose packets say their own number in the payload.
class Play {
 public:
  explicit Play(ReceiveStream::Settings settings = {}) : stream(settings) {}

  ReceiveStream stream;
  Time now{std::chrono::seconds(1000)};
  Numbers released = {};
  Numbers after_loss = {};
  std::vector<std::int64_t> extended = {};
  std::uint32_t ssrc = 5;

  Outcome receive(std::uint16_t number, std::uint32_t timestamp = 0) {
    return stream.receive(packet(number, timestamp, bytes_), now, [this](const Released& packet) { put(packet); });
  }
  Outcome receive_rtx(std::uint16_t number) {
    std::vector<std::uint8_t> payload(4);
    write16(payload.data(), number);
    write16(payload.data() + 2, number);
    Packet rtx{.header = {.payload_type = 97, .sequence = rtx_++, .ssrc = 6}};
    rtx.payload = payload;
    return stream.receive_rtx(rtx, 96, now, [this](const Released& packet) { put(packet); });
  }
  void poll() {
    stream.poll(now, [this](const Released& packet) { put(packet); });
  }
  void pass(int time) { now += milliseconds(time); }
  Numbers nacks() {
    Numbers due;
    stream.nacks_due(now, due);
    return due;
  }
  Numbers take() { return std::exchange(released, {}); }

 private:
  void put(const Released& packet) {
    CHECK(packet.packet.header.ssrc == ssrc);
    CHECK(packet.packet.header.payload_type == 96);
    REQUIRE(packet.packet.payload.size() == 2);
    CHECK(read16(packet.packet.payload.data()) == packet.packet.header.sequence);
    CHECK(static_cast<std::uint16_t>(packet.sequence) == packet.packet.header.sequence);
    released.push_back(packet.packet.header.sequence);
    extended.push_back(packet.sequence);
    if (packet.after_loss) {
      after_loss.push_back(packet.packet.header.sequence);
    }
  }
  Packet packet(std::uint16_t number, std::uint32_t timestamp, std::vector<std::uint8_t>& bytes) const {
    bytes.resize(2);
    write16(bytes.data(), number);
    Packet made{.header = {.payload_type = 96, .sequence = number, .timestamp = timestamp, .ssrc = ssrc}};
    made.payload = bytes;
    return made;
  }

  std::vector<std::uint8_t> bytes_ = {};
  std::uint16_t rtx_ = 0;
};

}  // namespace

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
