// MCUs, the browser door and the operator, each by what it may and may not do.
#include "xmpp-component/peers_play.h"

namespace rollcall::component::testing {
namespace {

TEST_CASE("a guest opens his link: the door hears what it is and who is in it") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  auto page = door.asks(control::LinkResolve{desk.link()});
  REQUIRE(page);
  CHECK(page->title == "Team");
  CHECK(!page->running);

  const LegId leg = door.brings_in("Ann");
  mcu.peer->notify(control::LegConnected{leg});
  desk.run_until([&] { return desk.allocator.indicator(model::ConferenceId("team")).running; });
  page = door.asks(control::LinkResolve{desk.link()});
  CHECK(page->running);
  CHECK(page->people == std::vector<std::string>{"Ann"});
}

TEST_CASE("a forged link, an old one, and one of a conference that is no more: each with its own reason") {
  Desk desk;
  Door door(desk);
  CHECK(door.asks(control::LinkResolve{"forged"}).error().reason == Reason::link_forged);
  const std::string link = desk.link();
  desk.now += 24h * 30;
  CHECK(door.asks(control::LinkResolve{link}).error().reason == Reason::link_expired);
  CHECK(door.asks(control::CallIncoming{link, "Ann", our_offer(true)}).error().reason == Reason::link_expired);
  desk.happens(rules::TimePassed{});  // nobody has used the conference for a month
  CHECK(door.asks(control::LinkResolve{desk.link()}).error().reason == Reason::unknown_conference);
}

TEST_CASE("a guest's offer goes to the MCU under his name, and its answer back to his page") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const auto answer = door.asks(control::CallIncoming{desk.link(), "Ann", our_offer(true)});
  REQUIRE(answer);
  const auto create = mcu.all_heard<control::LegCreate>().at(0);
  CHECK(create.name == "Ann");
  CHECK(create.leg == answer->leg);
  CHECK(answer->description.media.size() == 2);
  CHECK(answer->description.transports.at(0).ice->ufrag == "ours1");
}

TEST_CASE("no MCU, or one that refuses: the guest hears why, and is not kept waiting") {
  Desk desk;
  Door door(desk);
  const control::CallIncoming call{desk.link(), "Ann", our_offer(true)};
  CHECK(door.asks(call).error().reason == Reason::no_media_server);
  Mcu mcu(desk);
  mcu.refuses = true;
  mcu.refusal = {Reason::no_common_codec, "H264"};
  CHECK(door.asks(call).error() == mcu.refusal);
  CHECK(desk.allocator.state().participants.empty());
}

TEST_CASE("a changed offer in mid-call goes to the MCU and back; a refused one leaves the call as it is") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId leg = door.brings_in("Ann");
  const auto changed = door.asks(control::CallOffer{leg, our_offer(true)});
  REQUIRE(changed);
  CHECK(changed->description.media.size() == 2);
  mcu.refuses = true;
  mcu.refusal = {Reason::bad_request, "mid"};
  CHECK(door.asks(control::CallOffer{leg, our_offer(true)}).error().reason == Reason::bad_request);
  CHECK(desk.allocator.participant(leg) != nullptr);
}

TEST_CASE("a guest hangs up: his leg goes; the MCU ends a leg: his page hears why") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId ann = door.brings_in("Ann");
  const LegId ben = door.brings_in("Ben");
  door.peer->notify(control::CallHangup{ann, Reason::hung_up});
  CHECK(mcu.waits_for<control::LegDestroy>().leg == ann);
  mcu.peer->notify(control::LegEnded{ben, Reason::connectivity});
  const auto hangup = door.waits_for<control::CallHangup>();
  CHECK(hangup.leg == ben);
  CHECK(hangup.reason == Reason::connectivity);
  CHECK(mcu.waits_for<control::ConferenceDestroy>().conference == model::ConferenceId("team"));
}

TEST_CASE("another door can do nothing with a guest that is not its own") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  Door other(desk, "web-2");
  const LegId leg = door.brings_in("Ann");
  other.peer->notify(control::CallHangup{leg, Reason::hung_up});
  other.peer->notify(control::CallMute{leg, true, true});
  other.peer->notify(control::CallCandidate{leg, "audio", {.foundation = "1", .ip = "192.0.2.1", .port = 5000}});
  CHECK(other.asks(control::CallOffer{leg, our_offer(true)}).error().reason == Reason::unknown_leg);
  CHECK(desk.allocator.participant(leg) != nullptr);
  CHECK(mcu.all_heard<control::LegUpdate>().empty());
  CHECK(mcu.all_heard<control::LegCandidate>().empty());
  CHECK(mcu.all_heard<control::LegDestroy>().empty());
}

TEST_CASE("candidates and mutes pass between a guest and the MCU; those of a Jabber user go to his door") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  const LegId leg = door.brings_in("Ann");
  const model::IceCandidate candidate{.foundation = "1", .ip = "192.0.2.1", .port = 5000};
  door.peer->notify(control::CallCandidate{leg, "audio", candidate});
  CHECK(mcu.waits_for<control::LegCandidate>().candidate == candidate);
  door.peer->notify(control::CallMute{leg, true, false});
  CHECK(mcu.waits_for<control::LegUpdate>().audio_muted == true);
  mcu.peer->notify(control::LegCandidate{leg, "audio", candidate});
  CHECK(door.waits_for<control::CallCandidate>().leg == leg);

  const LegId juliets("juliet-1");
  desk.happens(rules::Offered{.leg = juliets,
                              .conference = model::ConferenceId("team"),
                              .from = *model::Address::parse(juliet),
                              .offer = our_offer(true)});
  mcu.peer->notify(control::LegCandidate{juliets, "audio", candidate});
  desk.run_until([&] { return !desk.for_jabber.empty(); });
  CHECK(desk.for_jabber[0].second == candidate);
}

TEST_CASE("an MCU that is lost takes its calls with it, and the guest's page hears why") {
  Desk desk;
  Door door(desk);
  {
    Mcu mcu(desk);
    (void)door.brings_in("Ann");
  }
  desk.run_until([&] { return !desk.allocator.state().mcus.at(model::PeerId("mcu-1")).up; });
  desk.now += 1min;
  desk.happens(rules::TimePassed{});
  CHECK(door.waits_for<control::CallHangup>().reason == Reason::connectivity);
  CHECK(desk.allocator.state().participants.empty());
}

TEST_CASE("the operator hears how the service is, and nobody but a door can bring in guests") {
  Desk desk;
  Mcu mcu(desk);
  Door door(desk);
  (void)door.brings_in("Ann");
  Dialler operator_desk(desk, Role::operator_desk, "check", "operator-token");
  const auto status = operator_desk.asks(control::DeskStatus{});
  REQUIRE(status);
  CHECK(status->xmpp_connected);
  CHECK(status->peers.size() == 3);
  CHECK(status->conferences == 1);
  CHECK(status->calls == 1);
  const control::CallIncoming call{desk.link(), "Eve", our_offer(true)};
  CHECK(!operator_desk.asks(call));
  CHECK(!mcu.asks(call));
  CHECK(door.asks(control::DeskStatus{}).error().reason == Reason::unknown_method);
}

}  // namespace
}  // namespace rollcall::component::testing
