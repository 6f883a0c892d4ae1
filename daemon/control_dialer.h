#pragma once

#include <functional>
#include <memory>
#include <string>

#include "daemon/event_loop.h"

namespace Poco::Net {
class WebSocket;
}

namespace rollcall::daemon {

/// One attempt to open a WebSocket, on a thread of its own because it blocks. Owned by its ControlPeer, loop thread.
class ControlDialer {
 public:
  /// Loop thread, once, unless the dialer is destroyed before; may destroy it.
  struct Callbacks {
    std::function<void(const Poco::Net::WebSocket&)> opened;
    /// `refused`: the allocator is there, but does not want us.
    std::function<void(const std::string& why, bool refused)> failed;
  };

  ControlDialer(EventLoop& loop, const std::string& url, const std::string& token, Callbacks callbacks);
  /// Waits for the attempt, at most a few seconds.
  ~ControlDialer();
  ControlDialer(const ControlDialer&) = delete;
  ControlDialer& operator=(const ControlDialer&) = delete;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace rollcall::daemon
