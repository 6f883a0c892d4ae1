// What an MCU is asked for is true when it has said so.
#include "allocator/rules/orders.h"

#include <utility>

#include "allocator/rules/asking.h"
#include "allocator/rules/interrupted.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Participant;
using model::Phrase;
using model::Reason;
using model::Sentence;

Phrase words_for(model::PictureLayout layout) {
  switch (layout) {
    case model::PictureLayout::automatic:
      return Phrase::layout_automatic;
    case model::PictureLayout::grid:
      return Phrase::layout_grid;
    case model::PictureLayout::speaker:
      return Phrase::layout_speaker;
    case model::PictureLayout::spotlight:
      return Phrase::layout_spotlight;
    case model::PictureLayout::presentation:
      return Phrase::layout_presentation;
  }
  __builtin_unreachable();
}

Decision grant(const Asked& question, model::PictureLayout layout, State& /*state*/, Conference& conference) {
  conference.layout = layout;
  Decision decision;
  save_and_reply(conference, question, Sentence{words_for(layout)}, decision);
  return decision;
}

Decision grant(const Asked& question, const SpotlightWish& wish, State& state, Conference& conference) {
  const Participant* person = find_participant(state, wish.leg);
  if (!wish.leg.empty() && person == nullptr) return decline(question.request, {Reason::gone, conference.title});
  conference.spotlight = wish.leg;
  Decision decision;
  save_and_reply(conference, question,
                 person == nullptr ? Sentence{Phrase::spotlight_off} : Sentence{Phrase::spotlight_on, {person->name}},
                 decision);
  return decision;
}

Decision grant(const Asked& question, const SilenceWish& wish, State& state, const Conference& conference) {
  Decision decision;
  const Participant* person = nullptr;
  for (const LegId& leg : wish.legs) {
    Participant* participant = find_participant(state, leg);
    if (participant == nullptr) continue;
    participant->muted_by_moderator = wish.silent;
    if (!wish.silent) forget_mute(state, *participant);
    decision.writes.emplace_back(SaveLeg{*participant});
    person = participant;
  }
  if (person == nullptr) return decline(question.request, {Reason::gone, conference.title});
  decision.effects.emplace_back(
      Reply{question.request, conference.id, {wish.silent ? Phrase::muted : Phrase::unmuted, {person->name}}});
  if (person->address.empty() || person->address.bare() == question.asker.bare()) return decision;
  const Sentence sentence{wish.silent ? Phrase::you_were_muted : Phrase::you_were_unmuted,
                          {conference.title, name_of(state, conference.id, question.asker)}};
  decision.effects.emplace_back(Tell{person->address, conference.id, sentence});
  return decision;
}

Decision grant_any(const Asked& question, const Wish& wish, State& state, Conference& conference) {
  return std::visit([&](const auto& one) { return grant(question, one, state, conference); }, wish);
}

}  // namespace

Decision order(const Asked& question, const Wish& wish, State& state) {
  Conference& conference = *find_conference(state, question.conference);
  if (participants_of(state, conference.id).empty()) return grant_any(question, wish, state, conference);
  if (!conference.mcu) return decline(question.request, {Reason::no_media_server, {}});
  Decision decision;
  decision.effects.emplace_back(Order{*conference.mcu, question, wish});
  return decision;
}

Decision on(const OrderAnswered& event, State& state, model::Time /*now*/) {
  Conference* conference = find_conference(state, event.question.conference);
  if (conference == nullptr) return decline(event.question.request, {Reason::gone, {}});
  if (event.refused) return decline(event.question.request, *event.refused);
  return grant_any(event.question, event.wish, state, *conference);
}

}  // namespace rollcall::rules
