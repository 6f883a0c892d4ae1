#pragma once

#include <set>
#include <string>

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// To be called before these legs leave because their MCU has lost them: what was said about the call holds for its
/// people when they are back.
void note_interruption(State& state, const std::set<LegId>& lost, model::Time now, Decision& decision);
/// His leg is at an MCU: what held for him before holds again.
void resume(State& state, model::Participant& participant, Decision& decision);
/// Whether he was in the call that was interrupted, and is awaited. Guests are not told from one another.
[[nodiscard]] bool is_awaited(const State& state, const model::Conference& conference, const Address& person);
/// He is heard again, whatever was said before.
void forget_mute(State& state, const model::Participant& participant);
/// Nobody is awaited any more.
void give_up_interruption(State& state, const ConferenceId& conference, Decision& decision);
void give_up_old_interruptions(State& state, model::Time now, Decision& decision);

}  // namespace rollcall::rules
