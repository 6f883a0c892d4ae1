// How well a call goes, or why it has ended.
#include <cmath>

#include "allocator/rules/asking.h"
#include "allocator/rules/name_match.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::LegHealth;
using model::Participant;
using model::Phrase;
using model::Reason;
using model::Sentence;

constexpr double much_loss = 0.03;
constexpr int long_way_ms = 300;

std::string minutes_since(model::Time then, model::Time now) {
  return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(now - then).count());
}

std::string seconds_since(model::Time then, model::Time now) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now - then).count());
}

std::vector<Sentence> findings(const Participant& participant, model::Time now) {
  std::vector<Sentence> found;
  if (participant.muted_by_moderator) found.push_back({Phrase::why_muted_by_moderator});
  if (participant.audio_muted) found.push_back({Phrase::why_muted});
  if (!participant.health) {
    found.push_back({Phrase::why_no_news});
    return found;
  }
  const LegHealth& health = *participant.health;
  if (health.stalled) {
    found.push_back({Phrase::why_stalled});
    return found;
  }
  if (!health.audio && !participant.audio_muted) found.push_back({Phrase::why_no_sound});
  if (health.frozen_since != model::Time{} && !participant.video_muted) {
    found.push_back({Phrase::why_frozen, {seconds_since(health.frozen_since, now)}});
  } else if (!health.video && !participant.video_muted) {
    found.push_back({Phrase::why_no_picture});
  }
  if (health.loss >= much_loss) found.push_back({Phrase::why_loss, {std::to_string(std::lround(health.loss * 100))}});
  if (health.round_trip_ms >= long_way_ms) {
    found.push_back({Phrase::why_slow, {std::to_string(health.round_trip_ms)}});
  }
  if (found.empty()) found.push_back({Phrase::why_good});
  return found;
}

Decision about(const WhyRequested& event, const model::Conference& conference, const Participant& participant,
               model::Time now) {
  if (participant.state != model::LegState::connected) {
    return reply(event, {Phrase::why_not_connected, {participant.name, conference.title}});
  }
  Decision decision;
  const Sentence sentence{Phrase::why_in_call,
                          {participant.name, conference.title, minutes_since(participant.since, now)}};
  decision.effects.emplace_back(Reply{event.request, event.conference, sentence, findings(participant, now)});
  return decision;
}

const Participant* leg_of(const State& state, const WhyRequested& event) {
  const Participant* found = nullptr;
  for (const Participant* participant : participants_of(state, event.conference)) {
    if (participant->address == event.asker) return participant;
    if (!participant->address.empty() && participant->address.bare() == event.asker.bare()) found = participant;
  }
  return found;
}

Decision about_former_call(const WhyRequested& event, const State& state, const model::Conference& conference,
                           model::Time now) {
  const auto endings = state.endings.find(conference.id);
  const auto none = [&] { return reply(event, {Phrase::why_not_in_call, {conference.title}}); };
  if (endings == state.endings.end()) return none();
  const auto ending = endings->second.find(event.asker.bare());
  if (ending == endings->second.end()) return none();
  Reply answer{event.request, event.conference,
               Sentence{Phrase::why_last_ended, {conference.title, minutes_since(ending->second.at, now)}}};
  answer.because = model::Refusal{ending->second.reason, conference.title};
  Decision decision;
  decision.effects.emplace_back(std::move(answer));
  return decision;
}

}  // namespace

Decision on(const WhyRequested& event, State& state, model::Time now) {
  const auto found = known_conference(state, event.conference, event.asker);
  if (!found) return decline(event.request, found.error());
  const model::Conference& conference = **found;
  if (event.who.empty()) {
    const Participant* own = leg_of(state, event);
    return own == nullptr ? about_former_call(event, state, conference, now) : about(event, conference, *own, now);
  }
  const auto people = participants_called(state, event.conference, event.who);
  if (people.empty()) return decline(event.request, {Reason::unknown_person, event.who});
  if (people.size() > 1) {
    AskBack question{event.request, event.conference};
    for (const Participant* person : people) question.candidates.push_back(person->name);
    Decision decision;
    decision.effects.emplace_back(std::move(question));
    return decision;
  }
  const bool is_own = !people.front()->address.empty() && people.front()->address.bare() == event.asker.bare();
  if (!is_own) {
    if (auto refusal = refusal_below(model::Role::moderator, conference, event.asker)) {
      return decline(event.request, *refusal);
    }
  }
  return about(event, conference, *people.front(), now);
}

}  // namespace rollcall::rules
