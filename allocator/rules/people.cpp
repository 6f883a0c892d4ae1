// What is known of people, and what they have.
#include "allocator/rules/people.h"

#include <algorithm>

#include "allocator/rules/asking.h"
#include "allocator/rules/indicator.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::Sentence;

constexpr std::size_t longest_nick = 64;      // bytes
constexpr std::size_t longest_language = 35;  // RFC 5646 §4.4.1

/// No half of a UTF-8 character at its end.
std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
  text.resize(most);
  return text;
}

bool is_his(const Conference& conference, const Address& person) {
  return role_of(conference, person) >= model::Role::member || conference.invitations.contains(person.bare()) ||
         std::ranges::binary_search(conference.holders, person.bare());
}

}  // namespace

bool is_to_be_remembered(const State& state, const Address& person) {
  return may_ask(state.settings, person) ||
         std::ranges::any_of(state.conferences, [&](const auto& entry) { return is_his(entry.second, person); });
}

Decision on(const PersonSeen& event, State& state, model::Time /*now*/) {
  Decision decision;
  const Address address = event.person.bare();
  state.invitations.seen(address);
  const model::Person* known = find_person(state, address);
  model::Person person = known == nullptr ? model::Person{.address = address} : *known;
  if (!event.language.empty() && event.language.size() <= longest_language) person.language = event.language;
  if (!event.nick.empty()) person.nick = cut(event.nick, longest_nick);
  const bool says_nothing = person.language.empty() && person.nick.empty();
  if (known != nullptr ? *known == person : says_nothing || !is_to_be_remembered(state, address)) return decision;
  state.people.insert_or_assign(address, person);
  decision.writes.emplace_back(SavePerson{person});
  return decision;
}

Decision on(const ConferencesRequested& event, State& state, model::Time /*now*/) {
  std::vector<Sentence> lines;
  for (const auto& [id, conference] : state.conferences) {
    if (!is_his(conference, event.asker) || !may_join(state.settings, conference, event.asker)) continue;
    const auto indicator = indicator_of(state, conference);
    const std::string contact = contact_of(state, id);
    lines.push_back(indicator.running ? Sentence{Phrase::conference_running,
                                                 {conference.title, contact, std::to_string(indicator.names.size())}}
                                      : Sentence{Phrase::conference_idle, {conference.title, contact}});
  }
  if (lines.empty()) return reply(event, {Phrase::no_conferences});
  Decision decision;
  decision.effects.emplace_back(Reply{event.request, event.conference, {Phrase::your_conferences}, std::move(lines)});
  return decision;
}

}  // namespace rollcall::rules
