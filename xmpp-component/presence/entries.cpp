#include "xmpp-component/presence/entries.h"

#include <algorithm>
#include <utility>

namespace rollcall::component::presence {

using stanza::PresenceType;

Entries::Entries(Settings settings) : settings_(std::move(settings)), discovery_(settings_.places) {}

void Entries::add(const ConferenceId& conference, Appearance appearance, const std::vector<Address>& holders) {
  Entry& entry = entries_[conference];
  entry.appearance = std::move(appearance);
  for (const Address& holder : holders) entry.holders.insert(holder.bare());
}

Outcome Entries::show(const ConferenceId& conference, Appearance appearance, Time now) {
  Outcome outcome;
  Entry& entry = entries_[conference];
  if (entry.appearance == appearance && entry.shown) return outcome;
  const std::string former = std::exchange(entry.appearance, std::move(appearance)).title;
  rename_for_all(conference, entry, former, outcome);
  entry.is_stale = true;
  if (!entry.shown || now - *entry.shown >= between_changes) {
    broadcast(conference, entry, now);
    if (!last_batch_ || now - *last_batch_ >= between_batches) {
      outcome.stanzas = time_passed(now).stanzas;
    }
  }
  return outcome;
}

void Entries::broadcast(const ConferenceId& conference, Entry& entry, Time now) {
  entry.is_stale = false;
  entry.shown = now;
  for (const Address& holder : entry.holders) {
    const Turn turn{conference, holder};
    if (waiting_turns_.insert(turn).second) turns_.push_back(turn);
  }
}

std::vector<Address> Entries::holders(const ConferenceId& conference) const {
  const auto found = entries_.find(conference);
  if (found == entries_.end()) return {};
  return {found->second.holders.begin(), found->second.holders.end()};
}

TagPtr Entries::presence_for(const ConferenceId& conference, const Address& device) const {
  const Address us = contact(conference);
  return exists(us) ? current(us, device) : nullptr;
}

void Entries::answered(const CapsQuestion& question, const model::Expected<stanza::DiscoInfo>& info) {
  devices_.answered(question, info);
}

Outcome Entries::online(Time now) {
  offline();
  for (const bool running : {true, false}) {
    for (auto& [conference, entry] : entries_) {
      if (entry.appearance.running == running) broadcast(conference, entry, now);
    }
  }
  std::set<Address> probed;
  for (const Turn& turn : turns_) {
    if (probed.insert(turn.second).second) probes_.push_back(turn);
  }
  return time_passed(now);
}

void Entries::offline() {
  turns_.clear();
  waiting_turns_.clear();
  probes_.clear();
  last_batch_.reset();
  avatar_shown_.clear();
  devices_.forget_all();
}

Outcome Entries::time_passed(Time now) {
  Outcome outcome;
  for (auto& [conference, entry] : entries_) {
    if (entry.is_stale && now - *entry.shown >= between_changes) broadcast(conference, entry, now);
  }
  if (last_batch_ && now - *last_batch_ < between_batches) return outcome;
  send_batch(outcome);
  if (!outcome.stanzas.empty()) last_batch_ = now;
  return outcome;
}

void Entries::send_batch(Outcome& outcome) {
  while (outcome.stanzas.size() < batch && !turns_.empty()) {
    const Turn turn = std::move(turns_.front());
    turns_.pop_front();
    waiting_turns_.erase(turn);
    const auto found = entries_.find(turn.first);
    if (found == entries_.end() || !found->second.holders.contains(turn.second)) continue;  // gone meanwhile
    // Who is no member any more is not to see who is in it.
    outcome.stanzas.push_back(settings_.may_hold(turn.first, turn.second)
                                  ? current(contact(turn.first), turn.second)
                                  : plain(PresenceType::unavailable, contact(turn.first), turn.second));
  }
  while (outcome.stanzas.size() < batch && !probes_.empty()) {
    const Turn turn = std::move(probes_.front());
    probes_.pop_front();
    outcome.stanzas.push_back(plain(PresenceType::probe, contact(turn.first).bare(), turn.second));
  }
}

Address Entries::contact(const ConferenceId& conference) const {
  return {conference.text(), settings_.places.domain, settings_.places.resource};
}

bool Entries::exists(const Address& asked) const {
  return settings_.places.kind_of(asked) != ContactKind::conference || has(ConferenceId(asked.node()));
}

bool Entries::may_see(const Address& contact, const Address& person) const {
  return settings_.may_hold(ConferenceId(contact.node()), person.bare());
}

Appearance Entries::appearance_of(const Address& contact) const {
  switch (settings_.places.kind_of(contact)) {
    case ContactKind::domain:
    case ContactKind::service:
      return {settings_.service_title, true, settings_.service_status};
    case ContactKind::conference: {
      const auto found = entries_.find(ConferenceId(contact.node()));
      return found == entries_.end() ? Appearance{contact.node()} : found->second.appearance;
    }
  }
  __builtin_unreachable();
}

TagPtr Entries::current(const Address& contact, const Address& to) const {
  Appearance appearance = appearance_of(contact);
  if (settings_.status_for) appearance.status = settings_.status_for(ConferenceId(contact.node()), to.bare());
  return stanza::write_presence({.from = settings_.places.present_as(contact).text(),
                                 .to = to.text(),
                                 .show = appearance.running ? stanza::Show::online : stanza::Show::xa,
                                 .status = appearance.status,
                                 .priority = 1,
                                 .nick = appearance.title,
                                 .caps = discovery_.caps(settings_.places.kind_of(contact)),
                                 .photo_hash = std::string(avatar_for(contact).hash)});
}

TagPtr Entries::plain(PresenceType type, const Address& from, const Address& to) const {
  return stanza::write_presence({.type = type, .from = from.text(), .to = to.text()});
}

}  // namespace rollcall::component::presence
