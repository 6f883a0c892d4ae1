#pragma once

#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "daemon/exit_code.h"
#include "daemon/settings.h"

namespace rollcall::daemon {

/// A daemon as its command line knows it.
struct Program {
  struct Flag {
    std::string name;
    std::string purpose;
  };
  std::string name;                        ///< "rollcall-mcu"
  std::string purpose;                     ///< one sentence for --help
  std::vector<std::string> required = {};  ///< options of rollcall.toml that it cannot do without, "xmpp.secret"
  std::vector<Flag> flags = {};            ///< beside the common ones: {"check", "diagnoses the installation"}
  std::string words = {};                  ///< what may stand besides, "COMMAND [NAME]"; empty: nothing
};

/// What was asked for on a command line that can be understood. Owned by main().
struct CommandLine {
  Settings settings;
  std::set<std::string> flags = {};     ///< of Program::flags
  std::vector<std::string> words = {};  ///< what stood besides, of Program::words
  SettingSources sources = {};          ///< for reload()
};

/// The command line shared by all daemons: --config, --check-config, --print-config, --set, --log-level, --version,
/// --help. What has been answered already (help, version, a mistake) is an exit code; texts for people are on `out`
/// and `err` then. A missing /etc/rollcall/rollcall.toml is no mistake unless --config names it.
[[nodiscard]] std::variant<CommandLine, ExitCode> parse_command_line(
    const Program& program, const std::vector<std::string>& arguments,
    const std::vector<std::pair<std::string, std::string>>& environment, std::ostream& out, std::ostream& err);
/// The same with main's own arguments, the process's environment, stdout and stderr.
[[nodiscard]] std::variant<CommandLine, ExitCode> parse_command_line(const Program& program, int argc, char** argv);

/// SIGHUP: reads the file again. Problems: nothing changes. Otherwise reloadable settings are taken over and the names
/// of those that need a restart are returned.
struct Reloaded {
  std::vector<std::string> problems = {};
  std::vector<std::string> need_restart = {};
};
[[nodiscard]] Reloaded reload_settings(CommandLine& command_line);

}  // namespace rollcall::daemon
