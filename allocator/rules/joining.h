#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// The person whom we rang is there: his leg is placed, and the MCU asked for an offer.
void place_picked_up(State& state, const PickedUp& event, model::Time now, Decision& decision);
/// To an MCU that has just been given the conference: what people chose for its picture.
void arrange_picture(const model::Conference& conference, Decision& decision);

/// An MCU came, or one was given up: the calls that waited for that are placed, refused, or wait on.
void take_up_waiting(State& state, model::Time now, Decision& decision);

}  // namespace rollcall::rules
