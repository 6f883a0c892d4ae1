// Finding a command by what somebody typed, and showing them all.
#include <algorithm>

#include "allocator/model/fold.h"
#include "xmpp-component/commands/command_table.h"

namespace rollcall::component::commands {
namespace {

/// How the help shows what may or must be said with it.
std::string argument_of(const Command& command, words::Language language) {
  std::string text;
  for (const Choice& choice : command.choices) {
    if (choice.value.empty()) continue;
    text += (text.empty() ? "" : "|") + std::string(label(choice.label, language));
  }
  if (command.argument) text = label(*command.argument, language);
  const bool is_optional = command.takes == Takes::maybe_choice || command.takes == Takes::maybe_name ||
                           command.takes == Takes::maybe_participant || command.takes == Takes::hours ||
                           command.takes == Takes::modes;
  if (text.empty()) return text;
  return is_optional ? " [" + text + "]" : " " + text;
}

}  // namespace

const Command* command_by_word(Place place, std::string_view word) {
  const std::string wanted = model::fold(word);
  const auto found = std::ranges::find_if(all_commands(), [&](const Command& command) {
    return command.place == place && std::ranges::any_of(command.words, [&](std::string_view known) {
             return !known.empty() && model::fold(known) == wanted;
           });
  });
  return found == all_commands().end() ? nullptr : &*found;
}

const Command* command_by_node(Place place, std::string_view node) {
  const auto found = std::ranges::find_if(
      all_commands(), [&](const Command& command) { return command.place == place && command.node == node; });
  return found == all_commands().end() ? nullptr : &*found;
}

std::string_view word_of(const Command& command, words::Language language) {
  return command.words.at(static_cast<std::size_t>(language));
}

std::optional<std::string> choice_of(const Command& command, std::string_view text) {
  const std::string wanted = model::fold(text);
  for (const Choice& choice : command.choices) {
    const bool is_meant = wanted == choice.value || std::ranges::any_of(words::all_languages, [&](auto language) {
                            return model::fold(label(choice.label, language)) == wanted;
                          });
    if (is_meant) return std::string(choice.value);
  }
  return std::nullopt;
}

std::string list_of_commands(Place place, words::Language language) {
  std::string lines;
  for (const Command& command : all_commands()) {
    if (command.place != place || command.node == "create") continue;
    lines += "  " + std::string(word_of(command, language)) + argument_of(command, language) + " – " +
             std::string(label(command.label, language)) + "\n";
  }
  return lines;
}

}  // namespace rollcall::component::commands
