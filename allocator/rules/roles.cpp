// Owner, moderators, members, guests.
#include "allocator/rules/roles.h"

#include <algorithm>

#include "allocator/rules/asking.h"
#include "allocator/rules/name_match.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::Reason;
using model::Role;
using model::Sentence;

void set_role(Conference& conference, const Address& person, Role role, Decision& decision) {
  if (role == Role::guest) {
    conference.roles.erase(person);
  } else {
    conference.roles[person] = role;
  }
  decision.writes.emplace_back(SaveRole{conference.id, person, role});
}

struct Words {
  Phrase to_asker;
  Phrase to_person;
};

/// Who is a member no more has no entry for it in his list.
void dismiss(Conference& conference, const Address& person, Decision& decision) {
  if (std::erase(conference.holders, person) == 0) return;
  decision.writes.emplace_back(DeleteHolder{conference.id, person});
  decision.promises.emplace_back(Dismiss{conference.id, person});
}

Words words_for(Role role) {
  switch (role) {
    case Role::guest:
      return {Phrase::guest_now, Phrase::you_are_guest};
    case Role::member:
      return {Phrase::member_now, Phrase::you_are_member};
    case Role::moderator:
      return {Phrase::moderator_now, Phrase::you_are_moderator};
    case Role::owner:
      return {Phrase::owner_now, Phrase::you_are_owner};
  }
  __builtin_unreachable();
}

/// What the asker must be to make one who is `former` into `wanted`: who moderates deals with members and guests.
Role needed_for(Role wanted, Role former) {
  return std::max(wanted, former) >= Role::moderator ? Role::owner : Role::moderator;
}

std::string list_with(const Conference& conference, Role role) {
  std::vector<Address> people;
  for (const auto& [person, his] : conference.roles) {
    if (his == role) people.push_back(person);
  }
  return people.empty() ? "–" : list_of(people);
}

}  // namespace

void raise_to_moderator(Conference& conference, const Address& person, Decision& decision) {
  if (role_of(conference, person) < Role::moderator) set_role(conference, person.bare(), Role::moderator, decision);
}

void raise_to_member(Conference& conference, const Address& person, Decision& decision) {
  if (role_of(conference, person) == Role::guest) set_role(conference, person.bare(), Role::member, decision);
}

void raise_all_to_members(const State& state, Conference& conference, Decision& decision) {
  for (const auto& [person, invitation] : conference.invitations) raise_to_member(conference, person, decision);
  for (const Address& person : conference.holders) raise_to_member(conference, person, decision);
  for (const model::Participant* participant : participants_of(state, conference.id)) {
    if (!participant->address.empty()) raise_to_member(conference, participant->address, decision);
  }
}

Decision change_role(const PersonRequested& event, Role wanted, State& state) {
  const auto found = conference_for(state, event, Role::moderator);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  const auto people = people_called(state, conference, event.who);
  if (people.empty()) return decline(event.request, {Reason::unknown_person, event.who});
  if (people.size() > 1) {
    Decision decision;
    AskBack question{event.request, event.conference};
    for (const Address& person : people) question.candidates.push_back(person.text());
    decision.effects.emplace_back(std::move(question));
    return decision;
  }

  const Address& person = people.front();
  const Role former = role_of(conference, person);
  if (auto refusal = refusal_below(needed_for(wanted, former), conference, event.asker)) {
    return decline(event.request, *refusal);
  }
  const bool is_ours = person.domain() == state.settings.component_domain;
  if (is_ours || former == Role::owner) return decline(event.request, {Reason::own_address, person.text()});

  Decision decision;
  if (wanted == Role::owner) {
    set_role(conference, conference.owner, Role::moderator, decision);
    set_role(conference, person, Role::guest, decision);
    conference.owner = person;
  } else {
    set_role(conference, person, wanted, decision);
  }
  const Words words = words_for(wanted);
  save_and_reply(conference, event, Sentence{words.to_asker, {name_of(state, conference.id, person), conference.title}},
                 decision);
  decision.promises.emplace_back(
      Tell{person, conference.id,
           Sentence{words.to_person, {conference.title, name_of(state, conference.id, event.asker)}}});
  const bool is_new =
      former == Role::guest && std::ranges::find(conference.holders, person) == conference.holders.end();
  if (wanted == Role::guest && former != Role::guest) dismiss(conference, person, decision);
  if (is_new) decision.promises.emplace_back(Introduce{conference.id, conference.title, person});
  return decision;
}

Decision on(const MembersRequested& event, State& state, model::Time /*now*/) {
  const auto found = known_conference(state, event.conference, event.asker);
  if (!found) return decline(event.request, found.error());
  const Conference& conference = **found;
  return reply(event, {Phrase::members,
                       {conference.title, conference.owner.text(), list_with(conference, Role::moderator),
                        list_with(conference, Role::member)}});
}

}  // namespace rollcall::rules
