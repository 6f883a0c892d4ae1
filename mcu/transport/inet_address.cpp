#include "mcu/transport/inet_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstring>

namespace rollcall::mcu::transport {
namespace {

const sockaddr_in& four(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr_in&>(storage);
}
const sockaddr_in6& six(const sockaddr_storage& storage) {
  return reinterpret_cast<const sockaddr_in6&>(storage);
}

}  // namespace

std::optional<InetAddress> InetAddress::parse(const std::string& ip, int port) {
  InetAddress address;
  auto& storage = address.storage_;
  if (inet_pton(AF_INET, ip.c_str(), &reinterpret_cast<sockaddr_in&>(storage).sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, ip.c_str(), &reinterpret_cast<sockaddr_in6&>(storage).sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
  } else {
    return std::nullopt;
  }
  address.set_port(port);
  return address;
}

InetAddress InetAddress::any(const InetAddress& other) {
  InetAddress address;
  address.storage_.ss_family = other.storage_.ss_family;
  return address;
}

std::optional<InetAddress> InetAddress::local_of(int descriptor) {
  InetAddress address;
  socklen_t length = sizeof address.storage_;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&address.storage_), &length) != 0) {
    return std::nullopt;
  }
  return address;
}

int InetAddress::port() const {
  return ntohs(family() == AF_INET6 ? six(storage_).sin6_port : four(storage_).sin_port);
}

std::string InetAddress::ip() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const void* from = family() == AF_INET6 ? static_cast<const void*>(&six(storage_).sin6_addr)
                                          : static_cast<const void*>(&four(storage_).sin_addr);
  return inet_ntop(family(), from, text.data(), text.size()) == nullptr ? std::string() : text.data();
}

socklen_t InetAddress::length() const {
  return family() == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
}

void InetAddress::set_port(int port) {
  const auto number = htons(static_cast<std::uint16_t>(port));
  if (family() == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(storage_).sin6_port = number;
  } else {
    reinterpret_cast<sockaddr_in&>(storage_).sin_port = number;
  }
}

bool InetAddress::same_as(const sockaddr_storage& other) const {
  if (other.ss_family != storage_.ss_family) {
    return false;
  }
  if (family() == AF_INET6) {
    return six(other).sin6_port == six(storage_).sin6_port &&
           std::memcmp(&six(other).sin6_addr, &six(storage_).sin6_addr, sizeof(in6_addr)) == 0;
  }
  return four(other).sin_port == four(storage_).sin_port &&
         four(other).sin_addr.s_addr == four(storage_).sin_addr.s_addr;
}

}  // namespace rollcall::mcu::transport
