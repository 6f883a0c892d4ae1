#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Who still has to be told that a leg is over.
enum class Untold { nobody, door, mcu, both };

/// Takes the leg out of its conference; tells the door and the MCU, the store and the contact's presence. When it was
/// the last one, the MCU gets rid of the conference.
void leave(State& state, const model::LegId& leg, model::Reason reason, Untold untold, model::Time now,
           Decision& decision);

/// What was said about this call is not meant for the next one.
void forget_the_call(model::Conference& conference, Decision& decision);

[[nodiscard]] DoorCall door_call(const model::Participant& participant);

}  // namespace rollcall::rules
