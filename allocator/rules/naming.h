// How conferences and participants get their names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/address.h"
#include "allocator/model/expected.h"
#include "allocator/model/ids.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// "Team Call" → `team-call`. Refuses bad_request when nothing usable is left, or it is longer than 64 bytes.
[[nodiscard]] model::Expected<model::ConferenceId> id_from_name(std::string_view name);

/// Whether a conference can be shown by this: not blank, one line, at most 64 bytes.
[[nodiscard]] bool is_name(std::string_view text);

/// Whether the service itself, or the test call, goes by this name.
[[nodiscard]] bool is_reserved(const model::ConferenceId& id);

/// "romeo, juliet, mercutio", for a conference that was given no name.
[[nodiscard]] std::string title_from_people(const model::Address& creator, const std::vector<model::Address>& invitees);

/// `wanted`, or with a number behind it when somebody in the conference is called that already.
[[nodiscard]] std::string unique_name(const State& state, const model::ConferenceId& conference, std::string wanted);

}  // namespace rollcall::rules
