#include <doctest/doctest.h>

#include "ctl/tables.h"

using namespace rollcall;
using namespace rollcall::ctl;
using control::DeskConference;
using control::DeskLeg;
using control::DeskMcu;
using model::ConferenceId;
using model::LegId;
using model::PeerId;

namespace {

DeskLeg juliet() {
  return {.leg = LegId("l1"),
          .name = "Juliet",
          .address = "juliet@example.org",
          .state = model::LegState::connected,
          .seconds = 125,
          .video = true,
          .health = control::LegHealth{.leg = LegId("l1"),
                                       .audio = true,
                                       .video = true,
                                       .loss = 0.07,
                                       .round_trip_ms = 40,
                                       .receive_kbit = 500,
                                       .send_kbit = 1500}};
}

control::DeskOverview::Result with(const DeskLeg& leg) {
  return {.conferences = {{.conference = ConferenceId("idle"), .title = "Idle", .kept = true},
                          {.conference = ConferenceId("team"),
                           .title = "Team",
                           .owner = "romeo@example.org",
                           .mcu = PeerId("m/1"),
                           .recording = true,
                           .legs = {leg}}}};
}

}  // namespace

TEST_CASE("a conference says who is in it and how well each call goes; the running ones come first") {
  CHECK(conferences_text(with(juliet())) ==
        "Team (team): 1 in call at m/1, being recorded, of romeo@example.org\n"
        "    Juliet <juliet@example.org>  Jabber, 2 min  [l1]\n"
        "      loses 7 % up, 0 % down, 40 ms, 500 kbit/s up, 1500 down\n"
        "Idle (idle): no call running, kept\n");
}

TEST_CASE("one conference may be asked for alone, and one that is not there is said to be none") {
  CHECK(conferences_text(with(juliet()), "idle") == "Idle (idle): no call running, kept\n");
  CHECK(conferences_text(with(juliet()), "x") == "There is no conference 'x'.\n");
  CHECK(conferences_text({}) == "There is no conference.\n");
}

TEST_CASE("what is wrong with a call is said in words") {
  const auto says = [](const DeskLeg& leg, const std::string& words) {
    return conferences_text(with(leg)).find(words) != std::string::npos;
  };
  DeskLeg leg = juliet();
  leg.health->audio = false;
  CHECK(says(leg, "no sound arrives, loses"));
  leg.audio_muted = true;
  CHECK_FALSE(says(leg, "no sound arrives"));
  CHECK(says(leg, "2 min, muted"));
  leg.health->frozen_ms = 12400;
  leg.health->relayed = true;
  CHECK(says(leg, "picture stands still for 12 s"));
  CHECK(says(leg, "down, relayed"));
  leg.health->stalled = true;
  CHECK(says(leg, "      nothing arrives\n"));
  leg.health.reset();
  CHECK(says(leg, "no news of it yet"));
  leg.state = model::LegState::dialled;
  CHECK(says(leg, "being called"));
}

TEST_CASE("a stranger's name cannot speak to the terminal") {
  DeskLeg leg = juliet();
  leg.name = "\x1b[2JEve\n";
  CHECK(conferences_text(with(leg)).find("?[2JEve?") != std::string::npos);
}

TEST_CASE("a media server says what it carries") {
  control::DeskOverview::Result overview;
  CHECK(mcus_text(overview).starts_with("No media server"));
  overview.mcus = {{.mcu = PeerId("m/1"),
                    .up = true,
                    .draining = true,
                    .capacity_units = 1600,
                    .used_units = 460,
                    .load = control::McuLoad{.cpu = 0.42, .late = 0.01, .shedding = 2}},
                   {.mcu = PeerId("m/2")}};
  CHECK(mcus_text(overview) ==
        "m/1: up, draining, 460 of 1600 units in use, 42 % of a core busy, 1 % of its pictures late, gives up quality "
        "(level 2)\n"
        "m/2: away, 0 of 0 units in use\n");
}

TEST_CASE("the status names the peers") {
  CHECK(status_text({true, {{"mcu-1", control::Role::mcu, "0.1.0"}}, 1, 3}) ==
        "The XMPP server accepts us.\n1 conference, 3 calls.\n  mcu-1  media server, 0.1.0\n");
  CHECK(status_text({}).starts_with("The XMPP server does not accept us."));
}
