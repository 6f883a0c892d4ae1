#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Who is less than a member becomes one.
void raise_to_moderator(model::Conference& conference, const Address& person, Decision& decision);
void raise_to_member(model::Conference& conference, const model::Address& person, Decision& decision);

/// So does everybody who was invited, has the contact, or is in the call.
void raise_all_to_members(const State& state, model::Conference& conference, Decision& decision);

/// PersonRequested for make_owner, make_moderator, make_member, make_guest.
[[nodiscard]] Decision change_role(const PersonRequested& event, model::Role wanted, State& state);

}  // namespace rollcall::rules
