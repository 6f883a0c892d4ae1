// Just enough RTP and RTCP for a load generator; written apart from the product's, so that both check each other. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tests/bench/clip.h"

namespace rollcall::bench {

using Bytes = std::span<const std::uint8_t>;

enum class Packing { opus, vp8, h264 };

/// The RTP payloads of one frame (RFC 7587, RFC 7741 with the short descriptor, RFC 6184 mode 1).
using Payloads = std::vector<std::vector<std::uint8_t>>;
[[nodiscard]] Payloads cut(const Frame& frame, Packing packing);

/// What one sender writes in front of each payload.
struct Header {
  int payload_type = 0;
  bool marker = false;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  int level_id = 0;  ///< RFC 6464; 0: not sent
  std::uint8_t level = 127;
  int mid_id = 0;
  char mid = 'a';
  int rid_id = 0;  ///< RFC 8852, of one of several sizes
  char rid = 'h';
  int twcc_id = 0;
  std::uint16_t twcc = 0;
};
/// Appends to an empty `packet`.
void write(std::vector<std::uint8_t>& packet, const Header& header, Bytes payload);

/// What a receiver must know of a packet.
struct Seen {
  int payload_type = 0;
  bool marker = false;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
  std::optional<std::uint16_t> twcc = {};
  Bytes payload = {};
};
[[nodiscard]] std::optional<Seen> look_at(Bytes packet, int twcc_id = 0);

/// Whether a picture that can be decoded by itself begins with this payload.
[[nodiscard]] bool begins_key_frame(Bytes payload, Packing packing);

[[nodiscard]] inline std::uint32_t read32(Bytes from, std::size_t at) {
  return static_cast<std::uint32_t>(from[at] << 24 | from[at + 1] << 16 | from[at + 2] << 8 | from[at + 3]);
}
[[nodiscard]] inline std::uint16_t read16(Bytes from, std::size_t at) {
  return static_cast<std::uint16_t>(from[at] << 8 | from[at + 1]);
}
inline void put16(std::vector<std::uint8_t>& to, unsigned value) {
  to.push_back(static_cast<std::uint8_t>(value >> 8));
  to.push_back(static_cast<std::uint8_t>(value));
}
inline void put32(std::vector<std::uint8_t>& to, std::uint32_t value) {
  put16(to, value >> 16);
  put16(to, value & 0xffff);
}

}  // namespace rollcall::bench
