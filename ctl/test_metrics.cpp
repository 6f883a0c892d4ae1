#include <doctest/doctest.h>

#include "ctl/metrics.h"

using namespace rollcall;
using namespace rollcall::ctl;
using model::ConferenceId;
using model::Door;
using model::LegId;
using model::PeerId;

namespace {

bool has(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

control::DeskLeg leg(const std::string& id, Door door, double loss) {
  return {.leg = LegId(id),
          .name = "Juliet \"Capulet\"",
          .address = "juliet@example.org",
          .door = door,
          .health = control::LegHealth{.leg = LegId(id), .stalled = loss > 0.5, .loss = loss, .round_trip_ms = 40}};
}

}  // namespace

TEST_CASE("what goes on is counted, and the worst call is known") {
  const control::DeskOverview::Result overview{
      .conferences = {{.conference = ConferenceId("idle"), .title = "Idle"},
                      {.conference = ConferenceId("team"),
                       .title = "Team",
                       .legs = {leg("l1", Door::jabber, 0.07), leg("l2", Door::jabber, 0.9), leg("l3", Door::web, 0)}}},
      .mcus = {{.mcu = PeerId("m/1"),
                .up = true,
                .capacity_units = 1600,
                .used_units = 460,
                .load = control::McuLoad{.cpu = 0.42}}}};
  const std::string text = metrics_text({.xmpp_connected = true}, overview);
  CHECK(has(text, "rollcall_xmpp_connected 1"));
  CHECK(has(text, "rollcall_conferences 2"));
  CHECK(has(text, "rollcall_conferences_running 1"));
  CHECK(has(text, "rollcall_participants{door=\"jabber\"} 2"));
  CHECK(has(text, "rollcall_participants{door=\"web\"} 1"));
  CHECK(has(text, "rollcall_participants{door=\"sip\"} 0"));
  CHECK(has(text, "rollcall_participants_stalled 1"));
  CHECK(has(text, "rollcall_receive_loss_ratio_max 0.9"));
  CHECK(has(text, "rollcall_round_trip_seconds_max 0.04"));
  CHECK(has(text, "rollcall_mcu_up{mcu=\"m/1\"} 1"));
  CHECK(has(text, "rollcall_mcu_used_units{mcu=\"m/1\"} 460"));
  CHECK(has(text, "rollcall_mcu_cpu_cores{mcu=\"m/1\"} 0.42"));
}

TEST_CASE("each family is explained, and nobody's name is told") {
  const std::string text = metrics_text(
      {}, {.conferences = {{.conference = ConferenceId("team"), .title = "Team", .legs = {leg("l1", Door::web, 0)}}}});
  CHECK(has(text, "# TYPE rollcall_participants gauge"));
  CHECK(text.find("# HELP rollcall_participants ") != std::string::npos);
  CHECK(text.find("Juliet") == std::string::npos);
  CHECK(text.find("juliet") == std::string::npos);
  CHECK(text.find("Team") == std::string::npos);
}

TEST_CASE("a label's value is escaped") {
  const std::string text = metrics_text({}, {.mcus = {{.mcu = PeerId("m\"\\\n1"), .up = true}}});
  CHECK(has(text, "rollcall_mcu_up{mcu=\"m\\\"\\\\ 1\"} 1"));
}
