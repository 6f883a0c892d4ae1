// Ad-hoc commands, XEP-0050.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "allocator/model/expected.h"
#include "xmpp-component/stanza/data_form.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component::stanza {

inline constexpr std::string_view commands_namespace = "http://jabber.org/protocol/commands";

enum class CommandAction { execute, prev, next, complete, cancel };
enum class CommandStatus { executing, completed, canceled };
enum class NoteType { info, warn, error };

struct CommandNote {
  NoteType type = NoteType::info;
  std::string text;
  bool operator==(const CommandNote&) const = default;
};

/// What a person asks.
struct CommandRequest {
  std::string node;
  std::string session = {};
  CommandAction action = CommandAction::execute;
  std::optional<DataForm> form = {};
  std::string language = {};
  bool operator==(const CommandRequest&) const = default;
};

/// What he gets.
struct CommandResponse {
  std::string node;
  std::string session;
  CommandStatus status = CommandStatus::completed;
  std::vector<CommandAction> actions = {};  ///< possible next ones; the first is what the client does by default
  std::vector<CommandNote> notes = {};
  std::optional<DataForm> form = {};
  bool operator==(const CommandResponse&) const = default;
};

/// `command` is the <command/>. Refuses bad_request: no node, an unknown action, a form that cannot be read.
[[nodiscard]] model::Expected<CommandRequest> read_command(const gloox::Tag& command);
[[nodiscard]] TagPtr write_command(const CommandResponse& response);

}  // namespace rollcall::component::stanza
