#include "xmpp-component/commands/command_table.h"

#include <algorithm>
#include <array>

namespace rollcall::component::commands {
namespace {

using Name = std::optional<std::string>;
using People = std::vector<model::Address>;
using words::Label;

template <class Kind>
Request plain(Name, People) {
  return Kind{};
}
Request start(Name name, People people) {
  return StartConference{std::move(name), std::move(people)};
}
Request invite(Name, People people) {
  return Invite{std::move(people)};
}

constexpr std::array commands{
    Command{Place::service, "call", "create", Takes::name_and_people, Label::start_a_call, start},
    Command{Place::service, "help", "help", Takes::nothing, Label::help, plain<Help>},
    Command{Place::conference, "who", "who", Takes::nothing, Label::who_is_in_the_call, plain<Who>},
    Command{Place::conference, "invite", "invite", Takes::people, Label::invite_people, invite},
    Command{Place::conference, "link", "link", Takes::nothing, Label::link_for_browsers, plain<Link>},
    Command{Place::conference, "end", "end", Takes::nothing, Label::end_for_everybody, plain<End>},
    Command{Place::conference, "help", "help", Takes::nothing, Label::help, plain<Help>},
};

template <class Field>
const Command* find(Place place, Field field, std::string_view text) {
  const auto found = std::ranges::find_if(
      commands, [&](const Command& command) { return command.place == place && command.*field == text; });
  return found == commands.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Command> all_commands() {
  return commands;
}
const Command* command_by_word(Place place, std::string_view word) {
  return find(place, &Command::word, word);
}
const Command* command_by_node(Place place, std::string_view node) {
  return find(place, &Command::node, node);
}

}  // namespace rollcall::component::commands
