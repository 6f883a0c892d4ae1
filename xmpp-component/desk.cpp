#include "xmpp-component/desk.h"

#include <algorithm>
#include <chrono>
#include <variant>

#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/state.h"
#include "daemon/log.h"

namespace rollcall::component {
namespace {

namespace event = daemon::event;
namespace log = daemon::log;
using model::Reason;

/// Of so many legs that are over the health is kept, before it is looked which those are.
constexpr std::size_t leftovers = 256;

int seconds_between(model::Time then, model::Time now) {
  return static_cast<int>(
      std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(now - then).count()));
}

/// What an operator did is written down.
void log_act(std::string_view act, const std::string& subject) {
  log::info(event::desk_acted, {{"act", act}, {"subject", subject}});
}

}  // namespace

void Desk::hear(const control::LegHealth& health) {
  if (allocator_.participant(health.leg) == nullptr) return;
  health_[health.leg] = health;
  if (health_.size() > allocator_.state().participants.size() + leftovers)
    std::erase_if(health_, [this](const auto& entry) { return allocator_.participant(entry.first) == nullptr; });
}

control::DeskLeg Desk::leg_of(const model::Participant& participant) const {
  control::DeskLeg leg{.leg = participant.leg,
                       .name = participant.name,
                       .door = participant.door,
                       .state = participant.state,
                       .seconds = seconds_between(participant.since, outside_.now()),
                       .video = participant.video,
                       .audio_muted = participant.audio_muted || participant.muted_by_moderator,
                       .video_muted = participant.video_muted};
  if (participant.door == model::Door::jabber) leg.address = participant.address.bare().text();
  if (const auto known = health_.find(participant.leg); known != health_.end()) leg.health = known->second;
  return leg;
}

control::DeskConference Desk::conference_of(const model::Conference& conference) const {
  control::DeskConference shown{.conference = conference.id,
                                .title = conference.title,
                                .owner = conference.owner.text(),
                                .mcu = conference.mcu,
                                .kept = conference.kept,
                                .locked = conference.locked,
                                .recording = conference.recording};
  for (const model::Participant* participant : rules::participants_of(allocator_.state(), conference.id))
    shown.legs.push_back(leg_of(*participant));
  return shown;
}

control::DeskMcu Desk::mcu_of(const model::PeerId& id, const rules::Mcu& mcu) const {
  control::DeskMcu shown{.mcu = id,
                         .host = mcu.host,
                         .up = mcu.up,
                         .draining = mcu.draining,
                         .capacity_units = mcu.capacity_units,
                         .used_units = rules::used_units(allocator_.state(), id)};
  if (const auto known = loads_.find(id); known != loads_.end()) shown.load = known->second;
  return shown;
}

control::DeskOverview::Result Desk::overview() const {
  control::DeskOverview::Result all;
  for (const auto& [id, conference] : allocator_.state().conferences)
    all.conferences.push_back(conference_of(conference));
  for (const auto& [id, mcu] : allocator_.state().mcus) all.mcus.push_back(mcu_of(id, mcu));
  return all;
}

void Desk::take(const control::Message& message, control::Responder responder) {
  if (std::holds_alternative<control::DeskOverview>(message)) {
    responder.result(overview());
  } else if (const auto* end = std::get_if<control::DeskEnd>(&message)) {
    if (allocator_.conference(end->conference) == nullptr)
      return responder.refuse({Reason::unknown_conference, end->conference.text()});
    log_act("end", end->conference.text());
    outside_.happens(rules::OperatorEnds{end->conference});
    responder.result(control::DeskEnd::Result{});
  } else if (const auto* kick = std::get_if<control::DeskKick>(&message)) {
    if (allocator_.participant(kick->leg) == nullptr) return responder.refuse({Reason::unknown_leg, kick->leg.text()});
    log_act("kick", kick->leg.text());
    outside_.happens(rules::OperatorRemoves{kick->leg});
    responder.result(control::DeskKick::Result{});
  } else if (const auto* drain = std::get_if<control::DeskDrain>(&message)) {
    if (!allocator_.state().mcus.contains(drain->mcu))
      return responder.refuse({Reason::no_media_server, drain->mcu.text()});
    log_act(drain->on ? "drain" : "undrain", drain->mcu.text());
    outside_.happens(rules::OperatorDrains{drain->mcu, drain->on});
    responder.result(control::DeskDrain::Result{});
  } else {
    responder.refuse({Reason::unknown_method, "not for an operator"});
  }
}

}  // namespace rollcall::component
