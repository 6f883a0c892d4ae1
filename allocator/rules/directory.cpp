#include "allocator/rules/directory.h"

#include <algorithm>
#include <cstdlib>

#include "allocator/rules/asking.h"
#include "allocator/rules/people.h"
#include "allocator/rules/quiet.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Modes;
using model::ModesSource;
using model::Phrase;
using model::Reason;
using model::Sentence;

void set(State& state, const Address& person, ModesSource source, const Modes& modes, Decision& decision) {
  auto& known = state.modes[person];
  const auto found = known.find(source);
  const bool is_known = found != known.end() ? found->second == modes : modes.entries.empty();
  if (!is_known) {
    if (modes.entries.empty()) {
      known.erase(source);
    } else {
      known.insert_or_assign(source, modes);
    }
    decision.writes.emplace_back(SaveModes{person, source, modes});
  }
  if (known.empty()) state.modes.erase(person);
}

Phrase mode_phrase(model::CommunicationMode mode) {
  switch (mode) {
    case model::CommunicationMode::computer:
      return Phrase::mode_computer;
    case model::CommunicationMode::cellular:
      return Phrase::mode_cellular;
    case model::CommunicationMode::pstn:
      return Phrase::mode_pstn;
    case model::CommunicationMode::gateway:
      return Phrase::mode_gateway;
    case model::CommunicationMode::video_conferencing_standard:
      return Phrase::mode_standard;
    case model::CommunicationMode::isdn:
      return Phrase::mode_isdn;
    case model::CommunicationMode::atm:
      return Phrase::mode_atm;
  }
  __builtin_unreachable();
}

/// ` +49301234567 08:00-17:00 desk`: what stands behind the mode's own word.
std::string details(const model::ModeEntry& entry) {
  std::string text;
  if (!entry.address.empty()) text += " " + entry.address;
  if (entry.hours) text += " " + clock_text(entry.hours->from) + "-" + clock_text(entry.hours->until);
  if (entry.hours && entry.hours->offset) {
    const std::chrono::minutes offset(std::abs(entry.hours->offset->count()));
    text += std::string(" ") + (entry.hours->offset->count() < 0 ? "-" : "+") + clock_text(offset);
  }
  if (!entry.label.empty()) text += " " + entry.label;
  return text;
}

Sentence line_for(const model::ModeEntry& entry) {
  Sentence line{mode_phrase(entry.mode), {details(entry)}};
  if (entry.ring) return line;
  return {.phrase = Phrase::mode_not_rung, .list = {std::move(line)}};
}

Phrase source_phrase(ModesSource source) {
  switch (source) {
    case ModesSource::node:
      return Phrase::modes_from_server;
    case ModesSource::person:
      return Phrase::modes_from_you;
    case ModesSource::vcard:
      return Phrase::modes_from_vcard;
  }
  __builtin_unreachable();
}

/// His own, for himself alone.
Reply list_for(const State& state, const Asked& question) {
  Reply answer{.request = question.request, .conference = question.conference, .sentence = {Phrase::modes_none}};
  const auto found = state.modes.find(question.asker.bare());
  if (found == state.modes.end()) return answer;
  const auto& [source, modes] = *found->second.begin();
  answer.sentence = {source_phrase(source)};
  for (const model::ModeEntry& entry : modes.entries) answer.remarks.push_back(line_for(entry));
  answer.remarks.push_back({modes.at_once ? Phrase::modes_at_once : Phrase::modes_in_turn});
  return answer;
}

}  // namespace

const Modes* modes_of(const State& state, const Address& person) {
  const auto found = state.modes.find(person.bare());
  return found == state.modes.end() ? nullptr : &found->second.begin()->second;
}

Address person_with(const State& state, const model::Endpoint& endpoint) {
  Address owner;
  for (const auto& [person, sources] : state.modes) {
    const auto& entries = sources.begin()->second.entries;
    const bool is_his = std::ranges::any_of(entries, [&](const model::ModeEntry& entry) {
      return entry.mode != model::CommunicationMode::computer &&
             model::international(entry.address, state.settings.country) ==
                 model::international(endpoint.address, state.settings.country);
    });
    if (!is_his) continue;
    if (!owner.empty()) return {};
    owner = person;
  }
  return owner;
}

Decision on(const ModesSeen& event, State& state, model::Time /*now*/) {
  Decision decision;
  const Address person = event.person.bare();
  const bool is_gone = event.modes.entries.empty();
  if (!is_gone && !is_to_be_remembered(state, person)) return decision;
  set(state, person, event.source, event.modes, decision);
  // What his server holds is the truth; it may say less than he told us before.
  if (event.source == ModesSource::node && !is_gone) set(state, person, ModesSource::person, {}, decision);
  return decision;
}

Decision on(const ModesRequested& event, State& state, model::Time /*now*/) {
  if (!may_ask(state.settings, event.asker)) {
    return decline(event.request, {Reason::not_allowed, event.asker.domain()});
  }
  Decision decision;
  if (!event.wanted) {
    decision.effects.emplace_back(list_for(state, event));
    return decision;
  }
  const auto wanted = model::checked(*event.wanted);
  if (!wanted) return decline(event.request, wanted.error());
  decision.effects.emplace_back(PublishModes{event, *wanted});
  return decision;
}

Decision on(const ModesPublished& event, State& state, model::Time /*now*/) {
  Decision decision;
  const Address person = event.question.asker.bare();
  const auto known = state.modes.find(person);
  const bool has_node = known != state.modes.end() && known->second.contains(ModesSource::node);
  if (!event.taken && has_node) {
    // Ours would be overruled by the next word of his server.
    return decline(event.question.request, {Reason::modes_at_server, person.domain()});
  }
  set(state, person, event.taken ? ModesSource::node : ModesSource::person, event.modes, decision);
  if (event.taken) set(state, person, ModesSource::person, {}, decision);
  Reply answer = list_for(state, event.question);
  if (!event.taken && !event.modes.entries.empty())
    answer.remarks.push_back({Phrase::modes_kept_here, {person.domain()}});
  if (decision.writes.empty()) {
    decision.effects.emplace_back(std::move(answer));
    return decision;
  }
  decision.promises.emplace_back(std::move(answer));
  decision.apologies.emplace_back(Decline{event.question.request, {Reason::not_stored, person.text()}});
  return decision;
}

}  // namespace rollcall::rules
