// From the first sign of a call to packets that flow.
#include <optional>
#include <utility>

#include "allocator/rules/joining.h"

#include "allocator/rules/asking.h"
#include "allocator/rules/dialling.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/interrupted.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::LegState;
using model::Reason;
using model::Refusal;
using model::refuse;

/// Whether one more may come in, and to which MCU. A guest (no address) has shown a valid link already.
model::Expected<model::PeerId> admit(State& state, const ConferenceId& id, const Address& from, bool video) {
  const model::Conference* conference = find_conference(state, id);
  if (conference == nullptr) return refuse(Reason::unknown_conference, id.text());
  if (auto refusal = refusal_to_enter(state, *conference, from)) return tl::unexpected(*refusal);
  if (participants_of(state, id).size() >= state.settings.max_participants) {
    return refuse(Reason::full, conference->title);
  }
  return place_leg(state, *conference, video);
}

/// Nobody can carry the call now, but that may change within seconds.
bool should_wait(const State& state, const Refusal& refusal) {
  return refusal.reason == Reason::no_media_server && is_mcu_expected(state);
}

/// A device that calls again has lost its former call without a goodbye.
void end_former_call(State& state, const Offered& event, model::Time now, Decision& decision) {
  if (event.from.empty()) return;
  for (const model::Participant* other : participants_of(state, event.conference)) {
    if (other->leg == event.leg || other->address != event.from) continue;
    leave(state, LegId(other->leg), Reason::cancelled, Untold::both, now, decision);
    return;
  }
}

Decision refuse_call(State& state, const DoorCall& call, Refusal refusal) {
  Decision decision;
  state.participants.erase(call.leg);
  decision.effects.emplace_back(RefuseCall{call, std::move(refusal)});
  return decision;
}

model::Participant& remember(State& state, const Offered& event, model::Time now) {
  const auto [found, is_new] = state.participants.try_emplace(event.leg);
  model::Participant& participant = found->second;
  if (is_new) participant.since = now;
  participant.leg = event.leg;
  participant.conference = event.conference;
  participant.door = event.door;
  participant.door_peer = event.door_peer;
  participant.address = event.from;
  participant.endpoint = event.endpoint.address.empty()
                             ? model::Endpoint{model::CommunicationMode::computer, event.from.text()}
                             : event.endpoint;
  participant.charged_to = event.charged_to;
  participant.profile = event.profile;
  participant.signalling = event.signalling;
  participant.video = event.offer.media.empty() ? event.profile.video : model::has_video(event.offer);
  participant.state = LegState::placing;
  participant.name.clear();
  const std::string wanted = event.name.empty() ? name_of(state, {}, event.from) : event.name;
  participant.name = unique_name(state, event.conference, wanted);
  return participant;
}

/// Who is not there by computer: and by what.
std::string name_in_picture(const model::Participant& participant) {
  const auto mark = model::mark_of(participant.endpoint.mode);
  const bool says_it = mark.empty() || participant.address.empty();
  return says_it ? participant.name : participant.name + " (" + std::string(mark) + ")";
}

/// `event` without an offer: the MCU is to make one.
void place(State& state, const Offered& event, std::optional<model::MediaDescription> offer, const model::PeerId& mcu,
           model::Time now, Decision& decision) {
  model::Conference& conference = *find_conference(state, event.conference);
  if (conference.mcu != mcu) {
    // It was made there for people who have not come, and there is no room for them now.
    const auto former = conference.mcu ? state.mcus.find(*conference.mcu) : state.mcus.end();
    if (former != state.mcus.end() && former->second.up) {
      decision.effects.emplace_back(DestroyConference{former->first, conference.id});
    }
    conference.mcu = mcu;
    decision.effects.emplace_back(CreateConference{mcu, conference.id, conference.title});
    arrange_picture(conference, decision);
  }
  model::Participant& participant = remember(state, event, now);
  participant.mcu = mcu;
  participant.called = !offer && !event.delayed;
  participant.awaits_answer = event.delayed;
  decision.effects.emplace_back(CreateLeg{mcu, conference.id, participant.leg, name_in_picture(participant),
                                          participant.profile, std::move(offer)});
}

void place_or_wait(State& state, const Offered& event, model::Time now, Decision& decision) {
  const auto mcu = admit(state, event.conference, event.from, model::has_video(event.offer));
  if (mcu) {
    const auto offer = event.delayed ? std::nullopt : std::optional(event.offer);
    place(state, event, offer, *mcu, now, decision);
  } else if (should_wait(state, mcu.error())) {
    remember(state, event, now);
    state.waiting.insert_or_assign(event.leg, event);
  } else {
    state.participants.erase(event.leg);
    decision.effects.emplace_back(RefuseCall{{event.leg, event.door, event.door_peer}, mcu.error()});
  }
}

}  // namespace

