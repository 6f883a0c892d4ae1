// Who may do what.
#pragma once

#include <optional>

#include "allocator/model/address.h"
#include "allocator/model/refusal.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Start conferences and invite: users of the allowed domains.
[[nodiscard]] bool may_ask(const Settings& settings, const model::Address& asker);

[[nodiscard]] model::Role role_of(const model::Conference& conference, const model::Address& person);

/// Call a conference and see who is in it. Of an open one: users of the allowed domains, and whoever was invited to it
/// or is a member; of one for members: those.
[[nodiscard]] bool may_join(const Settings& settings, const model::Conference& conference,
                            const model::Address& person);

/// Ask about a conference: whoever may join, and who speaks in its group chat without showing his address.
[[nodiscard]] bool may_know(const Settings& settings, const model::Conference& conference,
                            const model::Address& person);

/// Whether the group chat's service belongs to a domain whose users may start conferences.
[[nodiscard]] bool is_at_home(const Settings& settings, const model::Address& group);

/// Whether a group chat is to be believed who somebody in it is: when its service belongs to the person's own domain,
/// or to one whose users may ask.
[[nodiscard]] bool may_speak_for(const Settings& settings, const model::Address& group, const model::Address& person);

/// Get into the call now. Refuses members_only, not_allowed, locked (whoever moderates gets in, and whoever is in with
/// another device), removed. An empty address is a guest who has shown a valid link.
[[nodiscard]] std::optional<model::Refusal> refusal_to_enter(const State& state, const model::Conference& conference,
                                                             const model::Address& person);

/// What this takes, and the person is not: moderators_only or owner_only.
[[nodiscard]] std::optional<model::Refusal> refusal_below(model::Role needed, const model::Conference& conference,
                                                          const model::Address& person);

/// What has to be said to `person` before he may invite to the conference: not_allowed, or moderators_only where not
/// everybody gets in.
[[nodiscard]] std::optional<model::Refusal> refusal_to_invite(const Settings& settings,
                                                              const model::Conference& conference,
                                                              const model::Address& person);

}  // namespace rollcall::rules
