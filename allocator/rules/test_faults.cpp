#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using namespace std::chrono_literals;
using rollcall::model::PersonAct;
using rollcall::model::Phrase;
using rollcall::model::Reason;
using rollcall::model::Switch;

TEST_CASE("an MCU that comes back at once with its legs has lost nothing") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.happens(McuDown{mcu_1});
  CHECK(scene.passes(2s).effects.empty());
  CHECK(scene.happens(McuUp{mcu_1, 2000, {{team, {LegId("l1")}}}}).effects.empty());
  CHECK(scene.passes(60s).effects.empty());
  CHECK(scene.allocator.state().participants.size() == 1);
}

TEST_CASE("an MCU that does not come back: calls end with a reason, and the next call goes to another MCU") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.mcu_comes(mcu_2);
  scene.happens(McuDown{mcu_1});

  const Decision decision = scene.passes(6s);
  CHECK(only<EndCall>(decision.effects).reason == Reason::connectivity);
  CHECK(only<Tell>(decision.effects).sentence.phrase == Phrase::media_server_lost);
  CHECK_FALSE(only<Indicate>(decision.effects).indicator.running);
  CHECK(only<CreateConference>(scene.dials(romeo, "l3").effects).mcu == mcu_2);
}

TEST_CASE("a call that comes while the MCU is expected back waits for it") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.happens(McuDown{mcu_1});
  CHECK(all_of<Admit>(scene.happens(Proposed{LegId("l2"), team, juliet}).effects).size() == 1);
  CHECK(scene.dials(juliet, "l2").effects.empty());
  CHECK(only<CreateLeg>(scene.happens(McuUp{mcu_1, 2000, {{team, {LegId("l1")}}}}).effects).leg == LegId("l2"));
}

TEST_CASE("a call that waited for an MCU in vain goes to another one, or is refused") {
  for (const bool has_other : {true, false}) {
    Scene scene;
    scene.mcu_comes(mcu_1);
    scene.calls_for(romeo, {});
    scene.joins(romeo, "l1");
    if (has_other) scene.mcu_comes(mcu_2);
    scene.happens(McuDown{mcu_1});
    scene.dials(juliet, "l2");
    const Decision decision = scene.passes(6s);
    if (has_other) {
      CHECK(only<CreateLeg>(decision.effects).mcu == mcu_2);
    } else {
      CHECK(only<RefuseCall>(decision.effects).refusal.reason == Reason::no_media_server);
    }
  }
}

TEST_CASE("a caller who tires of waiting is forgotten") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.happens(McuDown{mcu_1});
  scene.dials(juliet, "l2");
  scene.happens(HungUp{LegId("l2"), Reason::cancelled});
  CHECK(all_of<CreateLeg>(scene.happens(McuUp{mcu_1, 2000, {{team, {LegId("l1")}}}}).effects).empty());
}

TEST_CASE("a caller who announces himself first finds another MCU just as well") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.happens(McuDown{mcu_1});
  scene.passes(6s);
  scene.mcu_comes(mcu_2);
  CHECK(all_of<Admit>(scene.happens(Proposed{LegId("l1"), team, juliet}).effects).size() == 1);
  CHECK(only<CreateConference>(scene.dials(juliet, "l1").effects).mcu == mcu_2);
}

TEST_CASE("an MCU that was restarted holds nothing: its calls end as soon as it says hello") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  scene.happens(McuDown{mcu_1});
  const Decision decision = scene.happens(McuUp{mcu_1, 2000, {}});
  CHECK(only<EndCall>(decision.effects).call.leg == LegId("l1"));
  CHECK(only<CreateConference>(scene.dials(romeo, "l2").effects).mcu == mcu_1);
}

TEST_CASE("what an MCU holds and we do not know is destroyed there") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.joins(romeo, "l1");
  const Decision decision =
      scene.happens(McuUp{mcu_1, 2000, {{team, {LegId("l1"), LegId("ghost")}}, {ConferenceId("old"), {LegId("x")}}}});
  CHECK(only<DestroyLeg>(decision.effects).leg == LegId("ghost"));
  CHECK(only<DestroyConference>(decision.effects).conference == ConferenceId("old"));
}

