#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "mcu/voice/packet.h"

namespace rollcall::mcu::voice {

/// One sender's packets in the order of sending: those to come, and the last few that are over, from which a decoder
/// that was idle finds its state again. Payloads' memory is used again. Pure.
class PacketQueue {
 public:
  static constexpr std::size_t kept_packets = 3;
  static constexpr std::size_t most_packets = 200;  ///< beyond that the oldest goes

  /// Room to fill a packet in, with the memory of an old one.
  [[nodiscard]] Packet blank();
  /// False, and nothing is kept: there is one of this number already.
  bool insert(Packet&& packet);
  /// Whose time is over at `point`, but for the last few.
  void forget_before(Samples point);
  void clear();

  [[nodiscard]] bool empty() const { return packets_.empty(); }
  /// The one that sounds at `point`; none: a hole.
  [[nodiscard]] const Packet* at(Samples point) const;
  /// The first that begins after `point`.
  [[nodiscard]] const Packet* after(Samples point) const;
  /// The last that is over at `point`.
  [[nodiscard]] const Packet* before(Samples point) const;
  /// Those that are over at `point` and follow one another without a gap up to it, at most `kept_packets`.
  [[nodiscard]] std::vector<const Packet*> leading_to(Samples point) const;
  [[nodiscard]] const Packet* newest() const { return packets_.empty() ? nullptr : &packets_.back(); }

 private:
  void retire(Packet&& packet);

  std::deque<Packet> packets_;
  std::vector<Packet> spare_;
};

}  // namespace rollcall::mcu::voice
