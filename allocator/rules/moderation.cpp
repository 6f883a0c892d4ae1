// What a moderator does with one participant, and with the picture.
#include <utility>

#include "allocator/rules/asking.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/name_match.h"
#include "allocator/rules/orders.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/roles.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Participant;
using model::PersonAct;
using model::Phrase;
using model::Reason;
using model::Role;
using model::Sentence;

/// All devices by which this participant is in the call.
std::vector<LegId> legs_of(const State& state, const Participant& person) {
  std::vector<LegId> legs;
  for (const Participant* other : participants_of(state, person.conference)) {
    const bool is_same =
        !person.address.empty() && !other->address.empty() && other->address.bare() == person.address.bare();
    if (is_same || other->leg == person.leg) legs.push_back(other->leg);
  }
  return legs;
}

void tell(const State& state, const PersonRequested& event, const Conference& conference, const Participant& person,
          Phrase phrase, Decision& decision) {
  if (person.address.empty() || person.address.bare() == event.asker.bare()) return;
  decision.effects.emplace_back(Tell{person.address, conference.id,
                                     Sentence{phrase, {conference.title, name_of(state, conference.id, event.asker)}}});
}

Decision remove(const PersonRequested& event, State& state, Conference& conference, const Participant& person,
                model::Time now) {
  if (auto refusal = refusal_below(role_of(conference, person.address), conference, event.asker)) {
    return decline(event.request, *refusal);
  }
  Decision decision = reply(event, {Phrase::removed, {person.name, conference.title}});
  tell(state, event, conference, person, Phrase::you_were_removed, decision);
  if (!person.address.empty()) {
    conference.removed.insert(person.address.bare());
    decision.writes.emplace_back(SaveRemoval{conference.id, person.address.bare()});
  }
  for (const LegId& leg : legs_of(state, person)) leave(state, leg, Reason::removed, Untold::both, now, decision);
  return decision;
}

Decision ask_back(const PersonRequested& event, const std::vector<const Participant*>& people) {
  AskBack question{event.request, event.conference};
  for (const Participant* person : people) question.candidates.push_back(person->name);
  Decision decision;
  decision.effects.emplace_back(std::move(question));
  return decision;
}

Decision act(const PersonRequested& event, State& state, Conference& conference, const Participant& person,
             model::Time now) {
  switch (event.act) {
    case PersonAct::mute:
      return order(event, SilenceWish{legs_of(state, person), true}, state);
    case PersonAct::unmute:
      return order(event, SilenceWish{legs_of(state, person), false}, state);
    case PersonAct::remove:
      return remove(event, state, conference, Participant(person), now);
    case PersonAct::spotlight:
      return order(event, SpotlightWish{person.leg}, state);
    case PersonAct::make_owner:
      return change_role(event, Role::owner, state);
    case PersonAct::make_moderator:
      return change_role(event, Role::moderator, state);
    case PersonAct::make_member:
      return change_role(event, Role::member, state);
    case PersonAct::make_guest:
      return change_role(event, Role::guest, state);
  }
  __builtin_unreachable();
}

/// What a role is given to need not be in the call.
std::optional<Role> role_in(PersonAct act) {
  switch (act) {
    case PersonAct::mute:
    case PersonAct::unmute:
    case PersonAct::remove:
    case PersonAct::spotlight:
      return std::nullopt;
    case PersonAct::make_owner:
      return Role::owner;
    case PersonAct::make_moderator:
      return Role::moderator;
    case PersonAct::make_member:
      return Role::member;
    case PersonAct::make_guest:
      return Role::guest;
  }
  __builtin_unreachable();
}

}  // namespace

Decision on(const PersonRequested& event, State& state, model::Time now) {
  if (const auto role = role_in(event.act)) return change_role(event, *role, state);
  const auto found = conference_for(state, event, Role::moderator);
  if (!found) return decline(event.request, found.error());
  if (event.act == PersonAct::spotlight && event.who.empty()) return order(event, SpotlightWish{}, state);
  const auto people = participants_called(state, event.conference, event.who);
  if (people.empty()) return decline(event.request, {Reason::unknown_person, event.who});
  if (people.size() > 1) return ask_back(event, people);
  return act(event, state, **found, *people.front(), now);
}

Decision on(const LayoutRequested& event, State& state, model::Time /*now*/) {
  const auto found = conference_for(state, event, Role::moderator);
  if (!found) return decline(event.request, found.error());
  return order(event, event.layout, state);
}

}  // namespace rollcall::rules
