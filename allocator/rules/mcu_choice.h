// Which MCU carries a conference, by published costs.
#pragma once

#include "allocator/model/expected.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What the calls on this MCU cost as it stands. A conference that waits for its first caller costs nothing.
[[nodiscard]] double used_units(const State& state, const model::PeerId& mcu);

/// The least loaded MCU that can take a whole new conference with `legs` participants.
/// Refuses no_media_server (none is up) or full.
[[nodiscard]] model::Expected<model::PeerId> choose_mcu(const State& state, std::size_t legs);

/// Where one more leg of `conference` goes: the MCU that has the conference, else a new choice.
[[nodiscard]] model::Expected<model::PeerId> place_leg(const State& state, const model::Conference& conference);

/// Whether an MCU that is away may still come back; then a call waits rather than being refused.
[[nodiscard]] bool is_mcu_expected(const State& state);

}  // namespace rollcall::rules
