#pragma once

#include <string>
#include <utility>

#include "daemon/allocator_line.h"
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
  void stop() { line_.stop(); }

  [[nodiscard]] bool is_connected() const override { return line_.is_connected(); }
  void request(const control::CallArrived& request, Done<control::CallArrived> done) override {
    line_.ask(request, std::move(done));
  }
  void request(const control::CallOffer& request, Done<control::CallOffer> done) override {
    line_.ask(request, std::move(done));
  }
  void notify(const control::CallRinging& notification) override { line_.tell(notification); }
  void notify(const control::CallAnswered& notification) override { line_.tell(notification); }
  void notify(const control::CallFailed& notification) override { line_.tell(notification); }
  void notify(const control::CallDtmf& notification) override { line_.tell(notification); }
  void notify(const control::CallRefresh& notification) override { line_.tell(notification); }
  void notify(const control::CallHangup& notification) override { line_.tell(notification); }
  void notify(const control::DoorGateways& notification) override { line_.tell(notification); }

 private:
  std::string name_;
  daemon::AllocatorLine line_;
};

}  // namespace rollcall::sip
