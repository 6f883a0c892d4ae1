#include <doctest/doctest.h>

#include <sstream>

#include "ctl/setup/dialogue.h"
#include "ctl/setup/plan.h"

using namespace rollcall::ctl::setup;

namespace {

const Plan plan{"montague.lit", "talk.montague.lit", Server::prosody, "https://meet.montague.lit"};
const Secrets secrets{"s1", "s2", "s3", "s4", "s5", "s6"};

std::optional<Plan> asked(const std::string& answers, std::string* told = nullptr) {
  std::istringstream in(answers);
  std::ostringstream out;
  const auto plan = ask(in, out);
  if (told != nullptr) *told = out.str();
  return plan;
}

}  // namespace

TEST_CASE("four empty answers but one take what is proposed") {
  CHECK(asked("montague.lit\n\n\n\n") ==
        Plan{"montague.lit", "call.montague.lit", Server::prosody, "https://meet.montague.lit"});
  CHECK(asked(" montague.lit \r\ntalk.montague.lit\nejabberd\nhttps://x.example/sub\n") ==
        Plan{"montague.lit", "talk.montague.lit", Server::ejabberd, "https://x.example/sub"});
}

TEST_CASE("what cannot be is said and asked for again") {
  std::string told;
  CHECK(asked("\nromeo@montague.lit\nlocal host\nmontague.lit\nmontague.lit\n\nexim\n\nhttp://meet.montague.lit\n\n",
              &told)
            .has_value());
  CHECK(told.find("'romeo@montague.lit' is no domain") != std::string::npos);
  CHECK(told.find("'local host' is no domain") != std::string::npos);
  CHECK(told.find("cannot be the users' own domain") != std::string::npos);
  CHECK(told.find("Only those two") != std::string::npos);
  CHECK(told.find("https only") != std::string::npos);
}

TEST_CASE("who gives up in the middle changes nothing") {
  CHECK_FALSE(asked("").has_value());
  CHECK_FALSE(asked("montague.lit\n\n").has_value());
}

TEST_CASE("a sample that lacks an option is a mistake of ours") {
  CHECK_THROWS_AS((void)settings_text("\n[xmpp]\n\n[control]\ndomain = \"\"\n", plan, secrets), std::logic_error);
}

TEST_CASE("the server's lines have this installation's names and secret, and nothing of the example") {
  for (const Server server : {Server::prosody, Server::ejabberd}) {
    Plan mine = plan;
    mine.server = server;
    const auto lines = server_lines(mine, "s1");
    CHECK(lines.find("\"talk.montague.lit\"") != std::string::npos);
    CHECK(lines.find("\"s1\"") != std::string::npos);
    CHECK(lines.find("example.org") == std::string::npos);
    CHECK(lines.find("change-me") == std::string::npos);
    CHECK(lines.find('\x01') == std::string::npos);
  }
}
