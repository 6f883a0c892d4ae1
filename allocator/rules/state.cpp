#include "allocator/rules/state.h"

#include <algorithm>
#include <tuple>

namespace rollcall::rules {

std::vector<const model::Participant*> participants_of(const State& state, const model::ConferenceId& id) {
  std::vector<const model::Participant*> found;
  for (const auto& [leg, participant] : state.participants) {
    if (participant.conference == id) found.push_back(&participant);
  }
  std::ranges::sort(found, [](const model::Participant* a, const model::Participant* b) {
    return std::tie(a->since, a->leg) < std::tie(b->since, b->leg);
  });
  return found;
}

model::Conference* find_conference(State& state, const model::ConferenceId& id) {
  const auto found = state.conferences.find(id);
  return found == state.conferences.end() ? nullptr : &found->second;
}

model::Participant* find_participant(State& state, const model::LegId& leg) {
  const auto found = state.participants.find(leg);
  return found == state.participants.end() ? nullptr : &found->second;
}

const model::Person* find_person(const State& state, const model::Address& person) {
  const auto found = state.people.find(person.bare());
  return found == state.people.end() ? nullptr : &found->second;
}

void forget_conference(State& state, const model::ConferenceId& id) {
  state.conferences.erase(id);
  state.endings.erase(id);
  state.interrupted.erase(id);
}

std::string contact_of(const State& state, const model::ConferenceId& id) {
  return id.text() + "@" + state.settings.component_domain;
}

}  // namespace rollcall::rules
