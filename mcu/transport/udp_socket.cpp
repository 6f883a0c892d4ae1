#include "mcu/transport/udp_socket.h"

#include <unistd.h>

#include <array>
#include <vector>

namespace rollcall::mcu::transport {
namespace {

constexpr unsigned burst = 32;
constexpr std::size_t largest_datagram = 2048;
/// A flood must not keep the thread from its other sockets.
constexpr int most_bursts = 8;
/// A key frame leaves at once, and a hundred small packets count as much as large ones.
constexpr int buffer_bytes = 512 * 1024;

/// What recvmmsg(2) reads into. One per thread: every socket empties it before the next one is looked at.
struct Inbox {
  Inbox() : bytes(burst * largest_datagram) {
    for (unsigned i = 0; i < burst; ++i) {
      parts[i] = {bytes.data() + i * largest_datagram, largest_datagram};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
      messages[i].msg_hdr.msg_name = &senders[i];
    }
  }
  std::vector<std::uint8_t> bytes;
  std::array<iovec, burst> parts{};
  std::array<sockaddr_storage, burst> senders{};
  std::array<mmsghdr, burst> messages{};
};

}  // namespace

std::unique_ptr<UdpSocket> UdpSocket::bind(const InetAddress& local) {
  const int descriptor = socket(local.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return nullptr;
  }
  std::unique_ptr<UdpSocket> made(new UdpSocket(descriptor));
  if (::bind(descriptor, local.get(), local.length()) != 0) {
    return nullptr;
  }
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
  return made;
}

UdpSocket::~UdpSocket() {
  close(descriptor_);
}

InetAddress UdpSocket::local() const {
  return *InetAddress::local_of(descriptor_);
}

void UdpSocket::connect(const InetAddress& remote) {
  remote_ = remote;
  connected_ = ::connect(descriptor_, remote.get(), remote.length()) == 0;
}

void UdpSocket::receive(const std::function<void(std::span<std::uint8_t>)>& received) {
  thread_local Inbox inbox;
  for (int i = 0; i < most_bursts; ++i) {
    for (auto& message : inbox.messages) {
      message.msg_hdr.msg_namelen = sizeof(sockaddr_storage);
    }
    const int count = recvmmsg(descriptor_, inbox.messages.data(), burst, MSG_DONTWAIT, nullptr);
    for (int at = 0; at < count; ++at) {
      const auto index = static_cast<std::size_t>(at);
      // What strangers sent before connect() is still in the queue.
      if (remote_ && remote_->same_as(inbox.senders[index])) {
        received({inbox.bytes.data() + index * largest_datagram, inbox.messages[index].msg_len});
      }
    }
    if (count < static_cast<int>(burst)) {
      return;
    }
  }
}

void UdpSocket::send(const Batch& batch) const {
  if (connected_) {
    send_batch(descriptor_, {}, batch);
  }
}

}  // namespace rollcall::mcu::transport
