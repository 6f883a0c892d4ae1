#include "sip/control_allocator.h"

#include <chrono>
#include <utility>
#include <variant>

#include "sip/door.h"

namespace rollcall::sip {

namespace {

limits::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

void take(Door& door, const control::Incoming& incoming, control::Responder respond) {
  if (const auto* dial = std::get_if<control::CallDial>(&incoming.message))
    return door.take(*dial, now(), std::move(respond));
  if (const auto* offer = std::get_if<control::CallOffer>(&incoming.message))
    return door.take(*offer, std::move(respond));
  if (const auto* hangup = std::get_if<control::CallHangup>(&incoming.message)) return door.take(*hangup, now());
  // A telephone shows no text, and has no use for candidates.
  if (std::holds_alternative<control::CallMessage>(incoming.message)) return;
  if (std::holds_alternative<control::CallCandidate>(incoming.message)) return;
  respond.refuse({model::Reason::unknown_method, "the SIP door takes no such message"});
}

}  // namespace

ControlAllocator::ControlAllocator(daemon::EventLoop& loop, std::string name, daemon::ControlPeer::Settings settings)
    : name_(std::move(name)), line_(loop, std::move(settings)) {}

void ControlAllocator::start(Door& door) {
  daemon::ControlPeer::Callbacks callbacks;
  callbacks.hello = [this, &door] {
    return control::Hello{.role = control::Role::sip,
                          .name = name_,
                          .version = ROLLCALL_VERSION,
                          .calls = door.legs(),
                          .gateways = door.gateways()};
  };
  // What came up or went down between the hello and its answer was said to nobody.
  callbacks.connected = [this, &door](const auto&) { line_.tell(control::DoorGateways{door.gateways()}); };
  callbacks.message = [&door](const control::Incoming& incoming, control::Responder respond) {
    take(door, incoming, std::move(respond));
  };
  line_.start(std::move(callbacks));
}

}  // namespace rollcall::sip
