// What people ask for.
#include <algorithm>
#include <optional>
#include <utility>

#include "allocator/rules/indicator.h"
#include "allocator/rules/leaving.h"
#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/ringing.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Invitation;
using model::Phrase;
using model::Reason;
using model::Refusal;
using model::refuse;
using model::Sentence;

Decision decline(RequestId request, Refusal refusal) {
  Decision decision;
  decision.effects.emplace_back(Decline{request, std::move(refusal)});
  return decision;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string list_of(const std::vector<Address>& people) {
  std::vector<std::string> words;
  for (const Address& person : people) words.push_back(person.text());
  return join(words);
}

struct Invitees {
  std::vector<Address> people;  ///< bare, each once, in order
  std::vector<Address> twice;   ///< who was named more than once
};

/// Refuses own_address for the asker himself, the service, and other conferences.
model::Expected<Invitees> people_to_invite(const State& state, const Address& asker,
                                           const std::vector<Address>& named) {
  Invitees invitees;
  for (const Address& address : named) {
    const Address person = address.bare();
    const bool is_ours = person.domain() == state.settings.component_domain;
    if (person == asker.bare() || is_ours) return refuse(Reason::own_address, person.text());
    const bool is_new = std::ranges::find(invitees.people, person) == invitees.people.end();
    const bool is_told = std::ranges::find(invitees.twice, person) != invitees.twice.end();
    if (is_new) invitees.people.push_back(person);
    if (!is_new && !is_told) invitees.twice.push_back(person);
  }
  if (invitees.people.size() > state.settings.max_invitees) {
    return refuse(Reason::full, std::to_string(state.settings.max_invitees));
  }
  return invitees;
}

std::optional<Sentence> remark_on(const Invitees& invitees) {
  if (invitees.twice.empty()) return std::nullopt;
  return Sentence{Phrase::named_twice, {list_of(invitees.twice)}};
}

model::Expected<Conference> new_conference(const State& state, const CallRequested& event,
                                           const std::vector<Address>& invitees, model::Time now) {
  Conference conference;
  if (event.name) {
    auto id = id_from_name(*event.name);
    if (!id) return tl::unexpected(id.error());
    conference.id = *id;
    conference.title = *event.name;
  } else {
    conference.id = ConferenceId("call-" + event.fresh_word);
    conference.title = title_from_people(event.asker, invitees);
  }
  if (state.conferences.contains(conference.id) || is_reserved(conference.id)) {
    return refuse(Reason::name_taken, conference.title);
  }
  conference.creator = event.asker.bare();
  conference.owner = conference.creator;
  conference.created = now;
  conference.last_used = now;
  return conference;
}

/// One message with everything a person needs to join, and the contact for the roster.
void invite(State& state, Conference& conference, const Address& inviter, const std::vector<Address>& invitees,
            model::Time now, Decision& decision) {
  const std::string link = state.settings.link(conference.id, now);
  for (const Address& person : invitees) {
    const Invitation invitation{
        conference.id, inviter.bare(), person, {model::CommunicationMode::computer, person.text()}, now};
    conference.invitations.insert_or_assign(person, invitation);
    decision.writes.emplace_back(SaveInvitation{invitation});
    decision.promises.emplace_back(
        Tell{person, conference.id,
             Sentence{Phrase::invitation,
                      {inviter.bare().text(), conference.title, contact_of(state, conference.id), link}}});
    decision.promises.emplace_back(Introduce{conference.id, conference.title, person});
    ring(state, conference, person, inviter, now, decision.promises);
  }
}

Sentence started(const State& state, const Conference& conference, const std::vector<Address>& invitees,
                 model::Time now) {
  const std::string contact = contact_of(state, conference.id);
  const std::string link = state.settings.link(conference.id, now);
  if (invitees.empty()) return {Phrase::started_alone, {conference.title, contact, link}};
  return {Phrase::started, {conference.title, contact, link, list_of(invitees)}};
}

/// The conference that a question is about, if the asker may know it.
model::Expected<Conference*> known_conference(State& state, const ConferenceId& id, const Address& asker) {
  Conference* conference = find_conference(state, id);
  if (conference == nullptr) return refuse(Reason::unknown_conference, id.text());
  if (!may_join(state.settings, *conference, asker)) return refuse(Reason::not_allowed, id.text());
  return conference;
}

}  // namespace

