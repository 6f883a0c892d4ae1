#include "mcu/transport/batch.h"

#include <sys/socket.h>

#include <cassert>
#include <cerrno>

namespace rollcall::mcu::transport {

Batch::Batch() : buffer_(most * slot_size) {}

std::span<std::uint8_t> Batch::room() {
  assert(!is_full());
  return {buffer_.data() + count_ * slot_size, largest_packet};
}

void Batch::add(std::size_t length) {
  assert(length <= largest_packet && !is_full());
  if (length > 0) {
    lengths_[count_++] = length;
  }
}

std::span<std::uint8_t> Batch::whole_slot(std::size_t index) {
  return {buffer_.data() + index * slot_size, slot_size};
}

void send_batch(int descriptor, SocketAddress to, const Batch& batch) {
  std::array<iovec, Batch::most> parts;
  std::array<mmsghdr, Batch::most> messages;
  unsigned count = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto packet = batch.packet(i);
    if (packet.empty()) {
      continue;
    }
    parts[count] = {const_cast<std::uint8_t*>(packet.data()), packet.size()};
    messages[count] = {};
    messages[count].msg_hdr.msg_name = to.empty() ? nullptr : const_cast<std::uint8_t*>(to.data());
    messages[count].msg_hdr.msg_namelen = static_cast<socklen_t>(to.size());
    messages[count].msg_hdr.msg_iov = &parts[count];
    messages[count].msg_hdr.msg_iovlen = 1;
    ++count;
  }
  for (unsigned sent = 0; sent < count;) {
    const int result = sendmmsg(descriptor, messages.data() + sent, count - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (result > 0) {
      sent += static_cast<unsigned>(result);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) {
      return;
    } else {
      ++sent;  // an ICMP answer to an earlier packet, or this one is at fault: the others may go
    }
  }
}

}  // namespace rollcall::mcu::transport
