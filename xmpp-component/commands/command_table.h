// Everything a person can ask, once: chat words and ad-hoc commands are two ways into the same table.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "allocator/words/labels.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component::commands {

/// Whom one asks: the service (or the bare domain), or a conference.
enum class Place { service, conference };

/// What has to be said with a command.
enum class Takes { nothing, people, name_and_people };

struct Command {
  Place place;
  std::string_view word;  ///< in the chat
  std::string_view node;  ///< XEP-0050
  Takes takes;
  words::Label label;
  Request (*make)(std::optional<std::string> name, std::vector<model::Address> people);
};

/// All commands; `help` stands in it for both places.
[[nodiscard]] std::span<const Command> all_commands();
[[nodiscard]] const Command* command_by_word(Place place, std::string_view word);
[[nodiscard]] const Command* command_by_node(Place place, std::string_view node);

}  // namespace rollcall::component::commands
