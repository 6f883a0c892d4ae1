#include "allocator/rules/indicator.h"

namespace rollcall::rules {

model::PresenceIndicator indicator_of(const State& state, const model::Conference& conference) {
  model::PresenceIndicator indicator{.title = conference.title};
  for (const model::Participant* participant : participants_of(state, conference.id)) {
    if (participant->state != model::LegState::connected) continue;
    indicator.names.push_back(participant->name);
    indicator.modes.push_back(participant->endpoint.mode);
    if (participant->stalled) indicator.stalled.push_back(participant->name);
  }
  indicator.running = !indicator.names.empty();
  return indicator;
}

model::Phrase name_by(model::CommunicationMode mode) {
  switch (mode) {
    case model::CommunicationMode::computer:
      return model::Phrase::by_computer;
    case model::CommunicationMode::cellular:
      return model::Phrase::by_cellular;
    case model::CommunicationMode::pstn:
      return model::Phrase::by_pstn;
    case model::CommunicationMode::gateway:
      return model::Phrase::by_gateway;
    case model::CommunicationMode::video_conferencing_standard:
      return model::Phrase::by_standard;
    case model::CommunicationMode::isdn:
      return model::Phrase::by_isdn;
    case model::CommunicationMode::atm:
      return model::Phrase::by_atm;
  }
  __builtin_unreachable();
}

std::vector<model::Sentence> people_in(const model::PresenceIndicator& indicator) {
  std::vector<model::Sentence> people;
  for (std::size_t i = 0; i < indicator.names.size(); ++i) {
    people.push_back({name_by(indicator.modes.at(i)), {indicator.names[i]}});
  }
  return people;
}

Indicate indicate(const State& state, const model::Conference& conference) {
  return {conference.id, indicator_of(state, conference)};
}

}  // namespace rollcall::rules
