#include <doctest/doctest.h>

#include "allocator/rules/scene.h"

namespace rollcall::rules::test {
namespace {

using namespace std::chrono_literals;
using model::LegState;
using model::Phrase;
using model::Reason;

const Address juliet_bare = juliet.bare();
const LegId rung_leg{"r1"};

/// Romeo has asked for a call with Juliet, and her devices ring.
struct Ringing : Scene {
  Decision asked;
  Ringing() {
    mcu_comes(mcu_1);
    asked = calls_for(romeo, {juliet});
  }
  Decision picks_up() { return happens(PickedUp{rung_leg, team, juliet, {.bundle = false}}); }
};

TEST_CASE("who is invited is written to first and rung then") {
  Ringing scene;
  const auto& promises = scene.asked.promises;
  CHECK(only<RingPerson>(promises) == RingPerson{team, juliet_bare});
  CHECK(std::holds_alternative<RingPerson>(promises.back()));
}

TEST_CASE("where the operator wants no ringing, nobody is rung") {
  State state = state_of_a_fresh_start();
  state.settings.ring = false;
  Scene scene(std::move(state));
  scene.mcu_comes(mcu_1);
  CHECK(all_of<RingPerson>(scene.calls_for(romeo, {juliet}).promises).empty());
}

TEST_CASE("who picks up is offered what the MCU made, and is in the call when his answer has come") {
  Ringing scene;
  const auto create = only<CreateLeg>(scene.picks_up().effects);
  CHECK_FALSE(create.offer);
  CHECK_FALSE(create.profile.bundle);
  const auto dial = only<Dial>(scene.happens(McuAnswered{rung_leg, {}}).effects);
  CHECK(dial.call == DoorCall{rung_leg, model::Door::jabber, {}});
  const auto answered = scene.happens(AnswerCame{rung_leg, {}, "sid"});
  CHECK(only<AnswerLeg>(answered.effects).mcu == mcu_1);
  CHECK(only<SaveLeg>(answered.writes).participant.signalling == "sid");
  CHECK(only<Indicate>(scene.happens(LegConnected{rung_leg}).effects).indicator.names.size() == 1);
}

TEST_CASE("JC-23: who is in the call, or rings already, is not rung") {
  Ringing scene;
  const InviteRequested again{8, romeo, team, {juliet}};
  CHECK(all_of<RingPerson>(scene.happens(again).promises).empty());
  CHECK(only<StopRinging>(scene.dials(juliet, "c1").effects) == StopRinging{team, juliet_bare});
  CHECK(all_of<RingPerson>(scene.happens(again).promises).empty());
}

TEST_CASE("JC-25: who did not answer is left alone for a minute, and the inviter is told once") {
  Ringing scene;
  const auto told = only<Tell>(scene.happens(RingEnded{team, juliet_bare, Reason::timeout}).effects);
  CHECK(told.person == romeo.bare());
  CHECK(told.sentence.phrase == Phrase::ring_unanswered);
  CHECK(scene.happens(RingEnded{team, juliet_bare, Reason::timeout}).effects.empty());
  const InviteRequested again{8, romeo, team, {juliet}};
  scene.passes(59s);
  CHECK(all_of<RingPerson>(scene.happens(again).promises).empty());
  scene.passes(2s);
  CHECK(all_of<RingPerson>(scene.happens(again).promises).size() == 1);
}

TEST_CASE("JC-27: the inviter hears why a ring came to nothing") {
  const std::vector<std::pair<Reason, Phrase>> news{{Reason::declined, Phrase::ring_declined},
                                                    {Reason::busy, Phrase::ring_busy},
                                                    {Reason::connectivity, Phrase::ring_failed}};
  for (const auto& [reason, phrase] : news) {
    Ringing scene;
    CHECK(only<Tell>(scene.happens(RingEnded{team, juliet_bare, reason}).effects).sentence.phrase == phrase);
  }
  Ringing scene;
  CHECK(scene.happens(RingEnded{team, juliet_bare, Reason::cancelled}).effects.empty());
}

TEST_CASE("a device that is called without announcement and says no counts as a ring that was declined") {
  Ringing scene;
  scene.picks_up();
  scene.happens(McuAnswered{rung_leg, {}});
  const auto over = scene.happens(HungUp{rung_leg, Reason::declined});
  CHECK(only<Tell>(over.effects).sentence.phrase == Phrase::ring_declined);
  CHECK(only<DestroyLeg>(over.effects).leg == rung_leg);
}

TEST_CASE("an answer that the MCU cannot use ends the call on both sides") {
  Ringing scene;
  scene.picks_up();
  scene.happens(McuAnswered{rung_leg, {}});
  scene.happens(AnswerCame{rung_leg, {}, "sid"});
  const auto over = scene.happens(McuRefusedAnswer{rung_leg, {Reason::no_common_codec, ""}});
  CHECK(only<EndCall>(over.effects).reason == Reason::no_common_codec);
  CHECK(scene.allocator.participant(rung_leg) == nullptr);
}

TEST_CASE("nobody rings for a conference that has ended") {
  Ringing scene;
  CHECK(only<StopRinging>(scene.happens(EndRequested{9, romeo, team}).effects).person == juliet_bare);
}

TEST_CASE("a ring that was never begun stands in nobody's way for ever") {
  Ringing scene;
  scene.passes(121s);
  CHECK(all_of<RingPerson>(scene.happens(InviteRequested{8, romeo, team, {juliet}}).promises).size() == 1);
}

TEST_CASE("people whose MCU was lost are rung again, once each, and nobody is told of it") {
  Scene scene;
  scene.mcu_comes(mcu_1);
  scene.calls_for(romeo, {juliet});
  scene.happens(RingEnded{team, juliet_bare, Reason::declined});
  scene.joins(juliet, "c1");
  scene.joins(juliet.with_resource("phone"), "c2");
  scene.mcu_comes(mcu_2);
  scene.happens(McuDown{mcu_1});
  const auto lost = scene.passes(6s);
  CHECK(only<RingPerson>(lost.effects) == RingPerson{team, juliet_bare});
  CHECK(only<CreateConference>(scene.happens(PickedUp{rung_leg, team, juliet, {}}).effects).mcu == mcu_2);
  CHECK(scene.happens(RingEnded{team, juliet_bare, Reason::timeout}).effects.empty());
}

}  // namespace
}  // namespace rollcall::rules::test