Decision on(const CallRequested& event, State& state, model::Time now) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  const auto invitees = people_to_invite(state, event.asker, event.invitees);
  if (!invitees) return decline(event.request, invitees.error());
  auto conference = new_conference(state, event, invitees->people, now);
  if (!conference) return decline(event.request, conference.error());
  const auto mcu = choose_mcu(state, {.video = invitees->people.size() + 1});
  if (!mcu) return decline(event.request, mcu.error());
  conference->mcu = *mcu;

  Decision decision;
  decision.backed = conference->id;
  decision.writes.emplace_back(SaveConference{*conference});
  decision.effects.emplace_back(CreateConference{*mcu, conference->id, conference->title});
  decision.promises.emplace_back(
      Reply{event.request, conference->id, started(state, *conference, invitees->people, now), remark_on(*invitees)});
  decision.promises.emplace_back(Introduce{conference->id, conference->title, conference->creator});
  invite(state, *conference, event.asker, invitees->people, now, decision);
  decision.apologies.emplace_back(Decline{event.request, {Reason::not_stored, conference->title}});
  state.conferences.emplace(conference->id, std::move(*conference));
  return decision;
}

Decision on(const InviteRequested& event, State& state, model::Time now) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  const auto invitees = people_to_invite(state, event.asker, event.invitees);
  if (!invitees) return decline(event.request, invitees.error());

  Decision decision;
  (*conference)->last_used = now;
  decision.promises.emplace_back(Reply{event.request, event.conference,
                                       Sentence{Phrase::invited, {(*conference)->title, list_of(invitees->people)}},
                                       remark_on(*invitees)});
  invite(state, **conference, event.asker, invitees->people, now, decision);
  decision.apologies.emplace_back(Decline{event.request, {Reason::not_stored, (*conference)->title}});
  return decision;
}

Decision on(const WhoRequested& event, State& state, model::Time /*now*/) {
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  const auto indicator = indicator_of(state, **conference);
  Decision decision;
  decision.effects.emplace_back(Reply{event.request, event.conference,
                                      indicator.running
                                          ? Sentence{Phrase::people_in_call, {indicator.title, join(indicator.names)}}
                                          : Sentence{Phrase::nobody_in_call, {indicator.title}}});
  return decision;
}

Decision on(const LinkRequested& event, State& state, model::Time now) {
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  Decision decision;
  decision.effects.emplace_back(
      Reply{event.request, event.conference,
            Sentence{Phrase::link, {(*conference)->title, state.settings.link(event.conference, now)}}});
  return decision;
}

Decision on(const EndRequested& event, State& state, model::Time now) {
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  if (!may_end(**conference, event.asker)) return decline(event.request, {Reason::not_allowed, (*conference)->title});

  Decision decision;
  stop_ringing(state, event.conference, decision);
  for (const model::Participant* participant : participants_of(state, event.conference)) {
    if (!participant->address.empty() && participant->address.bare() != event.asker.bare()) {
      decision.effects.emplace_back(Tell{participant->address, event.conference,
                                         Sentence{Phrase::ended_by, {(*conference)->title, event.asker.node()}}});
    }
    leave(state, LegId(participant->leg), Reason::hung_up, Untold::both, now, decision);
  }
  decision.effects.emplace_back(
      Reply{event.request, event.conference, Sentence{Phrase::ended, {(*conference)->title}}});
  return decision;
}

}  // namespace rollcall::rules
