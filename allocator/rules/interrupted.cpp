// A call whose MCU was lost goes on at another one: lock, mutes and spotlight outlive the legs.
#include "allocator/rules/interrupted.h"

#include <chrono>

#include "allocator/rules/asking.h"
#include "allocator/rules/leaving.h"

namespace rollcall::rules {
namespace {

// Everybody is rung for half a minute, and pages come back by themselves.
constexpr std::chrono::seconds people_come_back_within{60};

/// The same by his next leg.
std::string identity_of(const model::Participant& participant) {
  return participant.address.empty() ? "/" + participant.name : participant.address.bare().text();
}

void stop_recording(State& state, model::Conference& conference, Decision& decision) {
  if (!conference.recording) return;
  conference.recording = false;
  decision.writes.emplace_back(SaveConference{conference});
  tell_all(state, conference.id, {}, {model::Phrase::recording_ended, {conference.title}}, decision);
}

}  // namespace

void note_interruption(State& state, const std::set<LegId>& lost, model::Time now, Decision& decision) {
  for (const LegId& leg : lost) {
    const model::Participant& participant = state.participants.at(leg);
    model::Conference* conference = find_conference(state, participant.conference);
    if (conference == nullptr || participant.state == model::LegState::alerting) continue;
    Interrupted& call = state.interrupted[conference->id];
    call.until = now + people_come_back_within;
    const std::string identity = identity_of(participant);
    if (participant.muted_by_moderator) call.muted.insert(identity);
    if (conference->spotlight == leg) call.spotlight = identity;
    if (participant.address.empty()) {
      ++call.guests;
    } else {
      call.people.insert(participant.address.bare());
    }
    stop_recording(state, *conference, decision);
  }
}

void resume(State& state, model::Participant& participant, Decision& decision) {
  const auto found = state.interrupted.find(participant.conference);
  model::Conference* conference = find_conference(state, participant.conference);
  if (found == state.interrupted.end() || conference == nullptr) return;
  Interrupted& call = found->second;
  const std::string identity = identity_of(participant);
  if (participant.address.empty() && call.guests > 0) --call.guests;
  if (call.muted.contains(identity)) {
    participant.muted_by_moderator = true;
    decision.effects.emplace_back(SilenceLeg{participant.mcu, participant.leg, true});
  }
  if (call.spotlight != identity) return;
  call.spotlight.clear();
  conference->spotlight = participant.leg;
  decision.writes.emplace_back(SaveConference{*conference});
  decision.effects.emplace_back(
      UpdateConference{.mcu = participant.mcu, .conference = conference->id, .spotlight = participant.leg});
}

bool is_awaited(const State& state, const model::Conference& conference, const Address& person) {
  const auto found = state.interrupted.find(conference.id);
  if (found == state.interrupted.end()) return false;
  return person.empty() ? found->second.guests > 0 : found->second.people.contains(person.bare());
}

void forget_mute(State& state, const model::Participant& participant) {
  const auto found = state.interrupted.find(participant.conference);
  if (found != state.interrupted.end()) found->second.muted.erase(identity_of(participant));
}

void give_up_interruption(State& state, const ConferenceId& id, Decision& decision) {
  if (state.interrupted.erase(id) == 0 || !participants_of(state, id).empty()) return;
  if (model::Conference* conference = find_conference(state, id)) forget_the_call(*conference, decision);
}

void give_up_old_interruptions(State& state, model::Time now, Decision& decision) {
  std::vector<ConferenceId> over;
  for (const auto& [id, call] : state.interrupted) {
    if (call.until <= now) over.push_back(id);
  }
  for (const ConferenceId& id : over) give_up_interruption(state, id, decision);
}

}  // namespace rollcall::rules
