#pragma once

#include <functional>

#include "allocator/control/messages.h"
#include "allocator/model/expected.h"

namespace rollcall::sip {

/// What the door asks of `rollcall`. In the process it is the control channel; tests put a play in its place. Loop
/// thread. Every `done` is called exactly once, maybe much later.
class Allocator {
 public:
  template <class Request>
  using Done = std::function<void(model::Expected<typename Request::Result>)>;

  virtual ~Allocator() = default;
  [[nodiscard]] virtual bool is_connected() const = 0;
  virtual void request(const control::CallArrived& request, Done<control::CallArrived> done) = 0;
  virtual void request(const control::CallOffer& request, Done<control::CallOffer> done) = 0;
  virtual void notify(const control::CallRinging& notification) = 0;
  virtual void notify(const control::CallAnswered& notification) = 0;
  virtual void notify(const control::CallFailed& notification) = 0;
  virtual void notify(const control::CallDtmf& notification) = 0;
  virtual void notify(const control::CallRefresh& notification) = 0;
  virtual void notify(const control::CallHangup& notification) = 0;
  virtual void notify(const control::DoorGateways& notification) = 0;
};

}  // namespace rollcall::sip
