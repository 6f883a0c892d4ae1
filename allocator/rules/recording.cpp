// The mix goes to a file; everybody in it is told.
#include "allocator/rules/recording.h"

#include "allocator/rules/asking.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {

using model::Conference;
using model::Phrase;
using model::Sentence;

Decision record(const SwitchRequested& event, const State& state, const Conference& conference) {
  const bool is_running = conference.mcu && !participants_of(state, conference.id).empty();
  if (!is_running) return reply(event, {Phrase::recording_needs_a_call, {conference.title}});
  Decision decision;
  decision.effects.emplace_back(Record{*conference.mcu, event, event.on});
  return decision;
}

Decision on(const RecordingAnswered& event, State& state, model::Time /*now*/) {
  Conference* conference = find_conference(state, event.question.conference);
  if (conference == nullptr || !event.file) {
    return decline(event.question.request, event.file ? model::Refusal{model::Reason::gone, {}} : event.file.error());
  }
  conference->recording = event.on;
  const Sentence sentence = event.on
                                ? Sentence{Phrase::recording_starts,
                                           {conference->title, name_of(state, conference->id, event.question.asker)}}
                                : Sentence{Phrase::recording_ended, {conference->title}};
  Decision decision;
  decision.writes.emplace_back(SaveConference{*conference});
  Reply answer{event.question.request, conference->id, sentence};
  if (!event.file->empty()) answer.remarks.push_back({Phrase::recording_file, {*event.file}});
  decision.effects.emplace_back(std::move(answer));
  tell_all(state, conference->id, event.question.asker, sentence, decision);
  return decision;
}

Decision on(const RecordingEnded& event, State& state, model::Time /*now*/) {
  Decision decision;
  Conference* conference = find_conference(state, event.conference);
  if (conference == nullptr || !conference->recording) return decision;
  conference->recording = false;
  decision.writes.emplace_back(SaveConference{*conference});
  tell_all(state, conference->id, {}, {Phrase::recording_ended, {conference->title}}, decision);
  return decision;
}

}  // namespace rollcall::rules
