#include <doctest/doctest.h>

#include "allocator/rules/scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::Door;
using rollcall::model::Reason;

namespace {

Scene with_a_conference() {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet.bare()});
  return scene;
}

}  // namespace

TEST_CASE("a proposal is admitted at once, and the offer that follows is placed on the conference's MCU") {
  Scene scene = with_a_conference();
  CHECK(only<Admit>(scene.happens(Proposed{LegId("l1"), team, juliet}).effects).call.leg == LegId("l1"));
  const Decision placed = scene.dials(juliet, "l1");
  const auto create = only<CreateLeg>(placed.effects);
  CHECK(create.mcu == mcu_1);
  CHECK(create.name == "juliet");
  CHECK(all_of<CreateConference>(placed.effects).empty());

  const Decision answered = scene.happens(McuAnswered{LegId("l1"), {}});
  CHECK(only<Accept>(answered.effects).call.leg == LegId("l1"));
  CHECK(only<SaveLeg>(answered.writes).participant.address == juliet);

  const auto indicator = only<Indicate>(scene.happens(LegConnected{LegId("l1")}).effects).indicator;
  CHECK(indicator.running);
  CHECK(indicator.names == std::vector<std::string>{"juliet"});
}

TEST_CASE("presence says nothing of a call before its packets flow") {
  Scene scene = with_a_conference();
  CHECK(all_of<Indicate>(scene.dials(juliet, "l1").effects).empty());
  CHECK(all_of<Indicate>(scene.happens(McuAnswered{LegId("l1"), {}}).effects).empty());
}

TEST_CASE("an unknown conference, a stranger and a crowd are refused at the proposal") {
  Scene scene = with_a_conference();
  CHECK(only<RefuseCall>(scene.happens(Proposed{LegId("l1"), ConferenceId("none"), juliet}).effects).refusal.reason ==
        Reason::unknown_conference);
  CHECK(only<RefuseCall>(scene.happens(Proposed{LegId("l2"), team, stranger}).effects).refusal.reason ==
        Reason::not_allowed);
  CHECK(scene.allocator.state().participants.empty());
}

TEST_CASE("a full MCU refuses the next one and keeps the others") {
  Scene scene;
  scene.mcu_comes(mcu_1, 340);  // a conference and two legs
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.joins(juliet, "l2");
  CHECK(only<RefuseCall>(scene.dials(mercutio, "l3").effects).refusal.reason == Reason::full);
  CHECK(scene.allocator.state().participants.size() == 2);
}

TEST_CASE("what the MCU refuses is refused at the door with the same reason, and leaves nothing") {
  Scene scene = with_a_conference();
  scene.dials(juliet, "l1");
  const Decision decision = scene.happens(McuRefused{LegId("l1"), {Reason::no_common_codec, "H265"}});
  CHECK(only<RefuseCall>(decision.effects).refusal == rollcall::model::Refusal{Reason::no_common_codec, "H265"});
  CHECK(only<DestroyConference>(decision.effects).conference == team);
  CHECK(scene.allocator.state().participants.empty());
}

TEST_CASE("two people of one name are told apart") {
  Scene scene = with_a_conference();
  scene.joins(juliet, "l1");
  const auto create = only<CreateLeg>(scene.dials(Address("juliet", "example.org", "phone"), "l2").effects);
  CHECK(create.name == "juliet 2");
}

TEST_CASE("the same device calling again replaces its former call") {
  Scene scene = with_a_conference();
  scene.joins(juliet, "l1");
  const Decision decision = scene.dials(juliet, "l2");
  CHECK(only<EndCall>(decision.effects).call.leg == LegId("l1"));
  CHECK(only<DestroyLeg>(decision.effects).leg == LegId("l1"));
  CHECK(only<CreateLeg>(decision.effects).name == "juliet");
}

TEST_CASE("a guest joins by the door he came through, under the name he typed") {
  Scene scene = with_a_conference();
  const Decision decision = scene.happens(
      Offered{.leg = LegId("g1"), .conference = team, .door = Door::web, .door_peer = PeerId("web"), .name = "Nurse"});
  CHECK(only<CreateLeg>(decision.effects).name == "Nurse");
  const auto accepted = only<Accept>(scene.happens(McuAnswered{LegId("g1"), {}}).effects);
  CHECK(accepted.call.door == Door::web);
  CHECK(accepted.call.door_peer == PeerId("web"));
}

