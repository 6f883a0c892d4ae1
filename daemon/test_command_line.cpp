#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <sstream>

#include "daemon/command_line.h"

using namespace rollcall::daemon;

namespace {
struct Run {
  std::ostringstream out;
  std::ostringstream err;
  std::variant<CommandLine, ExitCode> result;

  explicit Run(const std::vector<std::string>& arguments)
      : result(parse_command_line({"rollcall-test", "Tests the command line.", {}, {{"check", "checks"}}}, arguments,
                                  {{"ROLLCALL_XMPP_HOST", "b"}}, out, err)) {}
  [[nodiscard]] const CommandLine& line() const { return std::get<CommandLine>(result); }
  [[nodiscard]] ExitCode code() const { return std::get<ExitCode>(result); }
};
}  // namespace

TEST_CASE("settings, flags and the environment arrive") {
  const Run run({"--set", "xmpp.port=1", "--set=control.url=ws://[::1]:1/control", "--log-level", "debug", "--check"});
  REQUIRE_MESSAGE(std::holds_alternative<CommandLine>(run.result), run.err.str());
  CHECK(run.line().settings.number("xmpp.port") == 1);
  CHECK(run.line().settings.text("control.url") == "ws://[::1]:1/control");
  CHECK(run.line().settings.text("log.level") == "debug");
  CHECK(run.line().settings.text("xmpp.host") == "b");
  CHECK(run.line().flags == std::set<std::string>{"check"});
}

TEST_CASE("help, version and the sample are printed and end the program well") {
  const Run help({"--help"});
  CHECK(help.code() == ExitCode::ok);
  CHECK(help.out.str().find("--check-config") != std::string::npos);
  const Run version({"--version"});
  CHECK(version.code() == ExitCode::ok);
  CHECK(version.out.str() == "rollcall-test " ROLLCALL_VERSION "\n");
  const Run sample({"--print-config"});
  CHECK(sample.code() == ExitCode::ok);
  CHECK(sample.out.str() == sample_settings());
}

TEST_CASE("a command line that cannot be understood is a usage error") {
  for (const auto& arguments : std::vector<std::vector<std::string>>{{"--sett"}, {"stray"}, {"--set"}, {"--bogus=1"}}) {
    const Run run(arguments);
    REQUIRE(std::holds_alternative<ExitCode>(run.result));
    CHECK(run.code() == ExitCode::usage);
    CHECK(run.err.str().find("--help") != std::string::npos);
  }
}

TEST_CASE("wrong settings are reported one by one and end with 78") {
  const Run run({"--set", "xmpp.port=x", "--set", "a.b=c"});
  CHECK(run.code() == ExitCode::settings);
  CHECK(run.err.str().find("xmpp.port") != std::string::npos);
  CHECK(run.err.str().find("a.b") != std::string::npos);
  CHECK(Run({"--config", "/nowhere.toml"}).code() == ExitCode::settings);
  CHECK(Run({"--check-config"}).code() == ExitCode::ok);
}

TEST_CASE("a reload takes over a changed level and keeps everything when the file is wrong") {
  const std::string path = "test_command_line.tmp";
  std::ofstream(path) << "[log]\nlevel = \"error\"\n";
  Run run({"--config", path});
  auto& line = std::get<CommandLine>(run.result);
  std::ofstream(path) << "[log]\nlevel = \"debug\"\n[xmpp]\nport = 7\n";
  CHECK(reload_settings(line).need_restart == std::vector<std::string>{"xmpp.port"});
  CHECK(line.settings.text("log.level") == "debug");
  std::ofstream(path) << "[log]\nlevel = \"loud\"\n";
  CHECK(reload_settings(line).problems.size() == 1);
  CHECK(line.settings.text("log.level") == "debug");
  std::remove(path.c_str());
}
