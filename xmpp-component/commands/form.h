// The forms of ad-hoc commands (XEP-0004): empty ones out, filled ones in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "xmpp-component/commands/command_table.h"
#include "xmpp-component/stanza/data_form.h"

namespace rollcall::component::commands {

/// The empty form, or the filled one once more. `participants` are the names to choose from.
[[nodiscard]] stanza::DataForm form_for(const Command& command, words::Language language,
                                        const std::vector<std::string>& participants,
                                        const std::optional<stanza::DataForm>& filled);

/// Refuses bad_request (the field) and bad_address.
[[nodiscard]] model::Expected<Request> request_from(const Command& command, const stanza::DataForm& form);

}  // namespace rollcall::component::commands
