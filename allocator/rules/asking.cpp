#include "allocator/rules/asking.h"

#include <set>
#include <utility>

#include "allocator/rules/rights.h"

namespace rollcall::rules {

using model::Conference;
using model::Reason;
using model::Refusal;
using model::refuse;

Decision decline(RequestId request, Refusal refusal) {
  Decision decision;
  decision.effects.emplace_back(Decline{request, std::move(refusal)});
  return decision;
}

Decision reply(const Asked& question, model::Sentence sentence) {
  Decision decision;
  decision.effects.emplace_back(Reply{question.request, question.conference, std::move(sentence)});
  return decision;
}

void save_and_reply(const Conference& conference, const Asked& question, model::Sentence sentence, Decision& decision) {
  decision.writes.emplace_back(SaveConference{conference});
  decision.promises.emplace_back(Reply{question.request, question.conference, std::move(sentence)});
  decision.apologies.emplace_back(Decline{question.request, {Reason::not_stored, conference.title}});
}

model::Expected<Conference*> known_conference(State& state, const ConferenceId& id, const Address& asker) {
  Conference* conference = find_conference(state, id);
  if (conference == nullptr) return refuse(Reason::unknown_conference, id.text());
  if (may_know(state.settings, *conference, asker)) return conference;
  return refuse(conference->members_only ? Reason::members_only : Reason::not_allowed, id.text());
}

model::Expected<Conference*> conference_for(State& state, const Asked& question, model::Role needed) {
  auto conference = known_conference(state, question.conference, question.asker);
  if (!conference) return conference;
  if (auto refusal = refusal_below(needed, **conference, question.asker)) return tl::unexpected(*refusal);
  return conference;
}

std::string name_of(const State& state, const ConferenceId& conference, const Address& person) {
  for (const model::Participant* participant : participants_of(state, conference)) {
    const bool is_he = !participant->address.empty() && participant->address.bare() == person.bare();
    if (is_he && participant->state == model::LegState::connected) return participant->name;
  }
  const auto place = state.conferences.find(conference);
  const bool is_place = place != state.conferences.end() && place->second.group.address == person.bare();
  if (is_place && !person.is_bare()) return person.resource();
  const model::Person* known = find_person(state, person);
  return known != nullptr && !known->nick.empty() ? known->nick : person.node();
}

void tell_all(const State& state, const ConferenceId& conference, const Address& but, const model::Sentence& sentence,
              Decision& decision) {
  std::set<Address> told{but.bare()};
  for (const model::Participant* participant : participants_of(state, conference)) {
    if (participant->address.empty() || !told.insert(participant->address.bare()).second) continue;
    decision.effects.emplace_back(Tell{participant->address, conference, sentence});
  }
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

}  // namespace rollcall::rules
