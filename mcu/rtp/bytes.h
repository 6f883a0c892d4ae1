// Numbers in network order, sequence numbers that wrap, and the two arguments that everything here takes: bytes and
// time. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace rollcall::mcu::rtp {

using Bytes = std::span<const std::uint8_t>;
using Buffer = std::span<std::uint8_t>;
using Time = std::chrono::steady_clock::time_point;

/// Big-endian reads; the caller has checked the length.
[[nodiscard]] inline std::uint16_t read16(const std::uint8_t* at) {
  return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
}
[[nodiscard]] inline std::uint32_t read24(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 16 | std::uint32_t{at[1]} << 8 | at[2];
}
[[nodiscard]] inline std::uint32_t read32(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}
[[nodiscard]] inline std::uint64_t read64(const std::uint8_t* at) {
  return std::uint64_t{read32(at)} << 32 | read32(at + 4);
}

/// Big-endian writes; the caller has checked the room.
inline void write16(std::uint8_t* at, std::uint32_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 8);
  at[1] = static_cast<std::uint8_t>(value);
}
inline void write24(std::uint8_t* at, std::uint32_t value) {
  at[0] = static_cast<std::uint8_t>(value >> 16);
  write16(at + 1, value);
}
inline void write32(std::uint8_t* at, std::uint32_t value) {
  write16(at, value >> 16);
  write16(at + 2, value);
}
inline void write64(std::uint8_t* at, std::uint64_t value) {
  write32(at, static_cast<std::uint32_t>(value >> 32));
  write32(at + 4, static_cast<std::uint32_t>(value));
}

/// How far `to` lies ahead of `from` (negative: behind), on the shorter way round.
[[nodiscard]] inline int distance(std::uint16_t from, std::uint16_t to) {
  return static_cast<std::int16_t>(static_cast<std::uint16_t>(to - from));
}

/// The number nearest to `near` whose low 16 bits are `sequence`.
[[nodiscard]] inline std::int64_t extend(std::int64_t near, std::uint16_t sequence) {
  return near + distance(static_cast<std::uint16_t>(near), sequence);
}

}  // namespace rollcall::mcu::rtp
