// Who has the contact, and how long it stays.
#include <algorithm>

#include "allocator/rules/dialling.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/interrupted.h"
#include "allocator/rules/joining.h"
#include "allocator/rules/peers.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

void forget_dead_mcus(State& state, model::Time now, Decision& decision) {
  for (auto entry = state.mcus.begin(); entry != state.mcus.end();) {
    const auto& [name, mcu] = *entry;
    if (mcu.up || mcu.deadline > now) {
      ++entry;
      continue;
    }
    std::set<LegId> lost;
    for (const auto& [leg, participant] : state.participants) {
      if (participant.mcu == name) lost.insert(leg);
    }
    lose_legs(state, lost, now, decision);
    for (auto& [id, conference] : state.conferences) {
      if (conference.mcu == name) conference.mcu.reset();
    }
    entry = state.mcus.erase(entry);
    take_up_waiting(state, now, decision);
  }
}

void forget_unused_conferences(State& state, model::Time now, Decision& decision) {
  for (auto entry = state.conferences.begin(); entry != state.conferences.end();) {
    const auto& [id, conference] = *entry;
    const bool is_unused = !conference.kept && !conference.group.attended &&
                           conference.last_used + state.settings.linger <= now && participants_of(state, id).empty();
    if (!is_unused) {
      ++entry;
      continue;
    }
    if (conference.mcu) decision.effects.emplace_back(DestroyConference{*conference.mcu, id});
    stop_ringing(state, id, now, decision);
    decision.effects.emplace_back(Withdraw{id, conference.holders});
    decision.writes.emplace_back(DeleteConference{id});
    const ConferenceId forgotten = id;
    ++entry;
    forget_conference(state, forgotten);
  }
}

}  // namespace

Decision on(const HolderAdded& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr) return decision;
  const auto place = std::ranges::lower_bound(conference->holders, event.holder);
  if (place != conference->holders.end() && *place == event.holder) return decision;
  conference->holders.insert(place, event.holder);
  decision.writes.emplace_back(SaveHolder{event.conference, event.holder});
  return decision;
}

Decision on(const HolderRemoved& event, State& state, model::Time /*now*/) {
  Decision decision;
  model::Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || std::erase(conference->holders, event.holder) == 0) return decision;
  decision.writes.emplace_back(DeleteHolder{event.conference, event.holder});
  return decision;
}

Decision on(const ConferenceNotStored& event, State& state, model::Time /*now*/) {
  Decision decision;
  const model::Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || !participants_of(state, event.conference).empty()) return decision;
  if (conference->mcu) decision.effects.emplace_back(DestroyConference{*conference->mcu, event.conference});
  forget_conference(state, event.conference);
  return decision;
}

/// Whoever is in a conference stays in it; the new limits are for what is asked from now on.
Decision on(const SettingsReloaded& event, State& state, model::Time /*now*/) {
  state.settings.allowed_domains = event.allowed_domains;
  state.settings.linger = event.linger;
  state.settings.max_participants = event.max_participants;
  return {};
}

Decision on(const TimePassed& /*event*/, State& state, model::Time now) {
  Decision decision;
  forget_dead_mcus(state, now, decision);
  give_up_old_interruptions(state, now, decision);
  forget_unused_conferences(state, now, decision);
  advance_rings(state, now, decision);
  end_what_nobody_pays(state, now, decision);
  state.pins.tidy(now);
  state.invitations.tidy(now);
  return decision;
}

}  // namespace rollcall::rules
