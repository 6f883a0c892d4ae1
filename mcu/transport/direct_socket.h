#pragma once

#include <mutex>
#include <optional>

#include "mcu/transport/batch.h"
#include "mcu/transport/inet_address.h"

namespace rollcall::mcu::transport {

/// The socket of a selected ICE pair, used beside libnice: a batch in one system call, and no lock of the agent, which
/// the I/O thread may be holding. Has a descriptor of its own, so that libnice may close its one at any time.
class DirectSocket {
 public:
  DirectSocket() = default;
  ~DirectSocket();
  DirectSocket(const DirectSocket&) = delete;
  DirectSocket& operator=(const DirectSocket&) = delete;

  /// I/O thread. From now on packets leave by the socket behind `descriptor`.
  void use(int descriptor, const InetAddress& remote);
  /// I/O thread. The pair goes through a relay, or there is none.
  void disuse();
  /// Any thread. False: not in use.
  bool send(const Batch& batch);

 private:
  std::mutex mutex_;  ///< of remote_; the descriptor's number never changes once it is there
  std::optional<InetAddress> remote_ = {};
  int descriptor_ = -1;
};

}  // namespace rollcall::mcu::transport
