// What people type. Pure: text in, a request or a refusal out.
#pragma once

#include <string_view>
#include <vector>

#include "allocator/model/expected.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component::commands {

/// A line written to the service: `call juliet@example.org mercutio@example.org`, `call team: juliet@example.org`,
/// `help`. Upper and lower case are one; addresses may be separated by spaces, commas, semicolons or lines, and may be
/// xmpp: URIs. Refuses bad_request (the line) and bad_address (the address).
[[nodiscard]] model::Expected<Request> parse_for_service(std::string_view text);

/// A line written to a conference: `who`, `invite juliet@example.org`, `link`, `end`, `help`.
[[nodiscard]] model::Expected<Request> parse_for_conference(std::string_view text);

/// People's addresses as above; none at all are none. Refuses bad_address.
[[nodiscard]] model::Expected<std::vector<model::Address>> parse_people(std::string_view text);

}  // namespace rollcall::component::commands
