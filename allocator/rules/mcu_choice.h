// Which MCU carries a conference, by what things cost there. A conference lives in one worker; the workers of one host
// share its capacity, so that a large conference may use the whole machine.
#pragma once

#include "allocator/model/expected.h"
#include "allocator/model/units.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What the calls on this MCU cost as it stands. A conference that waits for its first caller costs nothing.
[[nodiscard]] double used_units(const State& state, const model::PeerId& mcu);

/// What is left of this MCU's host, whichever of its workers uses the rest.
[[nodiscard]] double free_units(const State& state, const model::PeerId& mcu);

/// The MCU with most left that can take a whole new conference of that size; among equals (workers of one host) who
/// carries least. One that gives up quality for its load is taken last.
/// One that is being drained is not taken.
/// Refuses no_media_server (none is up) or full.
[[nodiscard]] model::Expected<model::PeerId> choose_mcu(const State& state, const model::units::Legs& legs);

/// Where one more leg of `conference` goes: the MCU that has its people, else a new choice.
[[nodiscard]] model::Expected<model::PeerId> place_leg(const State& state, const model::Conference& conference,
                                                       bool video);

/// Whether an MCU that is away may still come back; then a call waits rather than being refused.
[[nodiscard]] bool is_mcu_expected(const State& state);

}  // namespace rollcall::rules
