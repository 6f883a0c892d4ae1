#include <doctest/doctest.h>

#include <random>

#include "mcu/rtp/test_feedback.h"

using namespace rollcall::mcu::rtp;
using namespace rollcall::mcu::rtp::test;

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