TEST_CASE("hanging up tells the MCU; ending at the MCU tells the door; neither is told its own news") {
  Scene scene = with_a_conference();
  scene.joins(romeo, "l1");
  scene.joins(juliet, "l2");
  const Decision hung_up = scene.happens(HungUp{LegId("l2")});
  CHECK(only<DestroyLeg>(hung_up.effects).leg == LegId("l2"));
  CHECK(all_of<EndCall>(hung_up.effects).empty());
  CHECK(only<Indicate>(hung_up.effects).indicator.names == std::vector<std::string>{"romeo"});
  CHECK(only<DeleteLeg>(hung_up.writes).leg == LegId("l2"));

  const Decision ended = scene.happens(LegEnded{LegId("l1"), Reason::connectivity});
  CHECK(only<EndCall>(ended.effects).reason == Reason::connectivity);
  CHECK(all_of<DestroyLeg>(ended.effects).empty());
  CHECK(only<DestroyConference>(ended.effects).conference == team);
}

TEST_CASE("a caller who gives up before the answer leaves nothing at the MCU") {
  Scene scene = with_a_conference();
  scene.dials(juliet, "l1");
  CHECK(only<DestroyLeg>(scene.happens(HungUp{LegId("l1"), Reason::cancelled}).effects).leg == LegId("l1"));
  CHECK(scene.happens(McuAnswered{LegId("l1"), {}}).effects.empty());
}

TEST_CASE("a proposal that is withdrawn never reached the MCU") {
  Scene scene = with_a_conference();
  scene.happens(Proposed{LegId("l1"), team, juliet});
  CHECK(all_of<DestroyLeg>(scene.happens(HungUp{LegId("l1"), Reason::cancelled}).effects).empty());
}

TEST_CASE("when the last one left, the next caller gets the conference made anew") {
  Scene scene = with_a_conference();
  scene.joins(juliet, "l1");
  scene.happens(HungUp{LegId("l1")});
  const Decision decision = scene.dials(romeo, "l2");
  CHECK(only<CreateConference>(decision.effects).conference == team);
}

TEST_CASE("a change in mid-call goes to the MCU and its answer back to the door") {
  Scene scene = with_a_conference();
  scene.joins(juliet, "l1");
  CHECK(only<ChangeLeg>(scene.happens(Changed{LegId("l1"), {}}).effects).mcu == mcu_1);
  const Decision answered = scene.happens(McuChanged{LegId("l1"), {}});
  CHECK(only<AcceptChange>(answered.effects).call.leg == LegId("l1"));
  CHECK(only<SaveLeg>(answered.writes).participant.leg == LegId("l1"));
  CHECK(only<RefuseChange>(scene.happens(McuRefusedChange{LegId("l1"), {Reason::internal, {}}}).effects).call.leg ==
        LegId("l1"));
  CHECK(only<MarkMuted>(scene.happens(Muted{LegId("l1"), true, false}).effects).audio);
}

TEST_CASE("somebody from whom nothing arrives is marked in the presence, once, and unmarked when he is back") {
  Scene scene = with_a_conference();
  scene.joins(juliet, "l1");
  const auto marked = only<Indicate>(scene.happens(LegReported{LegId("l1"), {.stalled = true}}).effects).indicator;
  CHECK(marked.names == std::vector<std::string>{"juliet"});
  CHECK(marked.stalled == std::vector<std::string>{"juliet"});
  CHECK(scene.happens(LegReported{LegId("l1"), {.stalled = true}}).effects.empty());
  CHECK(only<Indicate>(scene.happens(LegReported{LegId("l1"), {.stalled = false}}).effects).indicator.stalled.empty());
}

TEST_CASE("news of legs that are gone is dropped") {
  Scene scene = with_a_conference();
  const LegId gone("gone");
  for (const Event& event :
       std::vector<Event>{McuAnswered{gone, {}}, McuRefused{gone, {}}, LegConnected{gone}, LegEnded{gone}, HungUp{gone},
                          Changed{gone, {}}, McuChanged{gone, {}}, Muted{gone}, LegReported{gone, {}}}) {
    const Decision decision = scene.happens(event);
    CHECK(decision.effects.empty());
    CHECK(decision.writes.empty());
  }
}
