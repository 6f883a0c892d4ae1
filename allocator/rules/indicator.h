#pragma once

#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// What the conference's presence says now: running when anybody's packets flow.
[[nodiscard]] model::PresenceIndicator indicator_of(const State& state, const model::Conference& conference);

[[nodiscard]] Indicate indicate(const State& state, const model::Conference& conference);

/// `{name} (telephone)`, or the name alone for the computer.
[[nodiscard]] model::Phrase name_by(model::CommunicationMode mode);
/// Their names, with how they were reached if not by computer.
[[nodiscard]] std::vector<model::Sentence> people_in(const model::PresenceIndicator& indicator);

}  // namespace rollcall::rules
