// A conference for a group chat: who may ask for one, and how long it lasts there.
#include <algorithm>
#include <utility>

#include "allocator/rules/asking.h"
#include "allocator/rules/naming.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/roles.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::Reason;
using model::refuse;
using model::Sentence;

constexpr std::ptrdiff_t most_per_person = 20;

Conference* conference_of_group(State& state, const Address& group) {
  const auto found = std::ranges::find_if(
      state.conferences, [&](const auto& entry) { return entry.second.group.address == group.bare(); });
  return found == state.conferences.end() ? nullptr : &found->second;
}

/// Against loops of invitations, and whoever collects group chats.
bool has_enough(const State& state, const Address& person) {
  return std::ranges::count_if(state.conferences, [&](const auto& entry) {
           return entry.second.group.attended && entry.second.owner == person.bare();
         }) >= most_per_person;
}

ConferenceId id_for(const State& state, const GroupInvited& event) {
  const auto wanted = id_from_name(event.group.node());
  const std::string fresh = "group-" + event.fresh_word;
  if (!wanted) return ConferenceId(fresh);
  if (!state.conferences.contains(*wanted) && !is_reserved(*wanted)) return *wanted;
  return ConferenceId(wanted->text() + "-" + event.fresh_word);
}

Conference new_conference(const State& state, const GroupInvited& event, model::Time now) {
  Conference conference{.id = id_for(state, event),
                        .creator = event.inviter.bare(),
                        .owner = event.inviter.bare(),
                        .created = now,
                        .last_used = now};
  conference.title = is_name(event.title)          ? event.title
                     : is_name(event.group.node()) ? event.group.node()
                                                   : conference.id.text();
  return conference;
}

/// The conference that is to go there: the one that was invited, that was there before, or none yet.
model::Expected<Conference*> conference_for_group(State& state, const GroupInvited& event) {
  Conference* former = conference_of_group(state, event.group);
  if (event.conference.empty()) return former;
  auto invited = conference_for(state, {0, event.inviter, event.conference}, model::Role::moderator);
  if (!invited) return invited;
  const bool is_elsewhere = (*invited)->group.attended && (*invited)->group.address != event.group;
  if (is_elsewhere || (former != nullptr && former != *invited)) return refuse(Reason::name_taken, event.group.text());
  return invited;
}

model::Expected<Conference*> admit_to_group(State& state, const GroupInvited& event) {
  const bool is_ours = event.group.domain() == state.settings.component_domain;
  if (is_ours || event.group.node().empty()) return refuse(Reason::bad_address, event.group.text());
  if (!may_ask(state.settings, event.inviter)) return refuse(Reason::not_allowed, event.inviter.domain());
  if (event.is_hearsay && !may_speak_for(state.settings, event.group, event.inviter)) {
    return refuse(Reason::not_allowed, event.group.domain());
  }
  if (has_enough(state, event.inviter)) return refuse(Reason::full, event.group.text());
  return conference_for_group(state, event);
}

void stay_away(Conference& conference, model::Time now) {
  conference.group.attended = false;
  conference.last_used = now;
  std::erase_if(conference.roles, [&](const auto& entry) { return entry.first.bare() == conference.group.address; });
}

/// A GroupInvited that was followed, as writes and promises; `conference` is in the state already.
void enter(Conference& conference, const GroupInvited& event, Decision& decision) {
  if (conference.group.address != event.group) conference.group = {.address = event.group.bare()};
  conference.group.attended = true;
  conference.group.password = event.password;
  decision.writes.emplace_back(SaveConference{conference});
  decision.promises.emplace_back(EnterGroup{conference.id});
}

model::Expected<Decision> follow(State& state, const GroupInvited& event, model::Time now) {
  const auto found = admit_to_group(state, event);
  if (!found) return tl::unexpected(found.error());
  Decision decision;
  if (*found != nullptr) {
    enter(**found, event, decision);
    return decision;
  }
  Conference fresh = new_conference(state, event, now);
  decision.backed = fresh.id;
  Conference& conference = state.conferences.emplace(fresh.id, std::move(fresh)).first->second;
  enter(conference, event, decision);
  decision.promises.emplace_back(Introduce{conference.id, conference.title, conference.owner});
  return decision;
}

}  // namespace

Decision on(const GroupInvited& event, State& state, model::Time now) {
  auto decision = follow(state, event, now);
  if (decision) {
    decision->apologies.emplace_back(DeclineGroup{event, {Reason::not_stored, event.group.text()}});
    return std::move(*decision);
  }
  Decision declined;
  declined.effects.emplace_back(DeclineGroup{event, decision.error()});
  return declined;
}

Decision on(const GroupRequested& event, State& state, model::Time now) {
  const GroupInvited as_if{.group = event.group, .inviter = event.asker, .fresh_word = event.fresh_word};
  auto decision = follow(state, as_if, now);
  if (!decision) return decline(event.request, decision.error());
  decision->promises.emplace_back(
      Reply{event.request, event.conference, Sentence{Phrase::group_joining, {event.group.text()}}});
  decision->apologies.emplace_back(Decline{event.request, {Reason::not_stored, event.group.text()}});
  return std::move(*decision);
}

Decision on(const LeaveGroupRequested& event, State& state, model::Time now) {
  const auto found = known_conference(state, event.conference, event.asker);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  if (!conference.group.attended) return reply(event, {Phrase::group_none, {conference.title}});
  const bool is_said_there = event.asker.bare() == conference.group.address;
  if (!is_said_there && !may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  stay_away(conference, now);
  Decision decision;
  save_and_reply(conference, event, {Phrase::group_left, {conference.group.address.text(), conference.title}},
                 decision);
  decision.promises.emplace_back(LeaveGroup{conference.id});
  return decision;
}

/// Who administers a group chat moderates its conference: for good where his address is known, otherwise as long as he
/// is at that place.
Decision on(const GroupAdminSeen& event, State& state, model::Time /*now*/) {
  Decision decision;
  Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || !conference->group.attended || conference->group.address != event.place.bare()) {
    return decision;
  }
  if (event.is_admin && event.person.empty()) {
    conference->roles[event.place] = model::Role::moderator;
  } else {
    conference->roles.erase(event.place);
    if (event.is_admin) raise_to_moderator(*conference, event.person, decision);
  }
  return decision;
}

Decision on(const GroupLost& event, State& state, model::Time now) {
  Decision decision;
  Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || !conference->group.attended) return decision;
  stay_away(*conference, now);
  decision.writes.emplace_back(SaveConference{*conference});
  return decision;
}

Decision on(const GroupStatusSaid& event, State& state, model::Time /*now*/) {
  Decision decision;
  Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || conference->group.status_line == event.status_line) return decision;
  conference->group.status_line = event.status_line;
  decision.writes.emplace_back(SaveConference{*conference});
  return decision;
}

}  // namespace rollcall::rules
