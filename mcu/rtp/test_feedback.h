// What a transport-wide feedback tells, for tests.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "mcu/rtp/arrivals.h"

namespace rollcall::mcu::rtp::test {

using Octets = std::vector<std::uint8_t>;
using Told = std::map<std::uint16_t, std::optional<std::int64_t>>;  // ticks of 250 µs

inline Told told(const TransportFeedback& feedback, bool whole = true) {
  Told result;
  CHECK(read_arrivals(feedback, [&](std::uint16_t sequence, std::optional<ArrivalTime> time) {
          result[sequence] = time ? std::optional(time->count()) : std::nullopt;
        }) == whole);
  return result;
}

}  // namespace rollcall::mcu::rtp::test
