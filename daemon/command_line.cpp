#include "daemon/command_line.h"

#include <Poco/Util/HelpFormatter.h>
#include <Poco/Util/Option.h>
#include <Poco/Util/OptionException.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <iterator>

namespace rollcall::daemon {
namespace {

using Poco::Util::Option;
using Poco::Util::OptionSet;

constexpr const char* standard_file = "/etc/rollcall/rollcall.toml";

OptionSet option_set(const Program& program) {
  OptionSet options;
  options.addOption(
      Option("config", "c", "the settings file; otherwise " + std::string(standard_file)).argument("FILE"));
  options.addOption(
      Option("set", "s", "overrides one setting, such as xmpp.port=5347").repeatable(true).argument("K=V"));
  options.addOption(Option("log-level", "l", "error, warning, information or debug").argument("LEVEL"));
  options.addOption(Option("check-config", "", "reports every mistake in the settings and ends"));
  options.addOption(Option("print-config", "", "prints a settings file with every option explained and ends"));
  for (const auto& flag : program.flags) options.addOption(Option(flag.name, "", flag.purpose));
  options.addOption(Option("version", "", "prints the version and ends"));
  options.addOption(Option("help", "h", "prints this and ends"));
  return options;
}

/// The options in the order in which they were given. Throws Poco's OptionException.
std::vector<std::pair<std::string, std::string>> given(const Program& program, const OptionSet& options,
                                                       const std::vector<std::string>& arguments,
                                                       std::vector<std::string>& words) {
  Poco::Util::OptionProcessor processor(options);
  processor.setUnixStyle(true);
  std::vector<std::pair<std::string, std::string>> found;
  for (const auto& argument : arguments) {
    std::string name;
    std::string value;
    if (!processor.process(argument, name, value)) {
      if (program.words.empty()) throw Poco::Util::UnknownOptionException(argument);
      words.push_back(argument);
    } else if (!name.empty()) {
      found.emplace_back(name, value);
    }
  }
  processor.checkRequired();
  return found;
}

void print_help(const Program& program, const OptionSet& options, std::ostream& out) {
  Poco::Util::HelpFormatter formatter(options);
  formatter.setUnixStyle(true);
  formatter.setCommand(program.name);
  formatter.setUsage(program.words.empty() ? "[options]" : "[options] " + program.words);
  formatter.setHeader(program.purpose);
  formatter.setWidth(100);
  formatter.format(out);
}

/// False: there is no such file.
bool read_file(SettingSources& sources, const std::string& name) {
  std::ifstream file(name);
  if (!file) return false;
  sources.file_name = name;
  sources.file_text.assign(std::istreambuf_iterator<char>(file), {});
  return true;
}

ExitCode report(const std::vector<std::string>& problems, std::ostream& err) {
  for (const auto& problem : problems) err << problem << "\n";
  return ExitCode::settings;
}

/// What the options ask for before the settings matter; and what they say about the settings.
struct Request {
  std::set<std::string> flags;
  std::string config;
  std::vector<std::string> overrides;
  std::vector<std::string> words;
};

Request request_of(const std::vector<std::pair<std::string, std::string>>& options) {
  Request request;
  for (const auto& [name, value] : options) {
    if (name == "config") {
      request.config = value;
    } else if (name == "set") {
      request.overrides.push_back(value);
    } else if (name == "log-level") {
      request.overrides.push_back("log.level=" + value);
    } else {
      request.flags.insert(name);
    }
  }
  return request;
}

std::variant<CommandLine, ExitCode> load(const Program& program, Request request, SettingSources sources,
                                         std::ostream& out, std::ostream& err) {
  sources.overrides = std::move(request.overrides);
  sources.required = program.required;
  const bool named = !request.config.empty();
  if (!read_file(sources, named ? request.config : standard_file) && named) {
    return report({request.config + ": cannot be read; --config must name a settings file"}, err);
  }
  auto loaded = Settings::load(sources);
  if (!loaded.problems.empty()) return report(loaded.problems, err);
  if (request.flags.erase("check-config") > 0) {
    out << "The settings are right.\n";
    return ExitCode::ok;
  }
  return CommandLine{std::move(loaded.settings), std::move(request.flags), std::move(request.words),
                     std::move(sources)};
}

}  // namespace

std::variant<CommandLine, ExitCode> parse_command_line(
    const Program& program, const std::vector<std::string>& arguments,
    const std::vector<std::pair<std::string, std::string>>& environment, std::ostream& out, std::ostream& err) {
  const auto options = option_set(program);
  try {
    std::vector<std::string> words;
    auto request = request_of(given(program, options, arguments, words));
    request.words = std::move(words);
    if (request.flags.contains("help")) {
      print_help(program, options, out);
      return ExitCode::ok;
    }
    if (request.flags.contains("version")) {
      out << program.name << " " << ROLLCALL_VERSION << "\n";
      return ExitCode::ok;
    }
    if (request.flags.contains("print-config")) {
      out << sample_settings();
      return ExitCode::ok;
    }
    SettingSources sources;
    sources.environment = environment;
    return load(program, std::move(request), std::move(sources), out, err);
  } catch (const Poco::Util::OptionException& error) {
    err << program.name << ": " << error.displayText() << "; --help lists the options\n";
    return ExitCode::usage;
  }
}

std::variant<CommandLine, ExitCode> parse_command_line(const Program& program, int argc, char** argv) {
  std::vector<std::pair<std::string, std::string>> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string variable(*entry);
    const auto equals = variable.find('=');
    if (equals != std::string::npos) environment.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return parse_command_line(program, std::vector<std::string>(argv + 1, argv + argc), environment, std::cout,
                            std::cerr);
}

Reloaded reload_settings(CommandLine& command_line) {
  SettingSources sources = command_line.sources;
  if (sources.file_name && !read_file(sources, *sources.file_name)) return {{*sources.file_name + ": cannot be read"}};
  auto loaded = Settings::load(sources);
  if (!loaded.problems.empty()) return {std::move(loaded.problems)};
  return {{}, command_line.settings.take_reloadable(loaded.settings)};
}

}  // namespace rollcall::daemon
