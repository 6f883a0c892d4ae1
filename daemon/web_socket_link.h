#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "daemon/event_loop.h"

namespace Poco::Net {
class WebSocket;
}

namespace rollcall::daemon {

/// One open WebSocket (RFC 6455) that carries texts, either end of it. Owned by its connection, loop thread; a reader
/// and a writer thread of its own do the blocking work and only post. The other side can neither block the loop nor
/// fill the memory: what it does not read is bounded, what it sends too fast waits in its own socket or closes it.
class WebSocketLink {
 public:
  struct Limits {
    std::size_t text_bytes = 256 * 1024;  ///< one received text
    std::size_t queue_texts = 1024;       ///< waiting to be sent
    std::size_t queue_bytes = 8 * 1024 * 1024;
    double texts_per_second = 1000;  ///< received, on average
    double burst = 4000;             ///< received at once
  };

  /// Loop thread. `closed` is called once, unless this is destroyed before; both may destroy this.
  struct Callbacks {
    std::function<void(std::string text)> text;
    std::function<void(const std::string& why)> closed;
  };

  WebSocketLink(EventLoop& loop, const Poco::Net::WebSocket& socket, Limits limits, Callbacks callbacks);
  /// Gives what is still to be sent a fifth of a second.
  ~WebSocketLink();
  WebSocketLink(const WebSocketLink&) = delete;
  WebSocketLink& operator=(const WebSocketLink&) = delete;

  /// Never blocks. A text that finds the queue full closes the link.
  void send(std::string text);
  /// At once; `closed` follows with this reason.
  void close(const std::string& why);

 private:
  struct Shared;
  struct Threads;
  std::shared_ptr<Shared> shared_;  // what the threads and posted closures hold
  std::unique_ptr<Threads> threads_;
};

}  // namespace rollcall::daemon
