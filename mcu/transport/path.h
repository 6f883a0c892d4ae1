#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "allocator/model/media_description.h"
#include "mcu/transport/batch.h"
#include "mcu/transport/packet.h"

namespace rollcall::mcu::transport {

/// How datagrams reach the other side: ICE or a plain address. Owned by a Transport; I/O thread, except send().
class Path {
 public:
  struct Events {
    std::function<void(std::span<std::uint8_t> datagram)> received;  ///< the receiver may write in it
    std::function<void()> open;                                      ///< may be said more than once
    std::function<void()> lost;  ///< no way through, or the peer's consent has run out (RFC 7675)
  };
  Path() = default;
  virtual ~Path() = default;
  Path(const Path&) = delete;
  Path& operator=(const Path&) = delete;

  /// Our credentials and candidates, or our address.
  virtual void describe(model::Transport& ours) const = 0;
  /// Theirs; again with new ICE credentials after restart().
  virtual void set_remote(const model::Transport& theirs) = 0;
  virtual void add_candidate(const model::IceCandidate& candidate) = 0;
  /// New credentials of ours (RFC 8445 §9); a path without ICE has nothing to do.
  virtual void restart() = 0;
  /// Nothing is reported after this.
  virtual void close() = 0;
  /// Any thread. A datagram that does not fit into the socket's queue is lost, as on the wire. All of one kind.
  virtual void send(PacketKind kind, const Batch& datagrams) = 0;
  /// Whether all candidates of ours are known. Any thread.
  [[nodiscard]] virtual bool is_gathered() const = 0;
  /// Whether packets go through a TURN server of ours.
  [[nodiscard]] virtual bool is_relayed() const = 0;
};

}  // namespace rollcall::mcu::transport
