#include "xmpp-component/stanza/command.h"

#include <algorithm>
#include <array>

#include "xmpp-component/stanza/language.h"

namespace rollcall::component::stanza {
namespace {

constexpr std::array all_actions{CommandAction::execute, CommandAction::prev, CommandAction::next,
                                 CommandAction::complete, CommandAction::cancel};

std::string to_text(CommandAction action) {
  switch (action) {
    case CommandAction::execute:
      return "execute";
    case CommandAction::prev:
      return "prev";
    case CommandAction::next:
      return "next";
    case CommandAction::complete:
      return "complete";
    case CommandAction::cancel:
      return "cancel";
  }
  __builtin_unreachable();
}

std::string to_text(CommandStatus status) {
  switch (status) {
    case CommandStatus::executing:
      return "executing";
    case CommandStatus::completed:
      return "completed";
    case CommandStatus::canceled:
      return "canceled";
  }
  __builtin_unreachable();
}

std::string to_text(NoteType type) {
  switch (type) {
    case NoteType::info:
      return "info";
    case NoteType::warn:
      return "warn";
    case NoteType::error:
      return "error";
  }
  __builtin_unreachable();
}

}  // namespace

model::Expected<CommandRequest> read_command(const gloox::Tag& command) {
  CommandRequest request;
  request.node = command.findAttribute("node");
  if (request.node.empty()) return model::refuse(model::Reason::bad_request, "command without a node");
  request.session = command.findAttribute("sessionid");
  request.language = language_of(command);
  if (const std::string& action = command.findAttribute("action"); !action.empty()) {
    const auto known = std::ranges::find_if(all_actions, [&](CommandAction each) { return to_text(each) == action; });
    if (known == all_actions.end()) return model::refuse(model::Reason::bad_request, "action " + action);
    request.action = *known;
  }
  if (const gloox::Tag* x = child_of(command, "x", "jabber:x:data")) {
    request.form = read_form(*x);
    if (!request.form) return model::refuse(model::Reason::bad_request, "form of command " + request.node);
  }
  return request;
}

TagPtr write_command(const CommandResponse& response) {
  TagPtr command = element("command", std::string(commands_namespace));
  command->addAttribute("node", response.node);
  command->addAttribute("sessionid", response.session);
  command->addAttribute("status", to_text(response.status));
  if (!response.actions.empty()) {
    gloox::Tag& actions = add_child(*command, "actions");
    actions.addAttribute("execute", to_text(response.actions.front()));
    for (const CommandAction action : response.actions) add_child(actions, to_text(action));
  }
  for (const CommandNote& note : response.notes) {
    gloox::Tag& tag = add_child(*command, "note");
    tag.addAttribute("type", to_text(note.type));
    tag.setCData(note.text);
  }
  if (response.form) command->addChild(write_form(*response.form).release());
  return command;
}

}  // namespace rollcall::component::stanza
