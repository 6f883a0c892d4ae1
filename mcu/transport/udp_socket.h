#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "mcu/transport/batch.h"
#include "mcu/transport/inet_address.h"

namespace rollcall::mcu::transport {

/// One UDP socket of a plain address. Packets from anybody but its remote are ignored. I/O thread, except send().
class UdpSocket {
 public:
  /// Null: the port is taken, or not ours.
  [[nodiscard]] static std::unique_ptr<UdpSocket> bind(const InetAddress& local);
  ~UdpSocket();
  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] InetAddress local() const;
  /// From now on packets come from there and go there.
  void connect(const InetAddress& remote);
  /// Reads until nothing is left, many packets with one call.
  void receive(const std::function<void(std::span<std::uint8_t>)>& received);
  /// Any thread.
  void send(const Batch& batch) const;

 private:
  explicit UdpSocket(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
  std::atomic<bool> connected_ = false;
  std::optional<InetAddress> remote_ = {};
};

}  // namespace rollcall::mcu::transport
