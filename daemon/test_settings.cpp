#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>

#include "daemon/settings.h"

using namespace rollcall::daemon;
using Problems = std::vector<std::string>;

namespace {
Settings::Loaded from_file(const std::string& text) {
  return Settings::load({.file_name = "rollcall.toml", .file_text = text});
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text) { std::ofstream(path_) << text; }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_ = "test_settings_secret.tmp";
};
}  // namespace

TEST_CASE("without any source the defaults hold") {
  const auto loaded = Settings::load({});
  CHECK(loaded.problems.empty());
  CHECK(loaded.settings.number("xmpp.port") == 5347);
  CHECK(loaded.settings.text("log.level") == "information");
  CHECK(loaded.settings.texts("mcu.addresses").empty());
  CHECK(loaded.settings.host_port("control.listen") == std::pair{std::string("127.0.0.1"), 7340});
}

TEST_CASE("the file is stronger than the defaults, the environment than the file, --set than the environment") {
  const auto loaded = Settings::load({.file_name = "f",
                                      .file_text = "[xmpp]\nport = 1\nhost = \"a\"\ndomain = \"d\"\n",
                                      .environment = {{"ROLLCALL_XMPP_PORT", "2"}, {"ROLLCALL_XMPP_HOST", "b"}},
                                      .overrides = {"xmpp.port=3"}});
  CHECK(loaded.problems == Problems{});
  CHECK(loaded.settings.text("xmpp.domain") == "d");
  CHECK(loaded.settings.text("xmpp.host") == "b");
  CHECK(loaded.settings.number("xmpp.port") == 3);
}

TEST_CASE("all problems are reported at once, with their lines") {
  const auto loaded = from_file(
      "colour = 1\n"
      "[xmpp]\n"
      "prot = 5347\n"
      "port = \"5347\"\n"
      "[log]\n"
      "level = \"loud\"\n"
      "[mcu]\n"
      "frame_rate = 1000\n"
      "addresses = [1]\n"
      "[web]\n"
      "listen = \"everywhere\"\n");
  CHECK(loaded.problems ==
        Problems{"rollcall.toml:1: colour stands outside of every [section]",
                 "rollcall.toml:9: mcu.addresses is neither a text, a whole number, true or false, nor a list of texts",
                 "rollcall.toml:3: there is no option xmpp.prot; --print-config lists them all",
                 "rollcall.toml:4: xmpp.port must be a whole number, without quotes",
                 "rollcall.toml:6: log.level must be one of error, warning, information, debug, not \"loud\"",
                 "rollcall.toml:8: mcu.frame_rate must be from 1 to 60, not 1000",
                 "rollcall.toml:11: web.listen must be an address with a port, such as 127.0.0.1:7340, not "
                 "\"everywhere\""});
}

TEST_CASE("what is no TOML is reported with its line, beside the problems of other sources") {
  const auto loaded = Settings::load(
      {.file_name = "f", .file_text = "[xmpp]\nport 5347\n", .overrides = {"nonsense", "xmpp.prot=1", "xmpp.port=x"}});
  REQUIRE(loaded.problems.size() == 4);
  CHECK(loaded.problems[0].starts_with("f:2: this is no TOML: "));
  CHECK(loaded.problems[1] == "--set nonsense: write section.key=value");
  CHECK(loaded.problems[2] == "--set xmpp.prot: there is no such option; --print-config lists them all");
  CHECK(loaded.problems[3] == "--set xmpp.port: xmpp.port must be a whole number, without quotes");
}

TEST_CASE("a key given twice is refused") {
  CHECK(from_file("[xmpp]\nport = 1\nport = 2\n").problems.size() == 1);
}

TEST_CASE("unknown variables of our sections are refused, others are none of ours") {
  CHECK(Settings::load({.environment = {{"ROLLCALL_XMPP_PROT", "1"}}}).problems.size() == 1);
  CHECK(Settings::load({.environment = {{"ROLLCALL_DEMO", "1"}, {"PATH", "/bin"}}}).problems.empty());
}

TEST_CASE("a list is written with commas where everything is text") {
  const auto loaded = Settings::load({.overrides = {"mcu.addresses=127.0.0.1, ::1"}});
  CHECK(loaded.settings.texts("mcu.addresses") == std::vector<std::string>{"127.0.0.1", "::1"});
  CHECK(Settings::load({.overrides = {"mcu.addresses="}}).settings.texts("mcu.addresses").empty());
}

TEST_CASE("a secret may come from a file") {
  const TemporaryFile file("hush\n");
  const auto loaded = Settings::load({.overrides = {"xmpp.secret_file=" + file.path()}});
  CHECK(loaded.problems == Problems{});
  CHECK(loaded.settings.text("xmpp.secret") == "hush");
  CHECK(Settings::load({.overrides = {"xmpp.secret_file=" + file.path(), "xmpp.secret=x"}}).problems.size() == 1);
}

