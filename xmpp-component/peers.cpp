#include "xmpp-component/peers.h"

#include <utility>
#include <variant>

#include "daemon/log.h"
#include "xmpp-component/fresh.h"

namespace rollcall::component {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;
using model::LegId;
using model::PeerId;
using model::Reason;
using model::Refusal;

}  // namespace

Peers::Peers(daemon::EventLoop& loop, pool::Pool::Settings settings, const rules::Allocator& allocator,
             const links::LinkSigner& links, Outside outside)
    : allocator_(allocator),
      links_(links),
      outside_(std::move(outside)),
      desk_(allocator, {.happens = outside_.happens, .now = outside_.now}),
      pool_(loop, std::move(settings),
            {.peer_up = [this](const PeerId& peer, const control::Hello& hello) { peer_is_up(peer, hello); },
             .peer_down = [this](const PeerId& peer) { peer_is_down(peer); },
             .message = [this](const PeerId& peer, const control::Incoming& incoming,
                               control::Responder responder) { take(peer, incoming, std::move(responder)); }}) {}

void Peers::peer_is_up(const PeerId& peer, const control::Hello& hello) {
  roles_[peer] = hello.role;
  switch (hello.role) {
    case control::Role::mcu: {
      rules::McuUp up{.mcu = peer, .capacity_units = hello.capacity_units, .host = hello.host};
      if (hello.costs) up.costs = *hello.costs;
      for (const auto& held : hello.conferences) up.held.emplace_back(held.conference, held.legs);
      return outside_.happens(up);
    }
    case control::Role::web:
      return outside_.happens(rules::DoorUp{peer, hello.calls, model::Door::web});
    case control::Role::sip:
      outside_.happens(rules::GatewaysSeen{peer, hello.gateways});
      return outside_.happens(rules::DoorUp{peer, hello.calls, model::Door::sip});
    case control::Role::operator_desk:
      return;
  }
}

void Peers::peer_is_down(const PeerId& peer) {
  desk_.forget(peer);
  switch (roles_.extract(peer).mapped()) {
    case control::Role::mcu:
      return outside_.happens(rules::McuDown{peer});
    case control::Role::sip:
      return outside_.happens(rules::DoorDown{peer});
    case control::Role::web:
    case control::Role::operator_desk:
      return;
  }
}

void Peers::take(const PeerId& peer, const control::Incoming& incoming, control::Responder responder) {
  const control::Role role = roles_.at(peer);
  if (role == control::Role::mcu) return take_from_mcu(peer, incoming.message);
  if (role == control::Role::operator_desk) {
    if (std::holds_alternative<control::DeskStatus>(incoming.message)) return tell_operator(std::move(responder));
    return desk_.take(incoming.message, std::move(responder));
  }
  take_from_door(peer, incoming, std::move(responder));
}

void Peers::take_from_door(const PeerId& peer, const control::Incoming& incoming, control::Responder responder) {
  if (const auto* question = std::get_if<control::LinkResolve>(&incoming.message)) {
    resolve(*question, std::move(responder));
  } else if (const auto* call = std::get_if<control::CallIncoming>(&incoming.message)) {
    guest_calls(peer, *call, std::move(responder));
  } else if (const auto* change = std::get_if<control::CallOffer>(&incoming.message)) {
    if (!is_guest_of(change->leg, peer)) return responder.refuse({Reason::unknown_leg, change->leg.text()});
    guest_changes(*change, std::move(responder));
  } else if (const auto* candidate = std::get_if<control::CallCandidate>(&incoming.message)) {
    if (is_guest_of(candidate->leg, peer)) candidate_to_mcu(candidate->leg, candidate->mid, candidate->candidate);
  } else if (const auto* mute = std::get_if<control::CallMute>(&incoming.message)) {
    if (is_guest_of(mute->leg, peer)) outside_.happens(rules::Muted{mute->leg, mute->audio_muted, mute->video_muted});
  } else if (const auto* hangup = std::get_if<control::CallHangup>(&incoming.message)) {
    if (is_guest_of(hangup->leg, peer)) outside_.happens(rules::HungUp{hangup->leg, hangup->reason});
  } else if (roles_.at(peer) != control::Role::sip || !take_from_sip(peer, incoming.message, responder)) {
    responder.refuse({Reason::unknown_method, "not for the allocator"});
  }
}

