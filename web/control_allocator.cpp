#include "web/control_allocator.h"

#include <utility>
#include <variant>

#include "web/door.h"

namespace rollcall::web {

namespace {

void take(Door& door, const control::Incoming& incoming, control::Responder respond) {
  if (const auto* hangup = std::get_if<control::CallHangup>(&incoming.message))
    return door.call_ended(hangup->leg, hangup->reason);
  if (const auto* message = std::get_if<control::CallMessage>(&incoming.message))
    return door.call_message(message->leg, message->text);
  if (const auto* candidate = std::get_if<control::CallCandidate>(&incoming.message))
    return door.call_candidate(*candidate);
  respond.refuse({model::Reason::unknown_method, "the browser door takes no such message"});
}

}  // namespace

ControlAllocator::ControlAllocator(daemon::EventLoop& loop, std::string name, daemon::ControlPeer::Settings settings)
    : loop_(loop), name_(std::move(name)), settings_(std::move(settings)) {}

void ControlAllocator::start(Door& door) {
  daemon::ControlPeer::Callbacks callbacks;
  callbacks.hello = [this, &door] {
    return control::Hello{.role = control::Role::web, .name = name_, .version = ROLLCALL_VERSION, .calls = door.legs()};
  };
  callbacks.message = [&door](const control::Incoming& incoming, control::Responder respond) {
    take(door, incoming, std::move(respond));
  };
  peer_ = std::make_unique<daemon::ControlPeer>(loop_, settings_, std::move(callbacks));
}

template <class Request>
void ControlAllocator::ask(const Request& request, Done<Request> done) {
  if (!peer_) return done(model::refuse(model::Reason::connectivity, "no control connection"));
  peer_->request(request, std::move(done));
}

template <class Notification>
void ControlAllocator::tell(const Notification& notification) {
  if (peer_) peer_->notify(notification);
}

void ControlAllocator::request(const control::LinkResolve& request, Done<control::LinkResolve> done) {
  ask(request, std::move(done));
}
void ControlAllocator::request(const control::CallIncoming& request, Done<control::CallIncoming> done) {
  ask(request, std::move(done));
}
void ControlAllocator::request(const control::CallOffer& request, Done<control::CallOffer> done) {
  ask(request, std::move(done));
}
void ControlAllocator::notify(const control::CallCandidate& notification) {
  tell(notification);
}
void ControlAllocator::notify(const control::CallMute& notification) {
  tell(notification);
}
void ControlAllocator::notify(const control::CallHangup& notification) {
  tell(notification);
}

}  // namespace rollcall::web
