// How a contact gets into people's rosters and out of them again.
#include <utility>

#include "xmpp-component/presence/entries.h"

namespace rollcall::component::presence {

using stanza::PresenceType;

Outcome Entries::introduce(const ConferenceId& conference, const Address& person) {
  Outcome outcome;
  const Address us = contact(conference).bare();
  const Address them = person.bare();
  if (settings_.writes_roster_of(them)) {
    outcome.roster_jobs.push_back({RosterWork::enter, us, them, appearance_of(us).title});
  } else {
    ask_to_subscribe(us, them, outcome);
  }
  return outcome;
}

/// JC-2: this is the only time that a contact becomes unavailable.
Outcome Entries::withdraw(const ConferenceId& conference) {
  Outcome outcome;
  const auto found = entries_.find(conference);
  if (found == entries_.end()) return outcome;
  for (const Address& holder : found->second.holders) take_from(contact(conference), holder, outcome);
  entries_.erase(found);
  return outcome;
}

Outcome Entries::dismiss(const ConferenceId& conference, const Address& person) {
  Outcome outcome;
  const auto found = entries_.find(conference);
  if (found == entries_.end() || found->second.holders.erase(person.bare()) == 0) return outcome;
  take_from(contact(conference), person.bare(), outcome);
  return outcome;
}

Outcome Entries::done(const RosterJob& job) {
  Outcome outcome;
  if (job.work != RosterWork::enter) return outcome;
  if (!exists(job.contact) || !may_see(job.contact, job.person)) {  // it ended meanwhile
    outcome.roster_jobs.push_back({RosterWork::remove, job.contact, job.person});
    return outcome;
  }
  hold(job.contact, job.person, outcome);
  // His server probes at his next login only, and he may be there now.
  outcome.stanzas.push_back(current(job.contact, job.person));
  show_avatar(job.contact, job.person, outcome);
  outcome.stanzas.push_back(plain(PresenceType::probe, job.contact, job.person));
  return outcome;
}

Outcome Entries::refused(const RosterJob& job) {
  Outcome outcome;
  switch (job.work) {
    case RosterWork::enter:
      if (exists(job.contact)) ask_to_subscribe(job.contact, job.person, outcome);
      break;
    case RosterWork::rename:
      break;  // the name is his client's to choose
    case RosterWork::remove:
      end_subscriptions(job.contact, job.person, outcome);
      break;
  }
  return outcome;
}

void Entries::ask_to_subscribe(const Address& contact, const Address& person, Outcome& outcome) const {
  stanza::Presence request{.type = PresenceType::subscribe, .from = contact.text(), .to = person.text()};
  request.nick = appearance_of(contact).title;
  outcome.stanzas.push_back(stanza::write_presence(request));
}

void Entries::end_subscriptions(const Address& contact, const Address& person, Outcome& outcome) const {
  outcome.stanzas.push_back(plain(PresenceType::unsubscribed, contact.bare(), person));
  outcome.stanzas.push_back(plain(PresenceType::unsubscribe, contact.bare(), person));
}

void Entries::take_from(const Address& contact, const Address& person, Outcome& outcome) const {
  outcome.stanzas.push_back(plain(PresenceType::unavailable, contact, person));
  if (settings_.writes_roster_of(person)) {
    outcome.roster_jobs.push_back({RosterWork::remove, contact.bare(), person});
  } else {
    end_subscriptions(contact, person, outcome);
  }
}

void Entries::rename_for_all(const ConferenceId& conference, const Entry& entry, const std::string& former,
                             Outcome& outcome) const {
  if (former.empty() || former == entry.appearance.title) return;
  for (const Address& holder : entry.holders) {
    if (!settings_.writes_roster_of(holder)) continue;
    outcome.roster_jobs.push_back(
        {RosterWork::rename, contact(conference).bare(), holder, entry.appearance.title, former});
  }
}

}  // namespace rollcall::component::presence
