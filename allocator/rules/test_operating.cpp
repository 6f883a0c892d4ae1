#include <doctest/doctest.h>

#include "allocator/rules/mcu_choice.h"
#include "allocator/rules/scene.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using rollcall::model::Reason;
using namespace std::chrono_literals;

namespace {

struct Running : Scene {
  Running() {
    mcu_comes(mcu_1);
    calls_for(romeo, {juliet});
    joins(romeo, "r");
    joins(juliet, "j");
  }
};

}  // namespace

TEST_CASE("settings that were read again hold for what is asked from then on, and nobody loses his place") {
  Running scene;
  scene.happens(SettingsReloaded{{"example.net"}, 60s, 2});
  CHECK(scene.allocator.state().participants.size() == 2);
  CHECK(only<Decline>(scene.calls_for(romeo, {}, "other").effects).refusal.reason == Reason::not_allowed);
  const Address paris{"paris", "example.net", "x"};
  CHECK(only<RefuseCall>(scene.dials(paris, "p").effects).refusal.reason == Reason::full);
  scene.happens(HungUp{LegId("r")});
  CHECK(only<CreateLeg>(scene.dials(paris, "p2").effects).leg == LegId("p2"));
  scene.happens(HungUp{LegId("p2")});
  scene.happens(HungUp{LegId("j")});
  CHECK(all_of<Withdraw>(scene.passes(59s).effects).empty());
  CHECK(all_of<Withdraw>(scene.passes(1s).effects).size() == 1);
}

TEST_CASE("the operator ends a call: everybody is out, and the contact stays") {
  Running scene;
  const Decision decision = scene.happens(OperatorEnds{team});
  CHECK(all_of<EndCall>(decision.effects).size() == 2);
  CHECK(scene.allocator.state().participants.empty());
  CHECK(scene.allocator.conference(team) != nullptr);
}

TEST_CASE("the operator takes one out, and may do so when he has left by himself") {
  Running scene;
  CHECK(only<EndCall>(scene.happens(OperatorRemoves{LegId("r")}).effects).reason == Reason::removed);
  CHECK(scene.allocator.participant(LegId("j")) != nullptr);
  CHECK(scene.happens(OperatorRemoves{LegId("r")}).effects.empty());
}

TEST_CASE("a drained MCU keeps what it carries, lets more of them in, and gets no new conference") {
  Running scene;
  scene.mcu_comes(mcu_2, 1000);
  scene.happens(OperatorDrains{mcu_1, true});
  CHECK(only<CreateLeg>(scene.dials(mercutio, "m").effects).mcu == mcu_1);
  CHECK(only<CreateConference>(scene.calls_for(romeo, {}, "other").effects).mcu == mcu_2);
}

TEST_CASE("a conference that waits on a drained MCU for its first caller moves when he comes") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet});
  scene.mcu_comes(mcu_2, 500);
  scene.happens(OperatorDrains{mcu_1, true});
  CHECK(only<CreateLeg>(scene.dials(romeo, "r").effects).mcu == mcu_2);
}

TEST_CASE("an MCU stays drained over a new connection, until the operator takes it back") {
  Running scene;
  scene.happens(OperatorDrains{mcu_1, true});
  scene.happens(McuDown{mcu_1});
  scene.mcu_comes(mcu_1);
  CHECK(only<Decline>(scene.calls_for(mercutio, {}, "other").effects).refusal.reason == Reason::full);
  scene.happens(OperatorDrains{mcu_1, false});
  CHECK(only<CreateConference>(scene.calls_for(mercutio, {}, "other").effects).mcu == mcu_1);
}

TEST_CASE("draining an MCU that is not there is no harm") {
  Scene scene;
  CHECK(scene.happens(OperatorDrains{mcu_1, true}).effects.empty());
}
