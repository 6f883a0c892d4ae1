#include <doctest/doctest.h>

#include <array>

#include "mcu/rtp/rtcp_reader.h"
#include "mcu/rtp/test_feedback.h"
#include "mcu/rtp/transport_feedback.h"

using namespace rollcall::mcu::rtp;
using namespace rollcall::mcu::rtp::test;
using std::chrono::milliseconds;

namespace {

/// Both ends with a path between them that loses what the test says.
struct Path {
  TwccSender sender = TwccSender();
  TwccRecorder recorder = {};
  Time now{std::chrono::seconds(5000)};
  std::vector<PacketResult> results = {};
  std::size_t feedbacks = 0;

  void send(bool arrives) {
    const auto sequence = sender.next(100, now);
    if (arrives) {
      recorder.arrived(sequence, now + milliseconds(30));
    }
  }
  void feed_back(std::size_t room = 1500) {
    for (bool more = true; more;) {
      Octets buffer(room);
      RtcpWriter writer(buffer);
      more = recorder.write(writer, 1, 2, now);
      RtcpReader reader(writer.bytes());
      while (const auto block = reader.next()) {
        ++feedbacks;
        sender.on_feedback(std::get<TransportFeedback>(*block), results);
      }
    }
  }
};

}  // namespace

TEST_CASE("each packet's fate comes back once, over the wrap of the numbers") {
  Path path;
  for (int i = 0; i < 70'000; ++i) {
    path.now += milliseconds(3);
    path.send(i % 7 != 3);
    if (path.recorder.due(path.now)) {
      path.feed_back();
    }
  }
  CHECK(path.results.size() > 69'900);
  std::size_t lost = 0;
  for (std::size_t i = 0; i < path.results.size(); ++i) {
    REQUIRE(path.results[i].sequence == static_cast<std::uint16_t>(i));
    REQUIRE(path.results[i].arrived.has_value() == (i % 7 != 3));
    lost += path.results[i].arrived ? 0 : 1;
    if (i > 0 && path.results[i].arrived && path.results[i - 1].arrived) {
      REQUIRE(*path.results[i].arrived - *path.results[i - 1].arrived == milliseconds(3));
    }
  }
  CHECK(lost > 9'980);
}

TEST_CASE("a feedback comes every 100 ms, every 50 ms when there is much to tell") {
  for (const int packets : {1, 10}) {
    Path path;
    for (int i = 0; i < 1000; i += 5) {
      path.now += milliseconds(5);
      for (int k = 0; k < packets; ++k) {
        path.send(true);
      }
      if (path.recorder.due(path.now)) {
        path.feed_back();
      }
    }
    CHECK(path.feedbacks == (packets == 1 ? 9 : 19));
  }
}

TEST_CASE("what does not fit one feedback comes in the next one at once") {
  Path path;
  for (int i = 0; i < 2000; ++i) {
    path.now += milliseconds(i % 9 == 0 ? 200 : 1);
    path.send(i % 3 != 0 || i == 0);
  }
  path.feed_back(200);
  CHECK(path.feedbacks > 5);
  CHECK(path.results.size() == 2000);
}

TEST_CASE("a pause longer than a delta can say begins another feedback") {
  Path path;
  path.send(true);
  path.now += std::chrono::seconds(20);
  path.send(true);
  path.feed_back();
  CHECK(path.feedbacks == 2);
  REQUIRE(path.results.size() == 2);
  CHECK(*path.results[1].arrived - *path.results[0].arrived == std::chrono::seconds(20));
}

TEST_CASE("a call may last for weeks") {
  Path path;
  for (int i = 0; i < 8; ++i) {
    path.send(true);
    path.feed_back();
    path.now += std::chrono::hours(5 * 24);
  }
  REQUIRE(path.results.size() == 8);
  CHECK(*path.results[7].arrived - *path.results[0].arrived == std::chrono::hours(7 * 5 * 24));
}

TEST_CASE("packets that overtook one another and duplicates are sorted out") {
  TwccRecorder recorder;
  Time now(std::chrono::seconds(9));
  for (const std::uint16_t sequence : {65'534, 1, 65'535, 0, 1, 65'534}) {
    recorder.arrived(sequence, now += milliseconds(1));
  }
  std::array<std::uint8_t, 200> buffer = {};
  RtcpWriter writer(buffer);
  CHECK_FALSE(recorder.write(writer, 1, 2, now));
  RtcpReader reader(writer.bytes());
  const auto feedback = std::get<TransportFeedback>(reader.next().value());
  CHECK(feedback.base_sequence == 65'534);
  CHECK(told(feedback) == Told{{65'534, 0}, {65'535, 8}, {0, 12}, {1, 4}});
  CHECK_FALSE(recorder.due(now + std::chrono::seconds(1)));
}

TEST_CASE("numbers that leap do not make a feedback of a thousand losses, nor keep memory") {
  TwccRecorder recorder;
  Time now(std::chrono::seconds(9));
  for (int i = 0; i < 100'000; ++i) {
    recorder.arrived(static_cast<std::uint16_t>(i * 1999), now += milliseconds(1));
  }
  Octets buffer(1500);
  RtcpWriter writer(buffer);
  CHECK_FALSE(recorder.write(writer, 1, 2, now));
  CHECK(writer.bytes().size() < 100);
}

TEST_CASE("feedback about packets that were never sent, or long ago, tells nothing") {
  Path path;
  for (int i = 0; i < 10; ++i) {
    path.send(false);
  }
  const Octets list{0x20, 0x64};
  Octets with_deltas = list;
  with_deltas.resize(102, 1);
  std::vector<PacketResult> results;
  path.sender.on_feedback({.base_sequence = 5, .count = 100, .chunks_and_deltas = with_deltas}, results);
  CHECK(results.size() == 5);
  path.sender.on_feedback({.base_sequence = 5, .count = 100, .chunks_and_deltas = with_deltas}, results);
  CHECK(results.size() == 5);
  path.sender.on_feedback({.base_sequence = 40'000, .count = 100, .chunks_and_deltas = with_deltas}, results);
  CHECK(results.size() == 5);
}

TEST_CASE("what was told of as lost may still arrive") {
  TwccSender sender;
  const Time now(std::chrono::seconds(1));
  sender.next(1, now);
  sender.next(1, now);
  std::vector<PacketResult> results;
  const Octets second_only{0x90, 0x00, 3, 0};
  sender.on_feedback({.base_sequence = 0, .count = 2, .chunks_and_deltas = second_only}, results);
  REQUIRE(results.size() == 2);
  CHECK_FALSE(results[0].arrived);
  const Octets first{0x20, 0x01, 9, 0};
  sender.on_feedback({.base_sequence = 0, .count = 1, .chunks_and_deltas = first}, results);
  REQUIRE(results.size() == 3);
  CHECK(results[2].sequence == 0);
  CHECK(results[2].arrived == ArrivalTime(9));
}

TEST_CASE("the reference time may wrap") {
  TwccSender sender;
  const Octets list{0x20, 0x01, 0, 0};
  std::vector<PacketResult> results;
  for (const std::int32_t reference : {0x7fffff, -0x800000, -0x7fffff}) {
    const auto sequence = sender.next(1, Time(std::chrono::seconds(1)));
    sender.on_feedback({.base_sequence = sequence, .count = 1, .reference_time = reference, .chunks_and_deltas = list},
                       results);
  }
  REQUIRE(results.size() == 3);
  CHECK(*results[1].arrived - *results[0].arrived == milliseconds(64));
  CHECK(*results[2].arrived - *results[1].arrived == milliseconds(64));
}

TEST_CASE("silence counts from the first packet that was not answered") {
  Path path;
  CHECK_FALSE(path.sender.silence(path.now));
  path.send(true);
  path.now += milliseconds(100);
  CHECK(path.sender.silence(path.now) == milliseconds(100));
  path.feed_back();
  CHECK_FALSE(path.sender.silence(path.now));
}
