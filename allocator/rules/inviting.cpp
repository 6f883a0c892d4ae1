#include "allocator/rules/inviting.h"

#include <algorithm>

#include "allocator/rules/asking.h"
#include "allocator/rules/dialling.h"
#include "allocator/rules/endpoint_choice.h"
#include "allocator/rules/quiet.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/roles.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Invitation;
using model::Phrase;
using model::Reason;
using model::refuse;
using model::Sentence;

bool is_among(const Address& person, const std::vector<Address>& people) {
  return std::ranges::find(people, person) != people.end();
}

bool was_invited_lately(const State& state, const ConferenceId& id, const Address& person, model::Time now) {
  const auto conference = state.conferences.find(id);
  if (conference != state.conferences.end()) {
    const auto found = conference->second.invitations.find(person);
    const bool is_recent =
        found != conference->second.invitations.end() && now - found->second.sent < InvitationLedger::window;
    if (is_recent) return true;
  }
  return !state.invitations.may_receive(person, now);
}

std::optional<model::CommunicationMode> mode_for(const model::Routes& routes, const Address& person) {
  const auto found = routes.by.find(person.bare());
  return found == routes.by.end() ? std::nullopt : std::optional(found->second);
}

void sort_in(const State& state, const ConferenceId& conference, const Address& person, model::Time now,
             Invitees& invitees) {
  if (is_among(person, invitees.people) || is_among(person, invitees.lately) ||
      is_among(person, invitees.unreachable)) {
    if (!is_among(person, invitees.twice)) invitees.twice.push_back(person);
  } else if (!state.invitations.is_reachable(person, now)) {
    invitees.unreachable.push_back(person);
  } else if (was_invited_lately(state, conference, person, now)) {
    invitees.lately.push_back(person);
  } else {
    invitees.people.push_back(person);
  }
}

}  // namespace

model::Expected<Invitees> people_to_invite(const State& state, const ConferenceId& conference, const Address& asker,
                                           const std::vector<Address>& named, model::Time now) {
  Invitees invitees;
  for (const Address& address : named) {
    const Address person = address.bare();
    const bool is_ours = person.domain() == state.settings.component_domain;
    if (person == asker.bare() || is_ours) return refuse(Reason::own_address, person.text());
    sort_in(state, conference, person, now, invitees);
  }
  if (invitees.people.size() > state.settings.max_invitees) {
    return refuse(Reason::full, std::to_string(state.settings.max_invitees));
  }
  if (!state.invitations.may_send(asker.bare(), invitees.people.size(), now)) return refuse(Reason::too_fast);
  return invitees;
}

std::vector<Sentence> remarks_on(const State& state, const Address& asker, const Invitees& invitees,
                                 const model::Routes& routes, model::Time now) {
  std::vector<Address> quiet;
  std::ranges::copy_if(invitees.people, std::back_inserter(quiet),
                       [&](const Address& person) { return !may_ring(state, person, now); });
  std::vector<Sentence> remarks;
  const auto remark = [&](Phrase phrase, const std::vector<Address>& people) {
    if (!people.empty()) remarks.push_back({phrase, {list_of(people)}});
  };
  remark(Phrase::named_twice, invitees.twice);
  remark(Phrase::invited_lately, invitees.lately);
  remark(Phrase::not_reachable, invitees.unreachable);
  remark(Phrase::in_quiet_hours, quiet);
  std::vector<Address> no_way;
  for (const Address& person : invitees.people) {
    const auto wanted = mode_for(routes, person);
    if (wanted && turns_for(state, person, asker, wanted, now).empty()) no_way.push_back(person);
  }
  remark(Phrase::no_such_way, no_way);
  std::vector<std::string> dialled;
  for (const model::Endpoint& endpoint : routes.endpoints) dialled.push_back(endpoint.address);
  if (!dialled.empty()) remarks.push_back({Phrase::is_dialled, {join(dialled)}});
  return remarks;
}

std::optional<model::Refusal> refusal_to_dial(const State& state, const Address& asker, const model::Routes& routes,
                                              model::Time now) {
  for (const model::Endpoint& endpoint : routes.endpoints) {
    if (const auto way = way_out(state, asker, endpoint, now); !way) return way.error();
  }
  return std::nullopt;
}

void invite(State& state, Conference& conference, const Address& inviter, const std::vector<Address>& people,
            const model::Routes& routes, model::Time now, Decision& decision) {
  const std::string link = state.settings.link(conference.id, now);
  for (const Address& person : people) {
    const Invitation invitation{
        conference.id, inviter.bare(), person, {model::CommunicationMode::computer, person.text()}, now};
    conference.invitations.insert_or_assign(person, invitation);
    state.invitations.sent(inviter.bare(), person, now);
    decision.writes.emplace_back(SaveInvitation{invitation});
    if (conference.members_only) raise_to_member(conference, person, decision);
    if (conference.removed.erase(person) > 0) decision.writes.emplace_back(SaveRemoval{conference.id, person, false});
    decision.promises.emplace_back(
        Tell{person, conference.id,
             Sentence{Phrase::invitation,
                      {inviter.bare().text(), conference.title, contact_of(state, conference.id), link}}});
    decision.promises.emplace_back(Introduce{conference.id, conference.title, person});
    if (may_ring(state, person, now)) {
      ring(state, conference, person, inviter, mode_for(routes, person), now, decision.promises);
    }
  }
  for (const model::Endpoint& endpoint : routes.endpoints) {
    decision.promises.emplace_back(Reach{conference.id, {}, inviter.bare(), endpoint});
  }
}

Decision on(const InviteRequested& event, State& state, model::Time now) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  const auto found = known_conference(state, event.conference, event.asker);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  if (auto refusal = refusal_to_invite(state.settings, conference, event.asker)) {
    return decline(event.request, *refusal);
  }
  const auto invitees = people_to_invite(state, event.conference, event.asker, event.invitees, now);
  if (!invitees) return decline(event.request, invitees.error());
  if (auto refusal = refusal_to_dial(state, event.asker, event.routes, now)) return decline(event.request, *refusal);

  Decision decision;
  conference.last_used = now;
  const bool is_anybody_invited = !invitees->people.empty();
  const Sentence invited{Phrase::invited, {conference.title, list_of(invitees->people)}};
  const Sentence nobody{Phrase::invited_nobody, {conference.title}};
  auto remarks = remarks_on(state, event.asker, *invitees, event.routes, now);
  Sentence said = is_anybody_invited ? invited : nobody;
  if (!is_anybody_invited && !event.routes.endpoints.empty()) {
    said = std::move(remarks.back());
    remarks.pop_back();
  }
  decision.promises.emplace_back(Reply{event.request, event.conference, std::move(said), std::move(remarks)});
  invite(state, conference, event.asker, invitees->people, event.routes, now, decision);
  decision.apologies.emplace_back(Decline{event.request, {Reason::not_stored, conference.title}});
  return decision;
}

Decision on(const InvitationReturned& event, State& state, model::Time now) {
  Decision decision;
  const Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr) return decision;
  const auto invitation = conference->invitations.find(event.person.bare());
  if (invitation == conference->invitations.end() || !state.invitations.returned(event.person.bare(), now)) {
    return decision;
  }
  decision.effects.emplace_back(
      Tell{invitation->second.inviter, event.conference,
           Sentence{Phrase::invitation_returned, {conference->title, event.person.bare().text()}}});
  return decision;
}

}  // namespace rollcall::rules