TEST_CASE("a secret's file that is missing or empty is a problem") {
  CHECK(Settings::load({.overrides = {"xmpp.secret_file=/nowhere/at/all"}}).problems.size() == 1);
  const TemporaryFile file("\n");
  CHECK(Settings::load({.overrides = {"xmpp.secret_file=" + file.path()}}).problems.size() == 1);
}

TEST_CASE("what a process cannot do without is asked for, once") {
  const auto loaded = Settings::load(
      {.overrides = {"xmpp.secret_file=/nowhere"}, .required = {"xmpp.domain", "xmpp.secret", "xmpp.host"}});
  REQUIRE(loaded.problems.size() == 2);
  CHECK(loaded.problems[0].find("/nowhere") != std::string::npos);
  CHECK(loaded.problems[1].starts_with("xmpp.domain is not set"));
}

TEST_CASE("a range of ports that is upside down is a problem") {
  CHECK(Settings::load({.overrides = {"mcu.port_min=50000"}}).problems.size() == 1);
}

TEST_CASE("a section that may stand several times is read as often as it stands") {
  const auto loaded = from_file(
      "[[gateway]]\nname = \"trunk\"\nallowed = [\"+49*\"]\n[[gateway]]\nname = \"isdn\"\nmode = \"isdn\"\n"
      "password = \"geheim\"\nregister = true\n");
  REQUIRE(loaded.problems.empty());
  const auto gateways = loaded.settings.records("gateway");
  REQUIRE(gateways.size() == 2);
  CHECK(gateways[0].text("name") == "trunk");
  CHECK(gateways[0].texts("allowed") == std::vector<std::string>{"+49*"});
  CHECK(gateways[0].text("mode") == "pstn");
  CHECK(gateways[1].text("mode") == "isdn");
  CHECK(gateways[1].text("password") == "geheim");
  CHECK(gateways[1].flag("register"));
  CHECK(gateways[1].number("expires") == 600);
  CHECK(loaded.settings.records("sip_account").empty());
}

TEST_CASE("mistakes in a section that stands several times are reported like any other") {
  CHECK(from_file("[[gateway]]\nnmae = \"trunk\"\n").problems.size() == 1);
  CHECK(from_file("[[gateway]]\nmode = \"pigeon\"\n").problems.size() == 1);
  CHECK(from_file("[gateway]\nname = \"trunk\"\n").problems.size() == 1);
  CHECK(from_file("[[xmpp]]\nhost = \"localhost\"\n").problems.size() == 1);
  CHECK(from_file("[[nothing]]\nhost = \"localhost\"\n").problems.size() == 1);
  CHECK(from_file("[[gateway]]\npassword_file = \"/nowhere/at/all\"\n").problems.size() == 1);
  CHECK(Settings::load({.overrides = {"gateway.name=trunk"}}).problems.size() == 1);
}

TEST_CASE("SIGHUP takes over what is reloadable and names what needs a restart") {
  Settings settings;
  const auto fresh = Settings::load({.overrides = {"log.level=debug", "xmpp.port=1"}}).settings;
  CHECK(settings.take_reloadable(fresh) == std::vector<std::string>{"xmpp.port"});
  CHECK(settings.text("log.level") == "debug");
  CHECK(settings.number("xmpp.port") == 5347);
}

TEST_CASE("an address with a port is an address with a port") {
  CHECK(split_host_port("[::1]:0") == std::pair{std::string("::1"), 0});
  CHECK(split_host_port("localhost:65535")->second == 65535);
  for (const char* text : {"", ":", ":1", "a", "a:", "a:65536", "a:-1", "a:1x", "::1:5", "[]:1"}) {
    CHECK_FALSE(split_host_port(text).has_value());
  }
}

TEST_CASE("each option is declared once, with a reason, and each secret has its file") {
  std::set<std::string> names;
  for (const auto& option : settings_table()) {
    CHECK_MESSAGE(names.insert(option.name()).second, option.name());
    CHECK_FALSE(option.reason.empty());
    if (option.type == SettingType::secret) {
      CHECK(find_option(option.section, std::string(option.key) + "_file") != nullptr);
    }
  }
}

TEST_CASE("the sample file is the one in packaging, and it says the defaults") {
  std::ifstream file(ROLLCALL_SOURCE_ROOT "/packaging/rollcall.toml");
  REQUIRE(file.good());
  const std::string committed(std::istreambuf_iterator<char>(file), {});
  CHECK_MESSAGE(committed == sample_settings(), "write it anew: rollcall --print-config > packaging/rollcall.toml");
  const auto loaded = from_file(committed);
  CHECK(loaded.problems == Problems{});
  CHECK(loaded.settings == Settings());
}
