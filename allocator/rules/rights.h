// Who may do what.
#pragma once

#include "allocator/model/address.h"
#include "allocator/rules/state.h"

namespace rollcall::rules {

/// Start conferences and invite: users of the allowed domains.
[[nodiscard]] bool may_ask(const Settings& settings, const model::Address& asker);

/// Call a conference and see who is in it: users of the allowed domains, and whoever was invited to it.
[[nodiscard]] bool may_join(const Settings& settings, const model::Conference& conference,
                            const model::Address& person);

/// End it for everybody: whoever started it.
[[nodiscard]] bool may_end(const model::Conference& conference, const model::Address& person);

}  // namespace rollcall::rules
