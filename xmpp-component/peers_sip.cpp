// The SIP door: telephones and room systems, called and calling.
#include "xmpp-component/fresh.h"
#include "xmpp-component/peers.h"

namespace rollcall::component {

using model::LegId;
using model::PeerId;
using model::Reason;

void Peers::carry_out(const rules::Reach& effect) {
  outside_.happens(rules::ReachBegun{fresh_leg_id(), effect});
}

void Peers::carry_out(const rules::Dial& effect) {
  if (effect.call.door != model::Door::sip) return;
  const LegId leg = effect.call.leg;
  if (effect.gateways.empty()) return outside_.happens(rules::DialFailed{leg, Reason::unreachable});
  const control::CallDial order{leg, effect.gateways, effect.address, effect.display, effect.kbit, effect.description};
  pool_.request<control::CallDial>(effect.call.door_peer, order, [this, leg](const auto& answer) {
    if (!answer) outside_.happens(rules::DialFailed{leg, answer.error().reason});
  });
}

bool Peers::take_from_sip(const PeerId& peer, const control::Message& message, control::Responder& responder) {
  if (const auto* call = std::get_if<control::CallArrived>(&message)) {
    telephone_calls(peer, *call, std::move(responder));
  } else if (const auto* answered = std::get_if<control::CallAnswered>(&message)) {
    if (is_guest_of(answered->leg, peer)) outside_.happens(rules::AnswerCame{answered->leg, answered->description, ""});
  } else if (const auto* failed = std::get_if<control::CallFailed>(&message)) {
    if (is_guest_of(failed->leg, peer)) outside_.happens(rules::DialFailed{failed->leg, failed->reason});
  } else if (const auto* refresh = std::get_if<control::CallRefresh>(&message)) {
    if (is_guest_of(refresh->leg, peer)) refresh_picture(refresh->leg);
  } else if (const auto* gateways = std::get_if<control::DoorGateways>(&message)) {
    outside_.happens(rules::GatewaysSeen{peer, gateways->gateways});
  } else {
    // That it rings, and keys outside of a menu, change nothing here.
    return std::holds_alternative<control::CallRinging>(message) || std::holds_alternative<control::CallDtmf>(message);
  }
  return true;
}

void Peers::telephone_calls(const PeerId& door, const control::CallArrived& call, control::Responder responder) {
  const LegId leg = fresh_leg_id();
  joining_.insert_or_assign(leg, std::move(responder));
  outside_.happens(rules::Arrived{.leg = leg,
                                  .door_peer = door,
                                  .called = call.called,
                                  .caller = call.caller,
                                  .name = call.name,
                                  .account = call.account,
                                  .gateway = call.gateway,
                                  .profile = call.profile,
                                  .offer = call.offer});
}

void Peers::refresh_picture(const LegId& leg) {
  const model::Participant* participant = allocator_.participant(leg);
  if (participant == nullptr || participant->mcu.empty()) return;
  pool_.notify(participant->mcu, control::LegRefresh{leg});
}

}  // namespace rollcall::component
