#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "allocator/model/expected.h"
#include "daemon/control_peer.h"
#include "daemon/event_loop.h"

namespace rollcall::daemon {

/// A door's end of the control channel: nothing before start() and after stop(), when requests end with connectivity
/// and notifications go nowhere. Owned by the door's allocator; loop thread.
class AllocatorLine {
 public:
  AllocatorLine(EventLoop& loop, ControlPeer::Settings settings) : loop_(loop), settings_(std::move(settings)) {}

  /// Dials.
  void start(ControlPeer::Callbacks callbacks) {
    peer_ = std::make_unique<ControlPeer>(loop_, settings_, std::move(callbacks));
  }
  /// Unanswered requests end with connectivity.
  void stop() { peer_.reset(); }
  [[nodiscard]] bool is_connected() const { return peer_ && peer_->is_connected(); }

  template <class Request>
  void ask(const Request& request, std::function<void(model::Expected<typename Request::Result>)> done) {
    if (!peer_) return done(model::refuse(model::Reason::connectivity, "no control connection"));
    peer_->request(request, std::move(done));
  }
  template <class Notification>
  void tell(const Notification& notification) {
    if (peer_) peer_->notify(notification);
  }

 private:
  EventLoop& loop_;
  ControlPeer::Settings settings_;
  std::unique_ptr<ControlPeer> peer_;
};

}  // namespace rollcall::daemon
