#pragma once

#include "allocator/model/expected.h"
#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// The person whom we rang is there: his leg is placed, and the MCU asked for an offer.
void place_picked_up(State& state, const PickedUp& event, model::Time now, Decision& decision);
/// A telephone is to be called: its leg is placed, and the MCU asked for an offer. Whoever had it dialled may let it
/// in. Refuses unknown_conference, full and no_media_server.
[[nodiscard]] model::Expected<model::PeerId> place_dialled(State& state, const Offered& as_if, model::Time now,
                                                           Decision& decision);
/// To an MCU that has just been given the conference: what people chose for its picture.
void arrange_picture(const model::Conference& conference, Decision& decision);

/// An MCU came, or one was given up: the calls that waited for that are placed, refused, or wait on.
void take_up_waiting(State& state, model::Time now, Decision& decision);

}  // namespace rollcall::rules
