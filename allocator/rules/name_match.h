// Who is meant by what somebody typed.
#pragma once

#include <string_view>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// The participants that go by this name, of the best kind of likeness there is: first who is shown by it, then whose
/// nick, address or first part of the address it is, then whose name or address has a word that begins with it. Case
/// and diacritics do not matter. The devices of one person count as one, by the first.
[[nodiscard]] std::vector<const model::Participant*> participants_called(const State& state,
                                                                         const model::ConferenceId& conference,
                                                                         std::string_view text);

/// The same for everybody who has to do with the conference, in the call or not, by bare address. An address that is
/// typed in full is itself, known or not.
[[nodiscard]] std::vector<model::Address> people_called(const State& state, const model::Conference& conference,
                                                        std::string_view text);

}  // namespace rollcall::rules