void Peers::take_from_mcu(const PeerId& peer, const control::Message& message) {
  if (const auto* connected = std::get_if<control::LegConnected>(&message)) {
    outside_.happens(rules::LegConnected{connected->leg});
  } else if (const auto* ended = std::get_if<control::LegEnded>(&message)) {
    outside_.happens(rules::LegEnded{ended->leg, ended->reason});
  } else if (const auto* health = std::get_if<control::LegHealth>(&message)) {
    desk_.hear(*health);
    outside_.happens(
        rules::LegReported{health->leg,
                           {health->audio, health->video, health->stalled, health->loss, health->round_trip_ms},
                           std::chrono::milliseconds(health->frozen_ms)});
  } else if (const auto* recording = std::get_if<control::RecordingChanged>(&message)) {
    if (!recording->running) outside_.happens(rules::RecordingEnded{recording->conference});
  } else if (const auto* candidate = std::get_if<control::LegCandidate>(&message)) {
    candidate_to_participant(*candidate);
  } else if (const auto* load = std::get_if<control::McuLoad>(&message)) {
    desk_.hear(peer, *load);
    outside_.happens(rules::McuLoaded{peer, load->used_units, load->shedding > 0});
  }
}

void Peers::candidate_to_participant(const control::LegCandidate& candidate) {
  const model::Participant* participant = allocator_.participant(candidate.leg);
  if (participant == nullptr) return;
  switch (participant->door) {
    case model::Door::jabber:
      return outside_.jabber_candidate(candidate.leg, candidate.mid, candidate.candidate);
    case model::Door::web:
      return pool_.notify(participant->door_peer,
                          control::CallCandidate{candidate.leg, candidate.mid, candidate.candidate});
    case model::Door::sip:
      return;  // telephones know no trickling; the description has them all
  }
}

void Peers::tell_operator(control::Responder responder) const {
  control::DeskStatus::Result status{.xmpp_connected = outside_.is_online()};
  for (const auto& peer : pool_.peers()) status.peers.push_back({peer.id.text(), peer.role, peer.version});
  status.conferences = static_cast<int>(allocator_.state().conferences.size());
  status.calls = static_cast<int>(allocator_.state().participants.size());
  responder.result(status);
}

bool Peers::is_guest_of(const LegId& leg, const PeerId& door) const {
  const model::Participant* participant = allocator_.participant(leg);
  return participant != nullptr && participant->door_peer == door;
}

void Peers::resolve(const control::LinkResolve& question, control::Responder responder) {
  const auto id = links_.check(question.link, outside_.now());
  if (!id) return responder.refuse(id.error());
  const model::Conference* conference = allocator_.conference(*id);
  if (conference == nullptr) return responder.refuse({Reason::unknown_conference, id->text()});
  const model::PresenceIndicator indicator = allocator_.indicator(*id);
  responder.result(control::LinkResolve::Result{*id, indicator.title, indicator.running, indicator.names});
}

void Peers::guest_calls(const PeerId& door, const control::CallIncoming& call, control::Responder responder) {
  const auto conference = links_.check(call.link, outside_.now());
  if (!conference) return responder.refuse(conference.error());
  const LegId leg = fresh_leg_id();
  joining_.insert_or_assign(leg, std::move(responder));
  outside_.happens(rules::Offered{.leg = leg,
                                  .conference = *conference,
                                  .door = model::Door::web,
                                  .door_peer = door,
                                  .name = call.name,
                                  .offer = call.offer});
}

void Peers::guest_changes(const control::CallOffer& change, control::Responder responder) {
  changing_.insert_or_assign(change.leg, std::move(responder));
  outside_.happens(rules::Changed{change.leg, change.offer});
}

