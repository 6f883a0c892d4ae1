// What the answers to people's questions have in common.
#pragma once

#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/rules/effect.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

[[nodiscard]] Decision decline(RequestId request, model::Refusal refusal);
/// Nothing but the answer.
[[nodiscard]] Decision reply(const Asked& question, model::Sentence sentence);
/// The conference has changed: it is saved, and the answer follows the write.
void save_and_reply(const model::Conference& conference, const Asked& question, model::Sentence sentence,
                    Decision& decision);

/// The conference that a question is about, if the asker may know it. Refuses unknown_conference, not_allowed and
/// members_only.
[[nodiscard]] model::Expected<model::Conference*> known_conference(State& state, const ConferenceId& id,
                                                                   const Address& asker);
/// The same, if the asker is as much in it. Refuses moderators_only and owner_only too.
[[nodiscard]] model::Expected<model::Conference*> conference_for(State& state, const Asked& question,
                                                                 model::Role needed);

/// How the person is called there: as in the call, else by his nick, else by the first part of his address.
[[nodiscard]] std::string name_of(const State& state, const ConferenceId& conference, const Address& person);

/// Everybody who is in the call by a Jabber device hears it once, except for `but`.
void tell_all(const State& state, const ConferenceId& conference, const Address& but, const model::Sentence& sentence,
              Decision& decision);

[[nodiscard]] std::string join(const std::vector<std::string>& words);
[[nodiscard]] std::string list_of(const std::vector<Address>& people);

}  // namespace rollcall::rules
