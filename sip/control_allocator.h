#pragma once

#include <memory>
#include <string>

#include "daemon/control_peer.h"
#include "daemon/event_loop.h"
#include "sip/allocator.h"

namespace rollcall::sip {

class Door;

/// The allocator over the control channel. Owned by main(); loop thread.
class ControlAllocator : public Allocator {
 public:
  /// `name`: this door's name at the allocator. Dials when it is started.
  ControlAllocator(daemon::EventLoop& loop, std::string name, daemon::ControlPeer::Settings settings);

  /// What the allocator says goes to `door`, which outlives this or stop().
  void start(Door& door);
  /// Unanswered requests end with connectivity.
  void stop() { peer_.reset(); }

  [[nodiscard]] bool is_connected() const override { return peer_ && peer_->is_connected(); }
  void request(const control::CallArrived& request, Done<control::CallArrived> done) override;
  void request(const control::CallOffer& request, Done<control::CallOffer> done) override;
  void notify(const control::CallRinging& notification) override { tell(notification); }
  void notify(const control::CallAnswered& notification) override { tell(notification); }
  void notify(const control::CallFailed& notification) override { tell(notification); }
  void notify(const control::CallDtmf& notification) override { tell(notification); }
  void notify(const control::CallRefresh& notification) override { tell(notification); }
  void notify(const control::CallHangup& notification) override { tell(notification); }
  void notify(const control::DoorGateways& notification) override { tell(notification); }

 private:
  template <class Request>
  void ask(const Request& request, Done<Request> done);
  template <class Notification>
  void tell(const Notification& notification) {
    if (peer_) peer_->notify(notification);
  }

  daemon::EventLoop& loop_;
  std::string name_;
  daemon::ControlPeer::Settings settings_;
  std::unique_ptr<daemon::ControlPeer> peer_;
};

}  // namespace rollcall::sip