void Peers::carry_out(const rules::CreateConference& effect) {
  pool_.request<control::ConferenceCreate>(
      effect.mcu, {effect.conference, effect.title}, [id = effect.conference](const auto& done) {
        if (!done) {
          log::warning(event::conference_not_placed,
                       {{"conference", id.text()}, {"reason", model::to_text(done.error().reason)}});
        }
      });
}

void Peers::carry_out(const rules::DestroyConference& effect) {
  pool_.request<control::ConferenceDestroy>(effect.mcu, {effect.conference}, [](const auto&) {});
}

void Peers::carry_out(const rules::CreateLeg& effect) {
  control::LegCreate request{effect.conference, effect.leg, effect.name, effect.profile, effect.offer};
  const IceServers::Granted servers = outside_.ice_servers();
  request.stun = servers.stun;
  request.turn = servers.turn;
  pool_.request<control::LegCreate>(effect.mcu, request, [this, leg = effect.leg](const auto& answer) {
    if (answer) {
      outside_.happens(rules::McuAnswered{leg, answer->description});
    } else {
      outside_.happens(rules::McuRefused{leg, answer.error()});
    }
  });
}

void Peers::carry_out(const rules::AnswerLeg& effect) {
  pool_.request<control::LegAnswer>(effect.mcu, {effect.leg, effect.description},
                                    [this, leg = effect.leg](const auto& answer) {
                                      if (!answer) outside_.happens(rules::McuRefusedAnswer{leg, answer.error()});
                                    });
}

void Peers::carry_out(const rules::ChangeLeg& effect) {
  pool_.request<control::LegChange>(effect.mcu, {effect.leg, effect.offer},
                                    [this, leg = effect.leg](const auto& answer) {
                                      if (answer) {
                                        outside_.happens(rules::McuChanged{leg, answer->description});
                                      } else {
                                        outside_.happens(rules::McuRefusedChange{leg, answer.error()});
                                      }
                                    });
}

void Peers::carry_out(const rules::MarkMuted& effect) {
  control::LegUpdate update{.leg = effect.leg, .audio_muted = effect.audio, .video_muted = effect.video};
  pool_.request<control::LegUpdate>(effect.mcu, update, [](const auto&) {});
}

void Peers::carry_out(const rules::DestroyLeg& effect) {
  pool_.request<control::LegDestroy>(effect.mcu, {effect.leg}, [](const auto&) {});
}

void Peers::carry_out(const rules::Accept& effect) {
  auto responder = joining_.extract(effect.call.leg);
  if (responder.empty()) return;
  if (effect.call.door == model::Door::sip) {
    responder.mapped().result(control::CallArrived::Result{effect.call.leg, effect.description});
  } else {
    responder.mapped().result(control::CallIncoming::Result{effect.call.leg, effect.description});
  }
}

void Peers::carry_out(const rules::AcceptChange& effect) {
  auto responder = changing_.extract(effect.call.leg);
  if (!responder.empty()) responder.mapped().result(control::CallOffer::Result{effect.description});
}

void Peers::carry_out(const rules::RefuseChange& effect) {
  auto responder = changing_.extract(effect.call.leg);
  if (!responder.empty()) responder.mapped().refuse(effect.refusal);
}

void Peers::carry_out(const rules::RefuseCall& effect) {
  auto responder = joining_.extract(effect.call.leg);
  if (!responder.empty()) responder.mapped().refuse(effect.refusal);
}

void Peers::carry_out(const rules::EndCall& effect) {
  changing_.erase(effect.call.leg);
  pool_.notify(effect.call.door_peer, control::CallHangup{effect.call.leg, effect.reason});
}

void Peers::candidate_to_mcu(const LegId& leg, const std::string& mid, const model::IceCandidate& candidate) {
  const model::Participant* participant = allocator_.participant(leg);
  if (participant == nullptr || participant->mcu.empty()) return;
  pool_.notify(participant->mcu, control::LegCandidate{leg, mid, candidate});
}

}  // namespace rollcall::component