TEST_CASE("after our own restart the legs of the store live on when their MCU still has them") {
  Scene before;
  before.mcu_comes(mcu_1);
  before.calls_for(romeo, {});
  before.joins(romeo, "l1");
  State stored = before.allocator.state();
  stored.mcus.clear();

  Scene after(stored);
  after.now = rollcall::model::Time{} + 10s;
  CHECK(after.happens(TimePassed{}).effects.empty());
  CHECK(after.happens(McuUp{mcu_1, 2000, {{team, {LegId("l1")}}}}).effects.empty());
  CHECK(after.allocator.state().participants.size() == 1);
}

TEST_CASE("after our own restart the legs of an MCU that never reports end with a reason") {
  Scene before;
  before.mcu_comes(mcu_1);
  before.calls_for(romeo, {});
  before.joins(romeo, "l1");
  State stored = before.allocator.state();
  stored.mcus.clear();

  Scene after(stored);
  after.now = rollcall::model::Time{} + 50s;
  CHECK(only<EndCall>(after.happens(TimePassed{}).effects).reason == Reason::connectivity);
}

TEST_CASE("after our own restart a conference without people does not wait for its old MCU") {
  Scene before;
  before.mcu_comes(mcu_1);
  before.calls_for(romeo, {});
  State stored = before.allocator.state();
  stored.mcus.clear();

  Scene after(stored);
  after.mcu_comes(mcu_2);
  CHECK(only<CreateConference>(after.dials(romeo, "l1").effects).mcu == mcu_2);
}

TEST_CASE("a door that comes back with calls we do not know is told that they are over") {
  Scene scene;
  const Decision decision = scene.happens(DoorUp{PeerId("web"), {LegId("g1")}});
  CHECK(only<EndCall>(decision.effects).call == DoorCall{LegId("g1"), rollcall::model::Door::web, PeerId("web")});
}

TEST_CASE("a conference that nobody is in vanishes when its time is over, and not before") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  scene.happens(HolderAdded{team, romeo.bare()});
  scene.joins(romeo, "l1");
  CHECK(scene.passes(25h).effects.empty());
  scene.happens(HungUp{LegId("l1")});
  CHECK(scene.passes(23h).effects.empty());
  const Decision decision = scene.passes(2h);
  CHECK(only<Withdraw>(decision.effects) == Withdraw{team, {romeo.bare()}});
  CHECK(only<DeleteConference>(decision.writes).conference == team);
  CHECK(scene.allocator.conference(team) == nullptr);
}

TEST_CASE("a roster holder is written down once and struck out once") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {});
  CHECK(only<SaveHolder>(scene.happens(HolderAdded{team, juliet.bare()}).writes).holder == juliet.bare());
  CHECK(scene.happens(HolderAdded{team, juliet.bare()}).writes.empty());
  CHECK(only<DeleteHolder>(scene.happens(HolderRemoved{team, juliet.bare()}).writes).holder == juliet.bare());
  CHECK(scene.happens(HolderRemoved{team, juliet.bare()}).writes.empty());
}

TEST_CASE("conferences that wait for their first caller take no room from others") {
  Scene scene;
  scene.mcu_comes(mcu_1, 400);
  for (int i = 0; i < 20; ++i) {
    CHECK(all_of<Decline>(scene.calls_for(romeo, {juliet.bare()}, "c" + std::to_string(i)).effects).empty());
  }
  scene.joins(romeo, "l1", ConferenceId("c1"));
  CHECK(only<RefuseCall>(scene.dials(juliet, "l2", ConferenceId("c2")).effects).refusal.reason == Reason::full);
}

