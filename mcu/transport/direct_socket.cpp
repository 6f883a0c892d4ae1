#include "mcu/transport/direct_socket.h"

#include <fcntl.h>
#include <unistd.h>

namespace rollcall::mcu::transport {
namespace {

/// A key frame leaves at once, and comes at once while the I/O thread is busy with somebody else.
constexpr int buffer_bytes = 512 * 1024;

}  // namespace

DirectSocket::~DirectSocket() {
  if (descriptor_ >= 0) {
    close(descriptor_);
  }
}

void DirectSocket::use(int descriptor, const InetAddress& remote) {
  const std::lock_guard lock(mutex_);
  // In place: whoever is sending at this moment sends by the old one or by the new one, never by a stranger's.
  const int own = descriptor_ < 0 ? fcntl(descriptor, F_DUPFD_CLOEXEC, 0) : dup3(descriptor, descriptor_, O_CLOEXEC);
  if (own < 0) {
    remote_.reset();
    return;
  }
  setsockopt(own, SOL_SOCKET, SO_SNDBUF, &buffer_bytes, sizeof buffer_bytes);
  setsockopt(own, SOL_SOCKET, SO_RCVBUF, &buffer_bytes, sizeof buffer_bytes);
  descriptor_ = own;
  remote_ = remote;
}

void DirectSocket::disuse() {
  const std::lock_guard lock(mutex_);
  remote_.reset();
}

bool DirectSocket::send(const Batch& batch) {
  InetAddress to;
  int descriptor = -1;
  {
    const std::lock_guard lock(mutex_);
    if (!remote_) {
      return false;
    }
    to = *remote_;
    descriptor = descriptor_;
  }
  send_batch(descriptor, to.bytes(), batch);
  return true;
}

}  // namespace rollcall::mcu::transport
