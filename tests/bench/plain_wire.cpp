#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "tests/bench/wire.h"

namespace rollcall::bench {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

class Socket {
 public:
  Socket() : descriptor_(socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    const int on = 1;
    const int room = 1 << 20;
    setsockopt(descriptor_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
    setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    const sockaddr_in any = loopback(0);
    if (bind(descriptor_, reinterpret_cast<const sockaddr*>(&any), sizeof(any)) != 0)
      throw std::runtime_error("no UDP port is free for a participant");
  }
  ~Socket() { ::close(descriptor_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] int port() const {
    sockaddr_in address{};
    socklen_t size = sizeof(address);
    getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }
  void connect_to(const model::MediaAddress& theirs) {
    sockaddr_in address = loopback(theirs.rtp_port);
    inet_pton(AF_INET, theirs.ip.c_str(), &address.sin_addr);
    connected_ = connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  [[nodiscard]] bool connected() const { return connected_; }

 private:
  int descriptor_;
  bool connected_ = false;
};

/// A stamp of the wall clock on the steady one.
Time steady(const timespec& stamp) {
  timespec wall{};
  clock_gettime(CLOCK_REALTIME, &wall);
  const auto now = std::chrono::steady_clock::now();
  return now - std::chrono::seconds(wall.tv_sec - stamp.tv_sec) -
         std::chrono::nanoseconds(wall.tv_nsec - stamp.tv_nsec);
}

class PlainWire final : public Wire {
 public:
  PlainWire(bool picture, Receive receive) : receive_(std::move(receive)), sockets_(picture ? 2 : 1) {
    for (auto& one : sockets_) one = std::make_unique<Socket>();
  }

  void describe(model::MediaDescription& offer) const override {
    for (std::size_t index = 0; index < offer.media.size(); ++index) {
      const int port = sockets_[index]->port();
      offer.transports.push_back({.address = model::MediaAddress{"127.0.0.1", port, port}, .plain = true});
      offer.media[index].transport = index;
    }
  }

  void apply(const model::MediaDescription& answer) override {
    for (std::size_t index = 0; index < answer.media.size() && index < sockets_.size(); ++index) {
      const auto transport = answer.media[index].transport;
      if (transport < answer.transports.size() && answer.transports[transport].address)
        sockets_[index]->connect_to(*answer.transports[transport].address);
    }
  }

  void send(Lane lane, bool /*rtcp*/, Bytes packet) override {
    const auto index = static_cast<std::size_t>(lane);
    if (index < sockets_.size() && sockets_[index]->connected())
      ::send(sockets_[index]->descriptor(), packet.data(), packet.size(), MSG_DONTWAIT);
  }

  bool open() const override { return sockets_.front()->connected(); }
  std::vector<int> descriptors() const override {
    std::vector<int> all;
    for (const auto& one : sockets_) all.push_back(one->descriptor());
    return all;
  }
  void close() override {}

  void on_readable(int descriptor) override {
    constexpr int burst = 16;
    for (;;) {
      std::array<mmsghdr, burst> messages{};
      for (std::size_t index = 0; index < burst; ++index) {
        parts_[index] = {buffers_[index].data(), buffers_[index].size()};
        messages[index].msg_hdr.msg_iov = &parts_[index];
        messages[index].msg_hdr.msg_iovlen = 1;
        messages[index].msg_hdr.msg_control = stamps_[index].data();
        messages[index].msg_hdr.msg_controllen = stamps_[index].size();
      }
      const int count = recvmmsg(descriptor, messages.data(), burst, MSG_DONTWAIT, nullptr);
      for (int index = 0; index < count; ++index) deliver(messages[static_cast<std::size_t>(index)]);
      if (count < burst) return;
    }
  }

 private:
  void deliver(const mmsghdr& message) {
    Time arrived = std::chrono::steady_clock::now();
    if (const cmsghdr* header = CMSG_FIRSTHDR(&message.msg_hdr);
        header != nullptr && header->cmsg_type == SCM_TIMESTAMPNS) {
      timespec stamp{};
      std::memcpy(&stamp, CMSG_DATA(header), sizeof(stamp));
      arrived = steady(stamp);
    }
    const Bytes packet(static_cast<const std::uint8_t*>(message.msg_hdr.msg_iov->iov_base), message.msg_len);
    if (packet.size() >= 8) receive_(packet, packet[1] >= 192 && packet[1] <= 223, arrived);
  }

  Receive receive_;
  std::vector<std::unique_ptr<Socket>> sockets_;
  // Read by the player's thread alone, so all wires could share them; each has its own to stay simple.
  std::array<std::array<std::uint8_t, 1600>, 16> buffers_;
  std::array<std::array<char, 64>, 16> stamps_;
  std::array<iovec, 16> parts_;
};

}  // namespace

std::unique_ptr<Wire> make_plain_wire(bool picture, Wire::Receive receive) {
  return std::make_unique<PlainWire>(picture, std::move(receive));
}

}  // namespace rollcall::bench
