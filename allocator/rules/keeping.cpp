// Conferences that last, under which name, and their end.
#include "allocator/rules/arriving.h"
#include "allocator/rules/asking.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/interrupted.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/roles.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::Reason;
using model::Role;
using model::Sentence;

/// The contact's address stays as it is: it stands in people's rosters.
void give_name(const State& state, Conference& conference, const std::string& name, Decision& decision) {
  conference.title = name;
  if (conference.mcu) {
    decision.effects.emplace_back(
        UpdateConference{.mcu = *conference.mcu, .conference = conference.id, .title = conference.title});
  }
  decision.effects.emplace_back(indicate(state, conference));
}

void end_all_calls(State& state, const Asked& question, const Conference& conference, Phrase phrase, model::Time now,
                   Decision& decision) {
  const ConferenceId id = conference.id;
  const Sentence sentence{phrase, {conference.title, name_of(state, id, question.asker)}};
  stop_ringing(state, id, now, decision);
  tell_all(state, id, question.asker, sentence, decision);
  for (const model::Participant* participant : participants_of(state, id)) {
    leave(state, LegId(participant->leg), Reason::hung_up, Untold::both, now, decision);
  }
}

}  // namespace

Decision on(const KeepRequested& event, State& state, model::Time /*now*/) {
  const auto found = conference_for(state, event, Role::owner);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  if (!event.name.empty() && !is_name(event.name)) return decline(event.request, {Reason::bad_request, event.name});
  Decision decision;
  conference.kept = true;
  give_number(state, conference);
  raise_all_to_members(state, conference, decision);
  if (!event.name.empty()) give_name(state, conference, event.name, decision);
  save_and_reply(conference, event, {Phrase::kept, {conference.title, contact_of(state, conference.id)}}, decision);
  return decision;
}

Decision on(const RenameRequested& event, State& state, model::Time /*now*/) {
  const auto found = conference_for(state, event, Role::moderator);
  if (!found) return decline(event.request, found.error());
  if (!is_name(event.name)) return decline(event.request, {Reason::bad_request, event.name});
  Conference& conference = **found;
  const std::string former = conference.title;
  Decision decision;
  give_name(state, conference, event.name, decision);
  save_and_reply(conference, event, {Phrase::renamed, {former, conference.title}}, decision);
  return decision;
}

Decision on(const EndRequested& event, State& state, model::Time now) {
  const Asked question{event.request, event.asker, event.conference};
  const auto found = conference_for(state, question, Role::moderator);
  if (!found) return decline(event.request, found.error());
  const std::string title = (*found)->title;
  Decision decision;
  end_all_calls(state, question, **found, Phrase::ended_by, now, decision);
  give_up_interruption(state, event.conference, decision);
  decision.effects.emplace_back(Reply{event.request, event.conference, Sentence{Phrase::ended, {title}}});
  return decision;
}

Decision on(const DeleteRequested& event, State& state, model::Time now) {
  const auto found = conference_for(state, event, Role::owner);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  Decision decision;
  end_all_calls(state, event, conference, Phrase::deleted_by, now, decision);
  if (conference.mcu) decision.effects.emplace_back(DestroyConference{*conference.mcu, conference.id});
  decision.effects.emplace_back(Reply{event.request, event.conference, Sentence{Phrase::deleted, {conference.title}}});
  decision.effects.emplace_back(Withdraw{conference.id, conference.holders});
  decision.writes.emplace_back(DeleteConference{conference.id});
  forget_conference(state, event.conference);
  return decision;
}

}  // namespace rollcall::rules
