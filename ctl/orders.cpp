#include "ctl/orders.h"

#include <array>
#include <optional>

namespace rollcall::ctl {
namespace {

/// One command: its word, what follows it, what it does, and the order it makes.
struct Command {
  const char* word;
  const char* argument;  ///< "" none, "[NAME]" may be, "NAME" must be
  const char* purpose;
  Order (*make)(const std::string& argument, bool json);
};

constexpr std::array commands{
    Command{"setup", "", "asks four questions, writes the settings, says what to add to the XMPP server",
            [](const std::string&, bool) -> Order { return SetUp{}; }},
    Command{"status", "", "the XMPP server, the peers, how many conferences and calls",
            [](const std::string&, bool) -> Order { return ShowStatus{}; }},
    Command{"conferences", "[CONFERENCE]", "who is in which conference, and how well each call goes (--json)",
            [](const std::string& name, bool json) -> Order {
              return ShowConferences{json, name};
            }},
    Command{"mcus", "", "the media servers and what they carry",
            [](const std::string&, bool) -> Order { return ShowMcus{}; }},
    Command{"metrics", "", "the same in Prometheus's text format, for a textfile collector",
            [](const std::string&, bool) -> Order { return ShowMetrics{}; }},
    Command{"end", "CONFERENCE", "ends a call for everybody; the contact stays",
            [](const std::string& name, bool) -> Order { return control::DeskEnd{model::ConferenceId(name)}; }},
    Command{"kick", "LEG", "ends one participant's call; LEG as conferences shows it",
            [](const std::string& name, bool) -> Order { return control::DeskKick{model::LegId(name)}; }},
    Command{"drain", "MCU", "no new conference goes to this media server",
            [](const std::string& name, bool) -> Order {
              return control::DeskDrain{model::PeerId(name), true};
            }},
    Command{"undrain", "MCU", "it takes conferences again",
            [](const std::string& name, bool) -> Order {
              return control::DeskDrain{model::PeerId(name), false};
            }},
};

const Command* find(const std::string& word) {
  for (const Command& command : commands)
    if (word == command.word) return &command;
  return nullptr;
}

std::optional<std::string> complaint(const Command& command, std::size_t given) {
  const std::string argument = command.argument;
  const std::string usage = std::string("rollcallctl ") + command.word + (argument.empty() ? "" : " ") + argument;
  if (given > (argument.empty() ? 0U : 1U)) return "That is too much: " + usage;
  if (given == 0 && !argument.empty() && !argument.starts_with('[')) return "Something is missing: " + usage;
  return std::nullopt;
}

}  // namespace

std::variant<Order, NoOrder> order_of(const std::vector<std::string>& words, bool json) {
  if (words.empty()) return NoOrder{"Say what to do:\n" + commands_help()};
  const Command* command = find(words.front());
  if (command == nullptr) return NoOrder{"There is no command '" + words.front() + "':\n" + commands_help()};
  if (const auto why = complaint(*command, words.size() - 1)) return NoOrder{*why};
  return command->make(words.size() > 1 ? words[1] : std::string{}, json);
}

std::string commands_help() {
  std::string text;
  for (const Command& command : commands) {
    std::string usage = std::string("  ") + command.word + ' ' + command.argument;
    usage.resize(28, ' ');
    text += usage + command.purpose + '\n';
  }
  return text;
}

}  // namespace rollcall::ctl
