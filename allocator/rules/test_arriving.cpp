// Telephones that call in: number, name, PIN, and who is locked out.
#include <doctest/doctest.h>

#include "allocator/rules/control_scene.h"
#include "allocator/rules/indicator.h"

using namespace rollcall::rules;
using namespace rollcall::rules::test;
using namespace std::chrono_literals;
using rollcall::model::Door;
using rollcall::model::Gateway;
using rollcall::model::Phrase;
using rollcall::model::PinWish;
using rollcall::model::Reason;
using enum rollcall::model::CommunicationMode;

namespace {

const PeerId sip_door{"sip"};

struct Lobby : TeamScene {
  Lobby() {
    happens(DoorUp{sip_door, {}, Door::sip});
    happens(GatewaysSeen{sip_door, {Gateway{.name = "trunk", .mode = pstn, .allowed = {}}}});
  }
  void has_pin() { happens(PinRequested{{1, romeo, team}, PinWish::renew, "2468"}); }
  Decision arrives(const std::string& called, const std::string& caller = "+49301234567") {
    return happens(Arrived{.leg = LegId("in" + std::to_string(++calls)),
                           .door_peer = sip_door,
                           .called = called,
                           .caller = caller,
                           .gateway = "trunk",
                           .offer = sends(false)});
  }
  int calls = 0;
};

}  // namespace

TEST_CASE("a kept conference has a number, the next one another, and members are told it with PIN and link") {
  Lobby scene;
  scene.happens(KeepRequested{{1, romeo, team}, ""});
  CHECK(scene.allocator.conference(team)->number == "1001");
  scene.calls_for(mercutio, {}, "feast");
  scene.happens(KeepRequested{{1, mercutio, ConferenceId("feast")}, ""});
  CHECK(scene.allocator.conference(ConferenceId("feast"))->number == "1002");
  const auto link = only<Reply>(scene.happens(LinkRequested{1, romeo, team}).effects);
  CHECK(link.remarks.front() == rollcall::model::Sentence{Phrase::by_telephone, {"1001"}});
  scene.has_pin();
  const auto pin = only<Reply>(scene.happens(PinRequested{{1, romeo, team}, PinWish::show, ""}).effects);
  CHECK(pin.remarks.front().values.front() == "1001");
}

TEST_CASE("who keys in number and PIN is in; by the conference's name too") {
  Lobby scene;
  scene.has_pin();
  const Decision decision = scene.arrives("1001*2468#");
  CHECK(only<CreateLeg>(decision.effects).name == "telephone");
  const auto accept = only<Accept>(scene.happens(McuAnswered{LegId("in1"), {}}).effects);
  CHECK(accept.call == DoorCall{LegId("in1"), Door::sip, sip_door});
  CHECK(all_of<CreateLeg>(scene.arrives("team*2468", "").effects).size() == 1);
}

TEST_CASE("nobody from the street gets in without a PIN, nor into a conference that has none") {
  Lobby scene;
  CHECK(why_not(scene.arrives("team")) == Reason::not_allowed);
  CHECK(why_not(scene.arrives("nowhere")) == Reason::unknown_conference);
  scene.has_pin();
  CHECK(why_not(scene.arrives("team")) == Reason::wrong_pin);
  CHECK(why_not(scene.arrives("team*246")) == Reason::wrong_pin);
}

TEST_CASE("an account of the door gets into a conference without a PIN") {
  Lobby scene;
  Arrived room{.leg = LegId("r"), .door_peer = sip_door, .called = "team", .name = "Board room", .account = "board"};
  room.offer = sends(true);
  CHECK(only<CreateLeg>(scene.happens(room).effects).name == "Board room");
}

TEST_CASE("PIN guessing is locked out by who calls, and by what is called") {
  Lobby scene;
  scene.has_pin();
  for (int i = 0; i < 5; ++i) CHECK(why_not(scene.arrives("team*1", "+4930")) == Reason::wrong_pin);
  CHECK(why_not(scene.arrives("team*2468", "+4930")) == Reason::too_fast);
  CHECK(all_of<CreateLeg>(scene.arrives("team*2468", "+4931").effects).size() == 1);
  for (int i = 0; i < 15; ++i) {
    CHECK(why_not(scene.arrives("team*1", "+49" + std::to_string(100 + i))) == Reason::wrong_pin);
  }
  CHECK(why_not(scene.arrives("team*2468", "+4932")) == Reason::too_fast);
  scene.passes(16min);
  CHECK(all_of<CreateLeg>(scene.arrives("team*2468", "+4930").effects).size() == 1);
}

TEST_CASE("whoever withholds his number shares the lock-out of his gateway") {
  Lobby scene;
  scene.has_pin();
  for (int i = 0; i < 5; ++i) CHECK(why_not(scene.arrives("team*1", "")) == Reason::wrong_pin);
  CHECK(why_not(scene.arrives("team*2468", "")) == Reason::too_fast);
}

TEST_CASE("a caller who stands in the directory is named from it, and nobody's number is ever his name") {
  Lobby scene;
  scene.has_pin();
  scene.happens(
      ModesSeen{juliet.bare(), rollcall::model::ModesSource::node, {{{.mode = pstn, .address = "+49301234567"}}}});
  CHECK(only<CreateLeg>(scene.arrives("team*2468").effects).name == "juliet");
  Arrived numbered{.leg = LegId("n"),
                   .door_peer = sip_door,
                   .called = "team*2468",
                   .caller = "+4999",
                   .name = "+49 99",
                   .gateway = "trunk"};
  numbered.offer = sends(false);
  CHECK(only<CreateLeg>(scene.happens(numbered).effects).name == "telephone");
}

TEST_CASE("who calls without an offer is offered one, and is in when his answer has come") {
  Lobby scene;
  scene.has_pin();
  const Arrived late{
      .leg = LegId("d"), .door_peer = sip_door, .called = "1001*2468", .caller = "+4930", .gateway = "trunk"};
  CHECK_FALSE(only<CreateLeg>(scene.happens(late).effects).offer);
  const Decision offered = scene.happens(McuAnswered{LegId("d"), sends(false)});
  CHECK(only<Accept>(offered.effects).description == sends(false));
  CHECK(offered.writes.empty());
  const Decision answered = scene.happens(AnswerCame{LegId("d"), sends(false), ""});
  CHECK(only<AnswerLeg>(answered.effects).leg == LegId("d"));
  CHECK(only<SaveLeg>(answered.writes).participant.door == Door::sip);
}
