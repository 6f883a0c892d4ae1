// What kind of packet a datagram is, by its first bytes (RFC 7983, RFC 5761 §4). Pure.
#pragma once

#include <cstdint>
#include <span>

namespace rollcall::mcu::transport {

using Bytes = std::span<const std::uint8_t>;

enum class PacketKind { stun, dtls, rtp, rtcp, other };

[[nodiscard]] PacketKind classify(Bytes packet);

/// Big-endian reads; the caller has checked the length.
[[nodiscard]] inline std::uint16_t read16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
}
[[nodiscard]] inline std::uint32_t read32(const std::uint8_t* at) {
  return static_cast<std::uint32_t>(at[0]) << 24 | static_cast<std::uint32_t>(at[1]) << 16 |
         static_cast<std::uint32_t>(at[2]) << 8 | at[3];
}

}  // namespace rollcall::mcu::transport
