// What people ask for.
#include <utility>

#include "allocator/rules/asking.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/inviting.h"
#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::Reason;
using model::refuse;
using model::Sentence;

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

Sentence started(const State& state, const Conference& conference, const std::vector<Address>& invitees,
                 model::Time now) {
  const std::string contact = contact_of(state, conference.id);
  const std::string link = state.settings.link(conference.id, now);
  if (invitees.empty()) return {Phrase::started_alone, {conference.title, contact, link}};
  return {Phrase::started, {conference.title, contact, link, list_of(invitees)}};
}

}  // namespace

Decision on(const CallRequested& event, State& state, model::Time now) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  const auto invitees = people_to_invite(state, {}, event.asker, event.invitees, now);
  if (!invitees) return decline(event.request, invitees.error());
  if (auto refusal = refusal_to_dial(state, event.asker, event.routes, now)) return decline(event.request, *refusal);
  auto conference = new_conference(state, event, invitees->people, now);
  if (!conference) return decline(event.request, conference.error());
  const auto mcu = choose_mcu(state, {.video = invitees->people.size() + event.routes.endpoints.size() + 1});
  if (!mcu) return decline(event.request, mcu.error());
  conference->mcu = *mcu;

  Decision decision;
  decision.backed = conference->id;
  decision.writes.emplace_back(SaveConference{*conference});
  decision.effects.emplace_back(CreateConference{*mcu, conference->id, conference->title});
  decision.promises.emplace_back(Reply{event.request, conference->id,
                                       started(state, *conference, invitees->people, now),
                                       remarks_on(state, event.asker, *invitees, event.routes, now)});
  decision.promises.emplace_back(Introduce{conference->id, conference->title, conference->creator});
  invite(state, *conference, event.asker, invitees->people, event.routes, now, decision);
  decision.apologies.emplace_back(Decline{event.request, {Reason::not_stored, conference->title}});
  state.conferences.emplace(conference->id, std::move(*conference));
  return decision;
}

Decision on(const WhoRequested& event, State& state, model::Time /*now*/) {
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  const auto indicator = indicator_of(state, **conference);
  Sentence answer{indicator.running ? Phrase::people_in_call : Phrase::nobody_in_call, {indicator.title}};
  if (indicator.running) answer.list = people_in(indicator);
  Decision decision;
  decision.effects.emplace_back(Reply{event.request, event.conference, std::move(answer)});
  return decision;
}

Decision on(const LinkRequested& event, State& state, model::Time now) {
  const auto conference = known_conference(state, event.conference, event.asker);
  if (!conference) return decline(event.request, conference.error());
  Decision decision;
  if ((*conference)->members_only) {
    decision.effects.emplace_back(
        Reply{event.request, event.conference, Sentence{Phrase::link_useless, {(*conference)->title}}});
    return decision;
  }
  Reply answer{event.request, event.conference,
               Sentence{Phrase::link, {(*conference)->title, state.settings.link(event.conference, now)}}};
  if (!(*conference)->number.empty()) answer.remarks.push_back({Phrase::by_telephone, {(*conference)->number}});
  decision.effects.emplace_back(std::move(answer));
  return decision;
}

}  // namespace rollcall::rules
