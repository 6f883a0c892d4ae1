// What changes while a call is up.
#include "allocator/rules/indicator.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

bool is_up(const model::Participant* participant) {
  return participant != nullptr &&
         (participant->state == model::LegState::answered || participant->state == model::LegState::connected);
}

}  // namespace

Decision on(const Changed& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (!is_up(participant)) return decision;
  participant->video = model::has_video(event.offer);
  decision.effects.emplace_back(ChangeLeg{participant->mcu, event.leg, event.offer});
  return decision;
}

Decision on(const McuChanged& event, State& state, model::Time /*now*/) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (!is_up(participant)) return decision;
  decision.writes.emplace_back(SaveLeg{*participant});  // what the door needs after a restart has changed too
  decision.effects.emplace_back(AcceptChange{door_call(*participant), event.description});
  return decision;
}

Decision on(const McuRefusedChange& event, State& state, model::Time /*now*/) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (is_up(participant)) decision.effects.emplace_back(RefuseChange{door_call(*participant), event.refusal});
  return decision;
}

Decision on(const Muted& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (!is_up(participant)) return decision;
  participant->audio_muted = event.audio;
  participant->video_muted = event.video;
  decision.effects.emplace_back(MarkMuted{participant->mcu, event.leg, event.audio, event.video});
  return decision;
}

Decision on(const LegReported& event, State& state, model::Time now) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr) return decision;
  participant->health = event.health;
  if (event.frozen.count() > 0) participant->health->frozen_since = now - event.frozen;
  if (participant->stalled == event.health.stalled) return decision;
  participant->stalled = event.health.stalled;
  const model::Conference* conference = find_conference(state, participant->conference);
  if (conference != nullptr) decision.effects.emplace_back(indicate(state, *conference));
  return decision;
}

}  // namespace rollcall::rules