TEST_CASE("two MCUs share the conferences by their load") {
  Scene scene;
  scene.mcu_comes(mcu_1, 1000);
  scene.mcu_comes(mcu_2, 2000);
  CHECK(only<CreateConference>(scene.calls_for(romeo, {}, "one").effects).mcu == mcu_2);
  for (int i = 0; i < 18; ++i) {
    scene.joins(Address("p" + std::to_string(i), "example.org", "r"), "l" + std::to_string(i), ConferenceId("one"));
  }
  CHECK(only<CreateConference>(scene.calls_for(romeo, {}, "two").effects).mcu == mcu_1);
}

TEST_CASE("a call whose media server was lost goes on at another: lock, mutes and spotlight are those of before") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.joins(juliet, "j");
  scene.dials({}, "guest");
  scene.happens(McuAnswered{LegId("guest"), {}});
  scene.happens(LegConnected{LegId("guest")});
  scene.turns(romeo, Switch::lock, true);
  scene.answered(scene.acts(romeo, PersonAct::mute, "juliet"));
  scene.answered(scene.acts(romeo, PersonAct::spotlight, "juliet"));
  scene.mcu_comes(mcu_2);
  scene.happens(McuDown{mcu_1});
  scene.passes(6s);
  CHECK(scene.allocator.state().participants.empty());

  CHECK(why_not(scene.dials(mercutio, "m")) == Reason::locked);
  CHECK(only<CreateLeg>(scene.dials(romeo, "r2").effects).mcu == mcu_2);
  CHECK(all_of<SilenceLeg>(scene.happens(McuAnswered{LegId("r2"), {}}).effects).empty());
  scene.happens(PickedUp{LegId("j2"), team, juliet});
  const Decision decision = scene.happens(McuAnswered{LegId("j2"), {}});
  CHECK(only<SilenceLeg>(decision.effects) == SilenceLeg{mcu_2, LegId("j2"), true});
  CHECK(only<UpdateConference>(decision.effects).spotlight == LegId("j2"));
  CHECK(scene.allocator.conference(team)->spotlight == LegId("j2"));
  CHECK(scene.allocator.participant(LegId("j2"))->muted_by_moderator);
  CHECK(all_of<CreateLeg>(scene.dials({}, "guest2").effects).size() == 1);
  scene.happens(McuAnswered{LegId("guest2"), {}});
  CHECK(why_not(scene.dials({}, "another")) == Reason::locked);
}

TEST_CASE("who is unmuted after his media server was lost is not muted again by his next device") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.joins(juliet, "j");
  scene.answered(scene.acts(romeo, PersonAct::mute, "juliet"));
  scene.happens(McuUp{mcu_1, 2000});
  scene.joins(romeo, "r2");
  scene.joins(juliet, "j2");
  scene.answered(scene.acts(romeo, PersonAct::unmute, "juliet"));
  scene.dials(juliet.with_resource("phone"), "j3");
  CHECK(all_of<SilenceLeg>(scene.happens(McuAnswered{LegId("j3"), {}}).effects).empty());
}

TEST_CASE("when nobody comes back the call is over, and what was said about it; so when somebody ends it") {
  for (const bool is_ended : {true, false}) {
    CAPTURE(is_ended);
    TeamScene scene;
    scene.joins(romeo, "r");
    scene.turns(romeo, Switch::lock, true);
    scene.happens(McuUp{mcu_1, 2000});
    CHECK(why_not(scene.dials(mercutio, "m")) == Reason::locked);
    const Decision decision = is_ended ? scene.happens(EndRequested{1, romeo, team}) : scene.passes(60s);
    CHECK_FALSE(only<SaveConference>(decision.writes).conference.locked);
    CHECK(all_of<CreateLeg>(scene.dials(mercutio, "m2").effects).size() == 1);
  }
}

TEST_CASE("a recording ends with its media server, and everybody is told") {
  TeamScene scene;
  scene.joins(romeo, "r");
  scene.happens(RecordingAnswered{{1, romeo, team}, true, std::string("x.webm")});
  const Decision decision = scene.happens(McuUp{mcu_1, 2000});
  CHECK(told(decision, romeo) == std::vector{Phrase::recording_ended, Phrase::media_server_lost});
  CHECK_FALSE(scene.allocator.conference(team)->recording);
}
