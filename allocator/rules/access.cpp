// Who gets in: lock, members only, PIN; and whether participants can chat.
#include "allocator/rules/arriving.h"
#include "allocator/rules/asking.h"
#include "allocator/rules/recording.h"
#include "allocator/rules/rights.h"
#include "allocator/rules/roles.h"
#include "allocator/rules/subjects.h"

namespace rollcall::rules {
namespace {

using model::Conference;
using model::Phrase;
using model::PinWish;
using model::Role;
using model::Sentence;
using model::Switch;

/// Who gets in at all is for the owner to say; the rest for whoever moderates.
Role needed_for(Switch what) {
  return what == Switch::members_only ? Role::owner : Role::moderator;
}

}  // namespace

Decision on(const SwitchRequested& event, State& state, model::Time /*now*/) {
  const auto found = conference_for(state, event, needed_for(event.what));
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  Decision decision;
  Phrase phrase = Phrase::locked_now;
  switch (event.what) {
    case Switch::lock:
      conference.locked = event.on;
      phrase = event.on ? Phrase::locked_now : Phrase::unlocked_now;
      break;
    case Switch::chat:
      conference.chat = event.on;
      phrase = event.on ? Phrase::chat_on : Phrase::chat_off;
      break;
    case Switch::members_only:
      conference.members_only = event.on;
      phrase = event.on ? Phrase::members_only_now : Phrase::open_now;
      if (event.on) raise_all_to_members(state, conference, decision);
      break;
    case Switch::recording:
      return record(event, state, conference);
  }
  save_and_reply(conference, event, Sentence{phrase, {conference.title}}, decision);
  return decision;
}

Decision on(const PinRequested& event, State& state, model::Time /*now*/) {
  const auto found = conference_for(state, event, Role::member);
  if (!found) return decline(event.request, found.error());
  Conference& conference = **found;
  const bool may_change = role_of(conference, event.asker) >= Role::moderator;
  const bool makes_one = event.wish == PinWish::renew || (event.wish == PinWish::show && may_change);
  if (event.wish == PinWish::show && (!conference.pin.empty() || !makes_one)) {
    if (conference.pin.empty()) return reply(event, {Phrase::pin_none, {conference.title}});
    Decision answer = reply(event, {Phrase::pin_is, {conference.title, conference.pin}});
    if (!conference.number.empty()) {
      std::get<Reply>(answer.effects.front()).remarks.push_back({Phrase::by_telephone, {conference.number}});
    }
    return answer;
  }
  if (auto refusal = refusal_below(Role::moderator, conference, event.asker)) return decline(event.request, *refusal);
  Decision decision;
  conference.pin = makes_one ? event.fresh_pin : "";
  if (makes_one) give_number(state, conference);
  save_and_reply(conference, event,
                 makes_one ? Sentence{Phrase::pin_is, {conference.title, conference.pin}}
                           : Sentence{Phrase::pin_none, {conference.title}},
                 decision);
  if (makes_one) {
    std::get<Reply>(decision.promises.front()).remarks.push_back({Phrase::by_telephone, {conference.number}});
  }
  return decision;
}

}  // namespace rollcall::rules
