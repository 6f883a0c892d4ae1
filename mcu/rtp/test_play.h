// A received stream whose packets say their own number in the payload, for tests.
#pragma once

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "mcu/rtp/receive_stream.h"

namespace rollcall::mcu::rtp::test {

using std::chrono::milliseconds;
using Outcome = ReceiveStream::Outcome;
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

}  // namespace rollcall::mcu::rtp::test
