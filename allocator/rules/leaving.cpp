#include "allocator/rules/leaving.h"

#include "allocator/rules/dialling.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

bool has_reached_mcu(const model::Participant& participant) {
  return participant.state != model::LegState::alerting && !participant.mcu.empty();
}

void tell_door(const model::Participant& participant, model::Reason reason, Decision& decision) {
  const bool was_up = participant.state == model::LegState::dialled || participant.state == model::LegState::answered ||
                      participant.state == model::LegState::connected;
  if (was_up) {
    decision.effects.emplace_back(EndCall{door_call(participant), reason});
  } else {
    decision.effects.emplace_back(RefuseCall{door_call(participant), {reason, {}}});
  }
}

void release_when_empty(State& state, model::Conference& conference, Decision& decision) {
  if (!participants_of(state, conference.id).empty()) return;
  if (!state.interrupted.contains(conference.id)) forget_the_call(conference, decision);
  if (!conference.mcu) return;
  const auto mcu = state.mcus.find(*conference.mcu);
  if (mcu != state.mcus.end() && mcu->second.up) {
    decision.effects.emplace_back(DestroyConference{*conference.mcu, conference.id});
  }
  conference.mcu.reset();
}

}  // namespace

void forget_the_call(model::Conference& conference, Decision& decision) {
  for (const Address& person : conference.removed) {
    decision.writes.emplace_back(SaveRemoval{conference.id, person, false});
  }
  conference.removed.clear();
  const bool has_changed = conference.locked || conference.recording || !conference.spotlight.empty();
  conference.locked = false;
  conference.recording = false;
  conference.spotlight = {};
  if (has_changed) decision.writes.emplace_back(SaveConference{conference});
}

DoorCall door_call(const model::Participant& participant) {
  return {participant.leg, participant.door, participant.door_peer};
}

void leave(State& state, const model::LegId& leg, model::Reason reason, Untold untold, model::Time now,
           Decision& decision) {
  const auto found = state.participants.find(leg);
  if (found == state.participants.end()) return;
  const model::Participant participant = found->second;
  state.participants.erase(found);
  state.waiting.erase(leg);

  if (untold == Untold::door || untold == Untold::both) tell_door(participant, reason, decision);
  if ((untold == Untold::mcu || untold == Untold::both) && has_reached_mcu(participant)) {
    decision.effects.emplace_back(DestroyLeg{participant.mcu, leg});
  }
  decision.writes.emplace_back(DeleteLeg{leg});
  charge(state, participant, now, decision);

  model::Conference* conference = find_conference(state, participant.conference);
  if (conference == nullptr) return;
  conference->last_used = now;
  if (!participant.address.empty()) state.endings[conference->id][participant.address.bare()] = {reason, now};
  if (conference->spotlight == leg) conference->spotlight = {};
  release_when_empty(state, *conference, decision);
  if (participant.state == model::LegState::connected) decision.effects.emplace_back(indicate(state, *conference));
}

Decision on(const HungUp& event, State& state, model::Time now) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr) return decision;
  const bool was_rung = participant->called;
  const ConferenceId conference = participant->conference;
  const Address person = participant->address;
  leave(state, event.leg, event.reason, Untold::mcu, now, decision);
  if (was_rung && !person.empty()) end_ring(state, conference, person, event.leg, event.reason, now, decision);
  return decision;
}

Decision on(const LegEnded& event, State& state, model::Time now) {
  Decision decision;
  leave(state, event.leg, event.reason, Untold::door, now, decision);
  return decision;
}

}  // namespace rollcall::rules
