// By which endpoint somebody is rung: from his modes and their hours, his presence, and what may be dialled.
#pragma once

#include <optional>
#include <vector>

#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What rings, one turn after the other. His devices come first where a capable one may be online and he says nothing
/// else; they are left out when none is and there is another way. `wanted`: that mode alone, even if it is not to ring
/// by itself. None: nobody can ring him, or he wants no ringing.
[[nodiscard]] std::vector<Turn> turns_for(const State& state, const Address& person, const Address& inviter,
                                          std::optional<model::CommunicationMode> wanted, model::Time now);

}  // namespace rollcall::rules
