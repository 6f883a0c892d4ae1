// How Entries answers people: subscriptions, probes and discovery.
#include <utility>

#include "xmpp-component/presence/entries.h"

namespace rollcall::component::presence {

using stanza::PresenceType;

Outcome Entries::handle(const gloox::Tag& tag) {
  Outcome outcome;
  const auto presence = stanza::read_presence(tag);
  if (!presence) return outcome;
  const auto from = Address::parse(presence->from);
  const auto to = Address::parse(presence->to);
  if (!from || !to || to->domain() != settings_.places.domain || from->domain() == settings_.places.domain) {
    return outcome;
  }
  switch (presence->type) {
    case PresenceType::subscribe:
      subscribed_to_us(*to, *from, outcome);
      break;
    case PresenceType::unsubscribe:
      unsubscribed_from_us(*to, *from, outcome);
      break;
    case PresenceType::subscribed:
      approved_us(*to, *from, outcome);
      break;
    case PresenceType::unsubscribed:
      devices_.forget(*from);
      break;
    case PresenceType::probe:
      // Never `unsubscribed`: the server would believe it.
      if (!exists(*to)) {
        outcome.stanzas.push_back(plain(PresenceType::unavailable, settings_.places.present_as(*to), *from));
      } else if (may_see(*to, *from)) {
        outcome.stanzas.push_back(current(*to, *from));
      }
      break;
    case PresenceType::available:
    case PresenceType::unavailable:
      if (!exists(*to) || !may_see(*to, *from) || from->is_bare()) break;
      if (auto question = devices_.seen(*from, *presence)) outcome.questions.push_back(std::move(*question));
      show_avatar_to_device(*to, *from, presence->type == PresenceType::available, outcome);
      break;
    case PresenceType::error:
      break;  // whom it cannot reach, presence need not reach
  }
  return outcome;
}

/// JC-8, in this order.
void Entries::subscribed_to_us(const Address& contact, const Address& person, Outcome& outcome) {
  const Address us = contact.bare();
  const Address them = person.bare();
  if (!exists(contact) || !may_see(contact, them)) {
    outcome.stanzas.push_back(plain(PresenceType::unsubscribed, us, them));
    return;
  }
  outcome.stanzas.push_back(plain(PresenceType::subscribed, us, them));
  outcome.stanzas.push_back(current(contact, them));
  if (settings_.places.kind_of(contact) == ContactKind::conference && settings_.writes_roster_of(them)) {
    outcome.roster_jobs.push_back({RosterWork::enter, us, them, appearance_of(us).title});
  } else {
    outcome.stanzas.push_back(plain(PresenceType::subscribe, us, them));
  }
  hold(contact, them, outcome);
}

void Entries::unsubscribed_from_us(const Address& contact, const Address& person, Outcome& outcome) {
  const Address them = person.bare();
  outcome.stanzas.push_back(plain(PresenceType::unsubscribed, contact.bare(), them));
  outcome.stanzas.push_back(plain(PresenceType::unavailable, settings_.places.present_as(contact), them));
  const ConferenceId conference(contact.node());
  const auto found = entries_.find(conference);
  if (found != entries_.end() && found->second.holders.erase(them) > 0) {
    outcome.events.emplace_back(HolderRemoved{conference, them});
  }
}

/// The person took our introduction: he has the contact, whether or not his client goes on to subscribe. Where he had
/// it before, this is his server's echo to our own request, and the presence that it would bring is known there. But
/// not what it says of the service's wish to hear of his modes: ejabberd heeds the capabilities only of whom it lets see
/// him at that moment (XEP-0163 §4.3.2), which the service was not when he subscribed to it.
void Entries::approved_us(const Address& contact, const Address& person, Outcome& outcome) {
  if (!exists(contact) || !may_see(contact, person)) return;
  const bool has_it_now = hold(contact, person.bare(), outcome);
  if (has_it_now || settings_.places.kind_of(contact) == ContactKind::service)
    outcome.stanzas.push_back(current(contact, person.bare()));
}

bool Entries::hold(const Address& contact, const Address& person, Outcome& outcome) {
  const ConferenceId conference(contact.node());
  const auto found = entries_.find(conference);
  if (found == entries_.end() || !found->second.holders.insert(person).second) return false;
  outcome.events.emplace_back(HolderAdded{conference, person});
  return true;
}

model::Expected<stanza::DiscoInfo> Entries::disco_info(const Address& asked, const std::string& node) const {
  if (!exists(asked)) return model::refuse(model::Reason::unknown_conference, asked.node());
  return discovery_.info(settings_.places.kind_of(asked), node);
}

model::Expected<stanza::DiscoItems> Entries::disco_items(const Address& asked, const std::string& node,
                                                         const Address& asker) const {
  if (!exists(asked) || !node.empty()) return model::refuse(model::Reason::unknown_conference, asked.node());
  stanza::DiscoItems items;
  if (settings_.places.kind_of(asked) != ContactKind::domain) return items;
  const Places& places = settings_.places;
  items.items.push_back({Address(places.service_node, places.domain).text(), "", settings_.service_title});
  for (const auto& [conference, entry] : entries_) {
    if (!entry.holders.contains(asker.bare())) continue;
    items.items.push_back({contact(conference).bare().text(), "", entry.appearance.title});
  }
  return items;
}

model::Expected<stanza::VCard> Entries::vcard(const Address& asked) const {
  if (!exists(asked)) return model::refuse(model::Reason::unknown_conference, asked.node());
  const Appearance appearance = appearance_of(asked);
  const Avatar& avatar = avatar_for(asked);
  return stanza::VCard{.full_name = appearance.title,
                       .nickname = appearance.title,
                       .photo_type = "image/png",
                       .photo_base64 = std::string(avatar.base64)};
}

}  // namespace rollcall::component::presence
