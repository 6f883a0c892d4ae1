// Which MCU worker gets which conference.
#include <doctest/doctest.h>

#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::Reason;
namespace units = rollcall::model::units;

namespace {

const PeerId first{"m/1"};
const PeerId second{"m/2"};

/// Two workers of one host.
struct Host : Scene {
  explicit Host(double capacity = 1600) {
    happens(McuUp{.mcu = first, .capacity_units = capacity, .host = "m"});
    happens(McuUp{.mcu = second, .capacity_units = capacity, .host = "m"});
  }
  Decision joins_with(bool video, const std::string& leg, const ConferenceId& conference) {
    auto decision = dials(Address(leg, "example.org", "r"), leg, conference, video);
    happens(McuAnswered{LegId(leg), {}});
    happens(LegConnected{LegId(leg)});
    return decision;
  }
};

const ConferenceId one{"one"};
const ConferenceId two{"two"};

}  // namespace

TEST_CASE("conferences go to different workers of one host, and a conference's people to one") {
  Host host;
  CHECK(only<CreateConference>(host.calls_for(romeo, {}, "one").effects).mcu == first);
  CHECK(only<CreateConference>(host.calls_for(romeo, {}, "two").effects).mcu == second);
  host.joins_with(true, "a", one);
  CHECK(only<CreateLeg>(host.joins_with(true, "b", one).effects).mcu == first);
  CHECK(only<CreateLeg>(host.joins_with(true, "c", two).effects).mcu == second);
}

TEST_CASE("workers of one host share its capacity: what one uses, the other has not") {
  Host host(700);
  host.calls_for(romeo, {}, "one");
  host.calls_for(romeo, {}, "two");
  for (const char* leg : {"a", "b", "c", "d"}) host.joins_with(true, leg, one);  // 460 of 700
  CHECK(free_units(host.allocator.state(), second) == doctest::Approx(240));
  CHECK(only<RefuseCall>(host.dials(romeo, "e", two).effects).refusal.reason == Reason::full);
  CHECK(only<CreateLeg>(host.joins_with(true, "f", one).effects).mcu == first);
}

TEST_CASE("workers of different hosts, or without a host, share nothing") {
  Scene scene;
  scene.happens(McuUp{.mcu = first, .capacity_units = 300, .host = "m"});
  scene.happens(McuUp{.mcu = second, .capacity_units = 300, .host = "n"});
  scene.mcu_comes(mcu_1, 300);
  scene.mcu_comes(mcu_2, 300);
  for (const char* name : {"c1", "c2", "c3", "c4"}) {
    scene.calls_for(romeo, {}, name);
    scene.joins(Address(name, "example.org", "r"), name, ConferenceId(name));
  }
  for (const PeerId& mcu : {first, second, mcu_1, mcu_2}) {
    CHECK(used_units(scene.allocator.state(), mcu) == doctest::Approx(265));
  }
}

TEST_CASE("people with sound only cost less, so more of them fit") {
  Host host(400);
  host.calls_for(romeo, {}, "one");
  for (int i = 0; i < 30; ++i) host.joins_with(false, "s" + std::to_string(i), one);
  CHECK(used_units(host.allocator.state(), first) == doctest::Approx(20 + 30 * 10));
  CHECK(only<RefuseCall>(host.dials(romeo, "v", one).effects).refusal.reason == Reason::full);
  CHECK(only<CreateLeg>(host.joins_with(false, "t", one).effects).mcu == first);
}

TEST_CASE("who switches his camera on in mid-call costs what a picture costs") {
  Host host;
  host.calls_for(romeo, {}, "one");
  host.joins_with(false, "a", one);
  CHECK(used_units(host.allocator.state(), first) == doctest::Approx(30));
  host.happens(Changed{LegId("a"), sends(true)});
  CHECK(used_units(host.allocator.state(), first) == doctest::Approx(265));
}

TEST_CASE("a slow machine's own costs count, not the published ones") {
  Scene scene;
  scene.happens(McuUp{.mcu = first, .capacity_units = 800, .costs = {.conference = 500, .video_leg = 200}});
  scene.calls_for(romeo, {}, "one");
  scene.joins(romeo, "a", one);
  CHECK(only<RefuseCall>(scene.dials(juliet, "b", one).effects).refusal.reason == Reason::full);
}

TEST_CASE("what an MCU says it carries beyond our sum is counted as long as it says so") {
  Host host;
  host.calls_for(romeo, {}, "one");
  host.joins_with(true, "a", one);
  host.happens(McuLoaded{first, 265 + 150, false});
  CHECK(free_units(host.allocator.state(), second) == doctest::Approx(1600 - 415));
  host.happens(McuLoaded{first, 265, false});
  CHECK(free_units(host.allocator.state(), second) == doctest::Approx(1600 - 265));
}

TEST_CASE("a worker that gives up quality gets no new conference while another does not") {
  Scene scene;
  scene.mcu_comes(mcu_1, 1000);
  scene.mcu_comes(mcu_2, 2000);
  scene.happens(McuLoaded{mcu_2, 0, true});
  CHECK(only<CreateConference>(scene.calls_for(romeo, {}, "one").effects).mcu == mcu_1);
  scene.happens(McuLoaded{mcu_1, 0, true});
  CHECK(only<CreateConference>(scene.calls_for(romeo, {}, "two").effects).mcu == mcu_2);
}

TEST_CASE("a conference that waits for its first caller moves where there is room for him") {
  Scene scene;
  scene.mcu_comes(mcu_1, 300);
  scene.calls_for(romeo, {}, "one");
  scene.calls_for(romeo, {}, "two");
  scene.joins(romeo, "a", one);
  scene.mcu_comes(mcu_2, 300);
  const Decision decision = scene.dials(juliet, "b", two);
  CHECK(only<DestroyConference>(decision.effects) == DestroyConference{mcu_1, two});
  CHECK(only<CreateConference>(decision.effects).mcu == mcu_2);
  CHECK(only<CreateLeg>(decision.effects).mcu == mcu_2);
}
