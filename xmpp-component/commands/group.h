// What people say to us in a group chat. Pure: text in, a wish out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "allocator/model/expected.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component::commands {

/// What is said to us, of a line that begins with our nick: `Rollcall: who`, `@rollcall, who`. Upper and lower case are
/// one. None: it is not for us.
[[nodiscard]] std::optional<std::string_view> said_to(std::string_view nick, std::string_view line);

/// Invite everybody who is here.
struct InviteEveryone {
  bool operator==(const InviteEveryone&) const = default;
};
/// Invite these, by nick or address, one or several.
struct InviteNamed {
  std::string names = {};
  bool operator==(const InviteNamed&) const = default;
};
/// Request: anything else that a conference does.
using GroupWish = std::variant<InviteEveryone, InviteNamed, Request>;
/// Refuses as commands::parse() does.
[[nodiscard]] model::Expected<GroupWish> parse_group_wish(std::string_view text);

/// Which of `nicks` are named: all of `text` is one of them, or each part of it between commas, or each word. Upper and
/// lower case are one. Words that are none of them are left over.
struct Named {
  std::vector<std::string> nicks = {};
  std::vector<std::string> others = {};
  bool operator==(const Named&) const = default;
};
[[nodiscard]] Named named_in(std::string_view text, const std::vector<std::string>& nicks);

/// The address of a group chat, bare; an xmpp: URI is as good. Refuses bad_address.
[[nodiscard]] model::Expected<model::Address> parse_group(std::string_view text);

}  // namespace rollcall::component::commands
