// The SIP door: telephones that are called, that call, and that are lost with it.
#include "xmpp-component/peers_play.h"

namespace rollcall::component::testing {
namespace {

using model::CommunicationMode;

const model::Address romeo_bare{"romeo", "example.org"};
const model::ConferenceId team_id{"team"};

/// A SIP door with one trunk to telephones.
struct SipDoor : Dialler {
  explicit SipDoor(Desk& desk) : Dialler(desk, Role::sip, "sip", "sip-token") {
    answers = [this](const control::Message& message, control::Responder responder) {
      if (!std::holds_alternative<control::CallDial>(message)) return;
      if (refuses) return responder.refuse({Reason::full, "trunk"});
      responder.result(control::CallDial::Result{});
    };
    peer->notify(control::DoorGateways{{model::Gateway{
        .name = "trunk", .mode = CommunicationMode::pstn, .profile = {.video = false}, .allowed = {"+49*"}}}});
    desk.run_until([&] {
      const auto& gateways = desk.allocator.state().gateways;
      return gateways.contains(model::PeerId("sip")) && !gateways.at(model::PeerId("sip")).empty();
    });
  }
  bool refuses = false;
};

struct Exchange : Desk {
  Exchange() {
    rules::State whole = state();
    whole.settings.may_dial = {"example.org"};
    whole.conferences.at(team_id).owner = romeo_bare;
    whole.conferences.at(team_id).pin = "2468";
    whole.conferences.at(team_id).number = "1001";
    allocator = rules::Allocator(std::move(whole), model::Time{});
  }
  void dials(const std::string& number) {
    happens(rules::InviteRequested{
        1, romeo_bare.with_resource("x"), team_id, {}, {.endpoints = {{CommunicationMode::pstn, number}}}});
  }
};

TEST_CASE("a telephone is dialled with the MCU's offer, and its answer goes to the MCU") {
  Exchange desk;
  Mcu mcu(desk);
  SipDoor door(desk);
  desk.dials("+49301234567");
  const auto dial = door.waits_for<control::CallDial>();
  CHECK(dial.gateways == std::vector<std::string>{"trunk"});
  CHECK(dial.address == "+49301234567");
  CHECK(dial.display == "romeo");
  CHECK(dial.offer.media.size() == 2);
  CHECK_FALSE(mcu.all_heard<control::LegCreate>().at(0).profile.video);
  door.peer->notify(control::CallRinging{dial.leg});
  door.peer->notify(control::CallAnswered{dial.leg, answer_to(dial.offer)});
  CHECK(mcu.waits_for<control::LegAnswer>().leg == dial.leg);
  mcu.peer->notify(control::LegConnected{dial.leg});
  desk.run_until([&] { return desk.allocator.indicator(team_id).running; });
  CHECK(desk.allocator.indicator(team_id).modes.front() == CommunicationMode::pstn);
}

TEST_CASE("who hangs up his telephone leaves the mix; whom the MCU loses is hung up") {
  for (const bool by_telephone : {true, false}) {
    Exchange desk;
    Mcu mcu(desk);
    SipDoor door(desk);
    desk.dials("+49301234567");
    const auto dial = door.waits_for<control::CallDial>();
    door.peer->notify(control::CallAnswered{dial.leg, answer_to(dial.offer)});
    mcu.waits_for<control::LegAnswer>();
    if (by_telephone) {
      door.peer->notify(control::CallHangup{dial.leg});
      CHECK(mcu.waits_for<control::LegDestroy>().leg == dial.leg);
    } else {
      mcu.peer->notify(control::LegEnded{dial.leg, Reason::connectivity});
      CHECK(door.waits_for<control::CallHangup>().leg == dial.leg);
    }
    CHECK(desk.allocator.participant(dial.leg) == nullptr);
  }
}

TEST_CASE("a number that fails, or that the door will not dial, leaves nothing behind") {
  for (const bool refuses : {true, false}) {
    Exchange desk;
    Mcu mcu(desk);
    SipDoor door(desk);
    door.refuses = refuses;
    desk.dials("+49301234567");
    const auto dial = door.waits_for<control::CallDial>();
    if (!refuses) door.peer->notify(control::CallFailed{dial.leg, Reason::busy, 486, "Busy Here"});
    CHECK(mcu.waits_for<control::LegDestroy>().leg == dial.leg);
    CHECK(desk.allocator.participant(dial.leg) == nullptr);
  }
}

TEST_CASE("a telephone calls in with number and PIN, and guessing is refused") {
  Exchange desk;
  Mcu mcu(desk);
  SipDoor door(desk);
  control::CallArrived call{.called = "1001*2468", .caller = "+4930", .gateway = "trunk", .offer = our_offer(true)};
  const auto answer = door.asks(call);
  REQUIRE(answer);
  CHECK(desk.allocator.participant(answer->leg)->endpoint.mode == CommunicationMode::pstn);
  call.called = "1001*1111";
  CHECK(door.asks(call).error().reason == Reason::wrong_pin);
  call.called = "1001";
  CHECK(door.asks(call).error().reason == Reason::wrong_pin);
  door.peer->notify(control::CallRefresh{answer->leg});
  CHECK(mcu.waits_for<control::LegRefresh>().leg == answer->leg);
}

TEST_CASE("who calls without an offer gets the MCU's, and his answer goes back to it") {
  Exchange desk;
  Mcu mcu(desk);
  SipDoor door(desk);
  const auto offer = door.asks(control::CallArrived{.called = "1001*2468", .caller = "+4930", .gateway = "trunk"});
  REQUIRE(offer);
  door.peer->notify(control::CallAnswered{offer->leg, answer_to(offer->description)});
  CHECK(mcu.waits_for<control::LegAnswer>().leg == offer->leg);
}

TEST_CASE("another door cannot speak for a telephone's call") {
  Exchange desk;
  Mcu mcu(desk);
  SipDoor door(desk);
  Door web(desk);
  const auto answer = door.asks(
      control::CallArrived{.called = "1001*2468", .caller = "+4930", .gateway = "trunk", .offer = our_offer(true)});
  REQUIRE(answer);
  web.peer->notify(control::CallHangup{answer->leg});
  CHECK(web.asks(control::CallArrived{.called = "1001*2468", .offer = our_offer(true)}).error().reason ==
        Reason::unknown_method);
  CHECK(desk.allocator.participant(answer->leg) != nullptr);
}

TEST_CASE("a door that is lost takes its gateways with it, and its calls go on until it says that it has lost them") {
  Exchange desk;
  Mcu mcu(desk);
  LegId leg;
  {
    SipDoor door(desk);
    const auto answer = door.asks(
        control::CallArrived{.called = "1001*2468", .caller = "+4930", .gateway = "trunk", .offer = our_offer(true)});
    REQUIRE(answer);
    leg = answer->leg;
  }
  desk.run_until([&] { return desk.allocator.state().gateways.empty(); });
  CHECK(desk.allocator.participant(leg) != nullptr);
  const SipDoor again(desk);
  CHECK(mcu.waits_for<control::LegDestroy>().leg == leg);
  CHECK(desk.allocator.participant(leg) == nullptr);
}

}  // namespace
}  // namespace rollcall::component::testing
