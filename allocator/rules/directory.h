// Who can be reached in which ways: our copy of what the IM servers hold.
#pragma once

#include "allocator/model/modes.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What counts of all that is known of a person's modes: his node, else what he told us, else his vCard. Nothing is
/// known: nullptr.
[[nodiscard]] const model::Modes* modes_of(const State& state, const Address& person);

/// Who has this address among his own modes; empty: nobody, or more than one.
[[nodiscard]] Address person_with(const State& state, const model::Endpoint& endpoint);

}  // namespace rollcall::rules
