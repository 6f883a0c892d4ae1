#include <doctest/doctest.h>

#include <array>
#include <map>
#include <random>
#include <vector>

#include "mcu/rtp/rtcp_reader.h"
#include "mcu/rtp/transport_feedback.h"

using namespace rollcall::mcu::rtp;
using std::chrono::milliseconds;

namespace {

using Octets = std::vector<std::uint8_t>;
using Told = std::map<std::uint16_t, std::optional<std::int64_t>>;  // ticks of 250 µs

Told told(const TransportFeedback& feedback, bool whole = true) {
  Told result;
  CHECK(read_arrivals(feedback, [&](std::uint16_t sequence, std::optional<ArrivalTime> time) {
          result[sequence] = time ? std::optional(time->count()) : std::nullopt;
        }) == whole);
  return result;
}

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

TEST_CASE("all kinds of chunks are read") {
  // A run of two with small deltas, a vector of one bit, a vector of two bits (large, lost, large, small), as §3.1.3
  // and §3.1.4 lay them out.
  const Octets list{0x20, 0x02, 0xa0, 0x00, 0xe2, 0x40,        // chunks
                    4,    8,    12,   0x01, 0x00, 0xff, 0xfc,  // 4, 8, 12, 256, −4: deltas
                    16};
  const TransportFeedback feedback{
      .base_sequence = 65'534, .count = 2 + 14 + 4, .reference_time = 2, .chunks_and_deltas = list};
  const auto result = told(feedback, true);
  CHECK(result.size() == 20);
  CHECK(result.at(65'534) == 512 + 4);
  CHECK(result.at(65'535) == 512 + 12);
  CHECK(result.at(0) == 512 + 24);
  CHECK(result.at(1) == std::nullopt);
  CHECK(result.at(13) == std::nullopt);
  CHECK(result.at(14) == 512 + 280);
  CHECK(result.at(15) == std::nullopt);
  CHECK(result.at(16) == 512 + 276);
  CHECK(result.at(17) == 512 + 292);
}

TEST_CASE("a reference time before the receiver's beginning is negative") {
  const Octets list{0x20, 0x01, 10, 0};
  CHECK(told({.count = 1, .reference_time = -1, .chunks_and_deltas = list}).at(0) == -256 + 10);
}

TEST_CASE("a list that is shorter than it claims is refused, and tells nothing wrong") {
  CHECK(told({.count = 1, .chunks_and_deltas = {}}, false).empty());
  const Octets no_delta{0x20, 0x01};
  CHECK(told({.count = 1, .chunks_and_deltas = no_delta}, false).empty());
  const Octets half_delta{0x40, 0x01, 1};
  CHECK(told({.count = 1, .chunks_and_deltas = half_delta}, false).empty());
  const Octets reserved{0x60, 0x01, 1, 1};
  CHECK(told({.count = 1, .chunks_and_deltas = reserved}, false).empty());
  const Octets empty_runs{0x20, 0x00, 0x20, 0x00};
  CHECK(told({.count = 1, .chunks_and_deltas = empty_runs}, false).empty());
  const Octets one_of_many{0x20, 0x02, 7};
  CHECK(told({.count = 2, .chunks_and_deltas = one_of_many}, false).size() == 1);
}

TEST_CASE("whatever arrived when is read as it was written") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    std::vector<Arrival> arrivals;
    const unsigned lost_of_ten = random() % 11;
    std::int64_t tick = static_cast<std::int64_t>(random() % 100'000) - 50'000;
    const std::int64_t base = 65'536 * 5 - random() % 200;
    for (int i = 0; i < 200; ++i) {
      tick += round % 3 == 0 ? random() % 20 : static_cast<std::int64_t>(random() % 2000) - 700;
      arrivals.push_back({.sequence = base + i});
      if (random() % 10 >= lost_of_ten || (round % 5 == 0 && i > 100)) {
        arrivals.back().time = ArrivalTime(tick);
      }
    }
    TransportFeedback feedback;
    Octets bytes;
    const auto count = write_arrivals(arrivals, 5000, feedback, bytes);
    while (!arrivals.empty() && !arrivals.back().time) {
      arrivals.pop_back();
    }
    REQUIRE(count == arrivals.size());
    const auto result = count == 0 ? Told{} : told(feedback);
    REQUIRE(result.size() == count);
    for (const auto& [sequence, time] : arrivals) {
      CHECK(result.at(static_cast<std::uint16_t>(sequence)) == (time ? std::optional(time->count()) : std::nullopt));
    }
  }
}

TEST_CASE("a list keeps to its bound") {
  std::vector<Arrival> arrivals;
  for (int i = 0; i < 1000; ++i) {
    arrivals.push_back({.sequence = i, .time = ArrivalTime(i * (i % 3 == 0 ? 1 : 300))});
  }
  for (const std::size_t most : {0U, 1U, 3U, 10U, 100U, 1000U}) {
    TransportFeedback feedback;
    Octets bytes;
    const auto count = write_arrivals(arrivals, most, feedback, bytes);
    CHECK(bytes.size() <= most);
    CHECK((count > 0) == (most >= 3));
  }
}

TEST_CASE("runs of losses cost two bytes") {
  std::vector<Arrival> arrivals(2000);
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    arrivals[i].sequence = static_cast<std::int64_t>(i);
  }
  arrivals.front().time = arrivals.back().time = ArrivalTime(1);
  TransportFeedback feedback;
  Octets bytes;
  CHECK(write_arrivals(arrivals, 1000, feedback, bytes) == 2000);
  CHECK(bytes.size() <= 10);
  CHECK(told(feedback).size() == 2000);
}

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
