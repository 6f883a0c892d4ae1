// Everything a person can ask, once: chat words, ad-hoc commands and the help are three ways into the same table.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "allocator/model/expected.h"
#include "allocator/words/labels.h"
#include "xmpp-component/commands/request.h"

namespace rollcall::component::commands {

/// Whom one asks: the service (or the bare domain), or a conference.
enum class Place { service, conference };

/// What has to be said with a command.
enum class Takes {
  nothing,
  people,           ///< addresses or numbers, one at least
  name_and_people,  ///< both may be missing
  participant,      ///< somebody who is in the call
  maybe_participant,
  person,  ///< somebody by name or address
  name,    ///< of a conference
  maybe_name,
  text,          ///< a line
  choice,        ///< one of the command's choices
  maybe_choice,  ///< the first one unless another is said
  hours,         ///< may be missing
  modes,         ///< may be missing
};

/// What was said with it.
struct Arguments {
  std::string text = {};  ///< a name, a person, a line, hours; of a choice: its value
  std::vector<model::Address> people = {};
  model::Routes routes = {};  ///< how they are to be reached, and who is named by an address of another kind
};

struct Choice {
  std::string_view value;  ///< understood beside the label's words
  words::Label label;
};

struct Command {
  Place place;
  std::string_view node;                  ///< XEP-0050
  std::array<std::string_view, 4> words;  ///< in the chat: English, German, and others that people try
  Takes takes;
  words::Label label;
  model::Expected<Request> (*make)(Arguments);
  std::optional<words::Label> argument = {};  ///< how the help shows what it takes
  std::span<const Choice> choices = {};
};

/// All commands, in the order in which the help shows them.
[[nodiscard]] std::span<const Command> all_commands();
/// `word` in any language, case and diacritics do not matter.
[[nodiscard]] const Command* command_by_word(Place place, std::string_view word);
[[nodiscard]] const Command* command_by_node(Place place, std::string_view node);
/// A chat word in that language.
[[nodiscard]] std::string_view word_of(const Command& command, words::Language language);

/// The choice that is meant, by its value or its word in any language; none: it is not there.
[[nodiscard]] std::optional<std::string> choice_of(const Command& command, std::string_view text);

/// A line for each command that is asked at `place`, as the help shows them.
[[nodiscard]] std::string list_of_commands(Place place, words::Language language);

}  // namespace rollcall::component::commands
