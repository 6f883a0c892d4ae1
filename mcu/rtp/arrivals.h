// The list inside a transport-wide feedback: which packets arrived when
// (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.1 … §3.1.5). Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "mcu/rtp/function_ref.h"
#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// The clock of the feedback: steps of 250 µs since some instant of the receiver's.
using ArrivalTime = std::chrono::duration<std::int64_t, std::ratio<1, 4000>>;

/// Calls `visit(sequence, arrival)` for each packet that the feedback tells of, in order; no arrival: lost so far. At
/// most `count` times. False, after some calls perhaps, if the list is broken.
bool read_arrivals(const TransportFeedback& feedback,
                   FunctionRef<void(std::uint16_t sequence, std::optional<ArrivalTime> arrival)> visit);

/// One packet's place in a feedback to be written.
struct Arrival {
  std::int64_t sequence = 0;  ///< extended
  std::optional<ArrivalTime> time = {};
};

/// Fills `feedback` from consecutive arrivals; `bytes` holds its list. Returns how many of them it tells of, up to one
/// that has a time: fewer than all if two lie further apart than a delta can say (8 s), or `most_bytes` are full. 0 if
/// none has a time, or none fits.
std::size_t write_arrivals(std::span<const Arrival> arrivals, std::size_t most_bytes, TransportFeedback& feedback,
                           std::vector<std::uint8_t>& bytes);

}  // namespace rollcall::mcu::rtp
