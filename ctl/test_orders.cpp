#include <doctest/doctest.h>

#include "ctl/orders.h"

using namespace rollcall::ctl;
namespace control = rollcall::control;
using rollcall::model::ConferenceId;
using rollcall::model::LegId;
using rollcall::model::PeerId;

namespace {

Order order(const std::vector<std::string>& words, bool json = false) {
  return std::get<Order>(order_of(words, json));
}
std::string complaint(const std::vector<std::string>& words) {
  return std::get<NoOrder>(order_of(words, false)).why;
}

}  // namespace

TEST_CASE("each command makes its order") {
  CHECK(order({"status"}) == Order(ShowStatus{}));
  CHECK(order({"conferences"}) == Order(ShowConferences{}));
  CHECK(order({"conferences", "team"}, true) == Order(ShowConferences{true, "team"}));
  CHECK(order({"mcus"}) == Order(ShowMcus{}));
  CHECK(order({"metrics"}) == Order(ShowMetrics{}));
  CHECK(order({"end", "team"}) == Order(control::DeskEnd{ConferenceId("team")}));
  CHECK(order({"kick", "l1"}) == Order(control::DeskKick{LegId("l1")}));
  CHECK(order({"drain", "m/1"}) == Order(control::DeskDrain{PeerId("m/1"), true}));
  CHECK(order({"undrain", "m/1"}) == Order(control::DeskDrain{PeerId("m/1"), false}));
}

TEST_CASE("what is no order is told in a sentence with what to do") {
  CHECK(complaint({}).starts_with("Say what to do:"));
  CHECK(complaint({"dance"}).starts_with("There is no command 'dance'"));
  CHECK(complaint({"end"}) == "Something is missing: rollcallctl end CONFERENCE");
  CHECK(complaint({"end", "a", "b"}) == "That is too much: rollcallctl end CONFERENCE");
  CHECK(complaint({"status", "now"}) == "That is too much: rollcallctl status");
}

TEST_CASE("the help has a line for each command") {
  for (const char* word : {"status", "conferences", "mcus", "metrics", "end", "kick", "drain", "undrain"})
    CHECK(commands_help().find(std::string("  ") + word + ' ') != std::string::npos);
}
