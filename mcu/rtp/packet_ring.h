// The packets of one stream that wait for an earlier one, what is known of the missing ones, and which came at all.
// Pure.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "mcu/rtp/packet.h"

namespace rollcall::mcu::rtp {

/// One per ReceiveStream. Slots for a window of sequence numbers, made when the first is needed; the bytes of packets
/// that are held come from a small pool, so that a stream without loss costs next to no memory.
class PacketRing {
 public:
  struct Slot {
    enum class State : std::uint8_t { free, missing, held };
    State state = State::free;
    std::uint8_t nacks = 0;
    std::uint16_t profile = 0;
    Time since = {};  ///< missing: noticed; held: arrived
    Time last_nack = {};
    Header header = {};
    std::size_t extensions = 0;            ///< length, at the beginning of bytes
    std::vector<std::uint8_t> bytes = {};  ///< extensions, then payload
  };

  /// A power of two not below `least`.
  explicit PacketRing(std::size_t least);

  [[nodiscard]] std::int64_t capacity() const { return static_cast<std::int64_t>(mask_ + 1); }
  [[nodiscard]] std::size_t held_bytes() const { return held_bytes_; }
  /// Only between the first miss() or hold() and its clear().
  [[nodiscard]] Slot& at(std::int64_t sequence) { return slots_[static_cast<std::size_t>(sequence) & mask_]; }

  void miss(std::int64_t sequence, Time now);
  void hold(std::int64_t sequence, const Packet& packet, Time now);
  [[nodiscard]] static Packet view(const Slot& slot);
  /// Free again; its memory goes back to the pool.
  void clear(Slot& slot);

 private:
  Slot& take(std::int64_t sequence);

  std::size_t mask_;
  std::vector<Slot> slots_ = {};
  std::size_t held_bytes_ = 0;
  std::vector<std::vector<std::uint8_t>> pool_ = {};
};

/// Which of the last 1024 sequence numbers came: tells duplicates. Two cache lines, so that asking costs nothing.
class SeenWindow {
 public:
  static constexpr std::int64_t width = 1024;

  void reset() { bits_ = {}; }
  [[nodiscard]] bool has(std::int64_t sequence) const { return (word(sequence) & bit(sequence)) != 0; }
  void add(std::int64_t sequence) { word(sequence) |= bit(sequence); }
  void remove(std::int64_t sequence) { word(sequence) &= ~bit(sequence); }

 private:
  using Words = std::array<std::uint64_t, static_cast<std::size_t>(width) / 64>;
  static std::uint64_t bit(std::int64_t sequence) { return std::uint64_t{1} << (sequence & 63); }
  static std::size_t index(std::int64_t sequence) { return static_cast<std::size_t>(sequence / 64 % (width / 64)); }
  [[nodiscard]] const std::uint64_t& word(std::int64_t sequence) const { return bits_[index(sequence)]; }
  [[nodiscard]] std::uint64_t& word(std::int64_t sequence) { return bits_[index(sequence)]; }

  Words bits_ = {};
};

}  // namespace rollcall::mcu::rtp
