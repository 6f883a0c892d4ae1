#include <doctest/doctest.h>

#include "sip/from_settings.h"

using namespace rollcall;
using namespace rollcall::sip;

namespace {

Configured read(const std::string& text) {
  const auto loaded = daemon::Settings::load({.file_name = "rollcall.toml", .file_text = text});
  REQUIRE(loaded.problems.empty());
  return configured(loaded.settings);
}

}  // namespace

TEST_CASE("a trunk and an account are read as they stand") {
  const auto all = read(
      "[sip]\nlisten = \"127.0.0.1:5060\"\n[[sip_account]]\nname = \"juliet\"\npassword = \"secret\"\n"
      "[[gateway]]\nname = \"trunk\"\nhost = \"192.0.2.7\"\nuser = \"u\"\npassword = \"p\"\nregister = true\n"
      "allowed = [\"+49*\"]\nprefixes = [\"384:81\", \"128:82\"]\n");
  CHECK(all.problems.empty());
  CHECK(all.entrance.accounts.at("juliet") == "secret");
  REQUIRE(all.gateways.size() == 1);
  CHECK(all.gateways[0].shown.name == "trunk");
  CHECK_FALSE(all.gateways[0].shown.up);
  CHECK(all.gateways[0].prefixes.front().first == 128);
  REQUIRE(all.registrars.size() == 1);
  CHECK(all.registrars[0].uri == "sip:192.0.2.7");
}

TEST_CASE("what cannot work is a sentence each") {
  CHECK(read("").problems.size() == 1);
  CHECK(read("[sip]\nlisten = \"nowhere\"\n").problems.size() == 1);
  CHECK(read("[sip]\ntls_listen = \"127.0.0.1:5061\"\n").problems.size() == 1);
  const std::string head = "[sip]\nlisten = \"127.0.0.1:5060\"\n";
  CHECK(read(head + "[[gateway]]\nhost = \"x\"\n").problems.size() == 1);
  CHECK(read(head + "[[gateway]]\nname = \"x\"\nregister = true\n").problems.size() == 1);
  CHECK(read(head + "[[gateway]]\nname = \"x\"\nmedia = \"sdes\"\n").problems.size() == 1);
  CHECK(read(head + "[[gateway]]\nname = \"x\"\ntransport = \"tls\"\n").problems.size() == 1);
  CHECK(read(head + "[[gateway]]\nname = \"x\"\nprefixes = [\"82\"]\n").problems.size() == 1);
  CHECK(read(head + "[[gateway]]\nname = \"x\"\n[[gateway]]\nname = \"x\"\n").problems.size() == 2);
  CHECK(read(head + "[[sip_account]]\nname = \"x\"\n").problems.size() == 1);
}