void arrange_picture(const model::Conference& conference, Decision& decision) {
  if (!conference.mcu || conference.layout == model::PictureLayout::automatic) return;
  decision.effects.emplace_back(
      UpdateConference{.mcu = *conference.mcu, .conference = conference.id, .layout = conference.layout});
}

namespace {

/// To the Jabber door, or to the SIP door with all that it takes to dial.
void dial(const State& state, const model::Participant& participant, const model::MediaDescription& description,
          Decision& decision) {
  Dial order{.call = door_call(participant), .description = description};
  if (participant.door == model::Door::sip) {
    // Whoever has gone in the meantime makes the door refuse.
    const auto way = gateways_for(state, participant.endpoint, participant.door_peer).value_or(WayOut{});
    order.gateways = way.gateways;
    order.address = way.address;
    order.display = name_of(state, participant.conference, participant.charged_to);
    order.kbit = participant.profile.video ? participant.profile.video_kbit : 0;
  }
  decision.effects.emplace_back(std::move(order));
}

}  // namespace

Decision on(const Proposed& event, State& state, model::Time now) {
  const DoorCall call{event.leg, model::Door::jabber, {}};
  const auto mcu = admit(state, event.conference, event.from, event.video);
  if (!mcu && !should_wait(state, mcu.error())) return refuse_call(state, call, mcu.error());

  state.participants[event.leg] = model::Participant{.leg = event.leg,
                                                     .conference = event.conference,
                                                     .address = event.from,
                                                     .name = event.from.node(),
                                                     .video = event.video,
                                                     .since = now};
  Decision decision;
  answered(state, event.conference, event.from, {}, now, decision);
  decision.effects.emplace_back(Admit{call});
  return decision;
}

Decision on(const Offered& event, State& state, model::Time now) {
  Decision decision;
  answered(state, event.conference, event.from, {}, now, decision);
  end_former_call(state, event, now, decision);
  place_or_wait(state, event, now, decision);
  return decision;
}

void take_up_waiting(State& state, model::Time now, Decision& decision) {
  const auto waiting = std::exchange(state.waiting, {});
  for (const auto& [leg, event] : waiting) place_or_wait(state, event, now, decision);
}

void place_picked_up(State& state, const PickedUp& event, model::Time now, Decision& decision) {
  const auto mcu = admit(state, event.conference, event.device, event.profile.video);
  if (!mcu) {
    decision.effects.emplace_back(RefuseCall{{event.leg, model::Door::jabber, {}}, mcu.error()});
    return;
  }
  const Offered as_if{.leg = event.leg, .conference = event.conference, .from = event.device, .profile = event.profile};
  place(state, as_if, std::nullopt, *mcu, now, decision);
}

model::Expected<model::PeerId> place_dialled(State& state, const Offered& as_if, model::Time now, Decision& decision) {
  const model::Conference* conference = find_conference(state, as_if.conference);
  if (conference == nullptr) return refuse(Reason::unknown_conference, as_if.conference.text());
  if (participants_of(state, conference->id).size() >= state.settings.max_participants) {
    return refuse(Reason::full, conference->title);
  }
  auto mcu = place_leg(state, *conference, as_if.profile.video);
  if (mcu) place(state, as_if, std::nullopt, *mcu, now, decision);
  return mcu;
}

Decision on(const McuAnswered& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::placing) return decision;
  resume(state, *participant, decision);
  if (participant->called) {
    participant->state = LegState::dialled;
    dial(state, *participant, event.description, decision);
    return decision;
  }
  const bool is_offer = participant->awaits_answer;
  participant->state = is_offer ? LegState::dialled : LegState::answered;
  if (!is_offer) decision.writes.emplace_back(SaveLeg{*participant});
  decision.effects.emplace_back(Accept{door_call(*participant), event.description});
  return decision;
}

Decision on(const McuRefused& event, State& state, model::Time now) {
  Decision decision;
  const model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state != LegState::placing) return decision;
  decision.effects.emplace_back(RefuseCall{door_call(*participant), event.refusal});
  leave(state, event.leg, event.refusal.reason, Untold::nobody, now, decision);
  return decision;
}

Decision on(const LegConnected& event, State& state, model::Time now) {
  Decision decision;
  model::Participant* participant = find_participant(state, event.leg);
  if (participant == nullptr || participant->state == LegState::connected) return decision;
  participant->state = LegState::connected;
  model::Conference* conference = find_conference(state, participant->conference);
  if (conference == nullptr) return decision;
  conference->last_used = now;
  decision.effects.emplace_back(indicate(state, *conference));
  if (conference->recording && !participant->address.empty()) {
    decision.effects.emplace_back(
        Tell{participant->address, conference->id, {model::Phrase::is_recorded, {conference->title}}});
  }
  return decision;
}

}  // namespace rollcall::rules
