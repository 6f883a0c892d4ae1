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
    : name_(std::move(name)), line_(loop, std::move(settings)) {}

void ControlAllocator::start(Door& door) {
  daemon::ControlPeer::Callbacks callbacks;
  callbacks.hello = [this, &door] {
    return control::Hello{.role = control::Role::web, .name = name_, .version = ROLLCALL_VERSION, .calls = door.legs()};
  };
  callbacks.message = [&door](const control::Incoming& incoming, control::Responder respond) {
    take(door, incoming, std::move(respond));
  };
  line_.start(std::move(callbacks));
}

}  // namespace rollcall::web
