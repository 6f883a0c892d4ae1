// What people type. Pure: text in, a request or a refusal out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/expected.h"
#include "xmpp-component/commands/command_table.h"

namespace rollcall::component::commands {

/// A line written to the service: `call juliet@example.org mercutio@example.org`, `call team: juliet@example.org`,
/// `call juliet@example.org by pstn`, `call +49301234567`,
/// `help`; or to a conference: `who`, `mute Juliet`, `layout grid`. Upper and lower case are one; addresses may be
/// separated by spaces, commas, semicolons or lines, and may be xmpp: URIs.
/// Refuses bad_request (the line): that is no command; and bad_address (the address).
[[nodiscard]] model::Expected<Request> parse(Place place, std::string_view text);

/// Whether the line is a command whatever it says: `/who`, `!who`. Any other that is refused as bad_request may be
/// meant for people.
[[nodiscard]] bool must_be_command(std::string_view text);

/// People's addresses as above, numbers and addresses of other kinds (`+4930…`, `sip:room@vc.example`, `isdn:…`), and
/// behind them `by pstn` where all of them are to be reached so. None at all are none. Refuses bad_address.
[[nodiscard]] model::Expected<Arguments> parse_named(std::string_view text);

/// `2` or `2.` of a menu, from 1; none: it is something else.
[[nodiscard]] std::optional<std::size_t> parse_number(std::string_view text);

/// The same request about the person that is called exactly so.
[[nodiscard]] Request about(const Request& request, const std::string& name);

}  // namespace rollcall::component::commands
