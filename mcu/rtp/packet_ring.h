// The packets of one stream that wait for an earlier one, and what is known of the missing ones. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "mcu/rtp/packet.h"

namespace rollcall::mcu::rtp {

/// One per ReceiveStream. Slots for a window of sequence numbers; the bytes of those that are held come from a small
/// pool, so that a stream without loss costs next to no memory.
class PacketRing {
 public:
  struct Slot {
    enum class State : std::uint8_t { free, missing, held, passed };
    State state = State::free;
    std::uint8_t nacks = 0;
    Time since = {};  ///< missing: noticed; held: arrived
    Time last_nack = {};
    Header header = {};
    std::uint16_t profile = 0;
    std::size_t extensions = 0;            ///< length, at the beginning of bytes
    std::vector<std::uint8_t> bytes = {};  ///< extensions, then payload
  };

  /// A power of two not below `least`.
  explicit PacketRing(std::size_t least);

  [[nodiscard]] std::size_t capacity() const { return slots_.size(); }
  [[nodiscard]] std::size_t held_bytes() const { return held_bytes_; }
  [[nodiscard]] Slot& at(std::int64_t sequence) { return slots_[static_cast<std::size_t>(sequence) & mask_]; }

  void hold(std::int64_t sequence, const Packet& packet, Time now);
  [[nodiscard]] static Packet view(const Slot& slot);
  /// Free again; its memory goes back to the pool.
  void clear(Slot& slot);

 private:
  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t held_bytes_ = 0;
  std::vector<std::vector<std::uint8_t>> pool_;
};

}  // namespace rollcall::mcu::rtp
