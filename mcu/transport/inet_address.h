#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace rollcall::mcu::transport {

/// An IP address of either family with a port, as the system calls want it.
class InetAddress {
 public:
  /// None if `ip` is no literal address.
  [[nodiscard]] static std::optional<InetAddress> parse(const std::string& ip, int port);
  /// 0.0.0.0 or ::, whatever goes with `other`.
  [[nodiscard]] static InetAddress any(const InetAddress& other);
  [[nodiscard]] static std::optional<InetAddress> local_of(int descriptor);

  [[nodiscard]] int family() const { return storage_.ss_family; }
  [[nodiscard]] int port() const;
  [[nodiscard]] std::string ip() const;
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage_); }
  [[nodiscard]] socklen_t length() const;
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return {reinterpret_cast<const std::uint8_t*>(&storage_), length()};
  }
  void set_port(int port);
  [[nodiscard]] bool same_as(const sockaddr_storage& other) const;

 private:
  sockaddr_storage storage_{};
};

}  // namespace rollcall::mcu::transport
