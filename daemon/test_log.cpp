#include <doctest/doctest.h>

#include <vector>

#include "daemon/log.h"

using namespace rollcall::daemon;

namespace {
constexpr LogEvent happened{"test.happened"};
std::string value(std::string_view text) {
  return log::line(happened, {{"v", text}}).substr(22);
}
}  // namespace

TEST_CASE("a line is the event's name and its pairs") {
  CHECK(log::line(happened, {}) == "event=test.happened");
  CHECK(log::line(happened,
                  {{"conference", "team"}, {"to", std::string("juliet@example.org/x")}, {"n", 3}, {"b", true}}) ==
        "event=test.happened conference=team to=juliet@example.org/x n=3 b=true");
}

TEST_CASE("hostile text can forge neither a pair nor a line nor what the terminal shows") {
  CHECK(value("") == R"("")");
  CHECK(value("a b") == R"("a b")");
  CHECK(value("a=b") == R"("a=b")");
  CHECK(value("x\nevent=xmpp.connected") == R"("x\nevent=xmpp.connected")");
  CHECK(value("\" level=debug \\") == R"("\" level=debug \\")");
  CHECK(value("\x1b[2J\r\x7f") == R"("\x1b[2J\x0d\x7f")");
  CHECK(value("\xc2\x9b") == R"("\xc2\x9b")");
  CHECK(value("\xe2\x80\xae"
              "abc\xe2\x80\xa8") == R"("\xe2\x80\xaeabc\xe2\x80\xa8")");
  CHECK(value("\xff\xc3") == R"("\xff\xc3")");
}

TEST_CASE("names in any script stay readable") {
  CHECK(value("J\xc3\xbcrgen") == "\"J\xc3\xbcrgen\"");
  CHECK(value("\xe0\xa4\x95\xed\x95\x9c") == "\"\xe0\xa4\x95\xed\x95\x9c\"");
  CHECK(value("\xe6\x97\xa5\xe6\x9c\xac") == "\"\xe6\x97\xa5\xe6\x9c\xac\"");
  CHECK(value("\xf0\x9f\x98\x80") == "\"\xf0\x9f\x98\x80\"");
}

TEST_CASE("a value that is too long is cut") {
  CHECK(value(std::string(5000, 'x')).size() < 1100);
}

TEST_CASE("what is below the level is not written") {
  std::vector<std::pair<log::Level, std::string>> lines;
  const log::Capture capture([&](log::Level level, const std::string& line) { lines.emplace_back(level, line); });
  log::set_level("warning");
  log::info(happened, {});
  log::warning(happened, {{"a", "b"}});
  log::set_level("debug");
  log::debug(happened, {});
  log::set_level("information");
  log::debug(happened, {});
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == std::pair{log::Level::warning, std::string("event=test.happened a=b level=warning")});
  CHECK(lines[1].first == log::Level::debug);
}
