#include <doctest/doctest.h>

#include "xmpp-component/muc/status_line.h"

using namespace rollcall::component::muc;
using namespace std::chrono_literals;
using Saying = StatusLine::Saying;

namespace {
constexpr Time start{1'000'000s};
}

TEST_CASE("the line is said once, and then corrects itself") {
  StatusLine line;
  CHECK_FALSE(line.due(start, "m0"));
  line.set("no call", false);
  CHECK(line.due(start, "m1") == Saying{"no call", ""});
  CHECK_FALSE(line.due(start + 1h, "m2"));
  line.set("1 in call", true);
  CHECK(line.due(start + 20s, "m2") == Saying{"1 in call", "m1"});
  CHECK(line.id() == "m1");
}

TEST_CASE("what changes many times in a moment is said once") {
  StatusLine line;
  line.set("no call", false);
  (void)line.due(start, "m1");
  for (const char* text : {"1 in call", "2 in call", "3 in call"}) {
    line.set(text, true);
    CHECK_FALSE(line.due(start + 2s, "m2"));
  }
  CHECK(line.due(start + StatusLine::between_lines, "m2") == Saying{"3 in call", "m1"});
}

TEST_CASE("a call that comes and goes unsaid is nothing to tell") {
  StatusLine line;
  line.set("no call", false);
  (void)line.due(start, "m1");
  line.set("1 in call", true);
  line.set("no call", false);
  CHECK_FALSE(line.due(start + 1min, "m2"));
}

TEST_CASE("a call that begins is said anew where the old line has scrolled away") {
  StatusLine line;
  line.set("no call", false);
  (void)line.due(start, "m1");
  line.others_spoke();
  line.set("1 in call", true);
  CHECK(line.due(start + StatusLine::stale_after, "m2") == Saying{"1 in call", ""});
  line.others_spoke();
  line.set("2 in call", true);
  CHECK(line.due(start + 1h, "m3") == Saying{"2 in call", "m2"});
}

TEST_CASE("after a restart the line of before is corrected; under another nick it cannot be") {
  StatusLine line("m1");
  line.set("no call", false);
  CHECK(line.due(start, "m2") == Saying{"no call", "m1"});
  StatusLine other("m1");
  other.forget_id();
  other.set("no call", false);
  CHECK(other.due(start, "m2") == Saying{"no call", ""});
}
