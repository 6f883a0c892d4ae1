#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mcu/transport/packet.h"

namespace rollcall::mcu::transport {

/// Packets that leave together, in one system call. Written into room that is used again and again: one per sending
/// thread serves all its legs, and no packet costs an allocation.
class Batch {
 public:
  static constexpr std::size_t most = 32;
  static constexpr std::size_t largest_packet = 1500;

  Batch();

  [[nodiscard]] bool is_full() const { return count_ == most; }
  [[nodiscard]] bool empty() const { return count_ == 0; }
  [[nodiscard]] std::size_t size() const { return count_; }
  /// Where the next packet is written: largest_packet bytes. Not when full.
  [[nodiscard]] std::span<std::uint8_t> room();
  /// The next packet has been written; 0 bytes: it has not.
  void add(std::size_t length);
  void clear() { count_ = 0; }

  [[nodiscard]] Bytes packet(std::size_t index) const { return {slot(index), lengths_[index]}; }
  /// A packet with the room behind it that its protection needs.
  [[nodiscard]] std::span<std::uint8_t> whole_slot(std::size_t index);
  /// After its protection; 0: not to be sent.
  void resize(std::size_t index, std::size_t length) { lengths_[index] = length; }

 private:
  static constexpr std::size_t slot_size = largest_packet + 164;  ///< a multiple of 64
  [[nodiscard]] const std::uint8_t* slot(std::size_t index) const { return buffer_.data() + index * slot_size; }

  std::vector<std::uint8_t> buffer_;
  std::array<std::size_t, most> lengths_{};
  std::size_t count_ = 0;
};

/// Where datagrams of a socket go; empty: the socket is connected.
using SocketAddress = std::span<const std::uint8_t>;

/// Sends all packets that are not empty, by sendmmsg(2). What does not fit into the socket's queue is lost, as on the
/// wire.
void send_batch(int descriptor, SocketAddress to, const Batch& batch);

}  // namespace rollcall::mcu::transport
