// What a participant writes for the others.
#include <algorithm>
#include <set>

#include "allocator/rules/asking.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Participant;
using model::Phrase;
using model::Reason;

constexpr std::size_t longest_line = 20000;  // bytes: 5000 characters of any script

bool is_in_call(const std::vector<const Participant*>& people, const Address& person) {
  return std::ranges::any_of(people, [&](const Participant* one) {
    return !one->address.empty() && one->address.bare() == person.bare() && one->state == model::LegState::connected;
  });
}

}  // namespace

Decision on(const ChatSaid& event, State& state, model::Time /*now*/) {
  const auto found = known_conference(state, event.conference, event.asker);
  if (!found) return decline(event.request, found.error());
  const model::Conference& conference = **found;
  const auto people = participants_of(state, event.conference);
  if (!is_in_call(people, event.asker)) return decline(event.request, {Reason::not_allowed, conference.title});
  if (!conference.chat) return reply(event, {Phrase::chat_off, {conference.title}});
  if (event.text.size() > longest_line) return reply(event, {Phrase::chat_too_long});

  Decision decision;
  const std::string name = name_of(state, event.conference, event.asker);
  std::set<Address> heard{event.asker.bare()};
  std::vector<std::string> names;
  for (const Participant* person : people) {
    if (person->state != model::LegState::connected || person->address.empty()) continue;
    if (!heard.insert(person->address.bare()).second) continue;
    decision.effects.emplace_back(Relay{person->address.bare(), event.conference, name, event.text});
    names.push_back(person->name);
  }
  if (names.empty()) return reply(event, {Phrase::chat_nobody_else, {conference.title}});
  decision.effects.emplace_back(Reply{.request = event.request,
                                      .conference = event.conference,
                                      .sentence = {Phrase::said, {join(names)}},
                                      .shows_by_itself = true});
  return decision;
}

}  // namespace rollcall::rules
