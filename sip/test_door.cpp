#include <doctest/doctest.h>

#include "sip/test_play.h"

using namespace rollcall;
using namespace rollcall::sip;
using model::Reason;

TEST_CASE("a telephone that comes through a trunk is let in with the MCU's answer") {
  Stage stage;
  const auto leg = stage.joins(1);
  const auto& arrived = stage.allocator.arrivals[0].first;
  CHECK(arrived.called == "team*2468");
  CHECK(arrived.caller == "+4930");
  CHECK(arrived.gateway == "first");
  CHECK(arrived.account.empty());
  REQUIRE(arrived.offer);
  CHECK(arrived.offer->media.size() == 1);
  CHECK(stage.signalling.summary() == "ring, accept");
  CHECK(stage.signalling.said[1].text.find("m=audio 40000 RTP/AVP 8") != std::string::npos);
  CHECK(stage.door.legs() == std::vector{leg});
}

TEST_CASE("without an offer the telephone gets the MCU's, and its answer is passed on with the MCU's names") {
  Stage stage;
  stage.telephone_calls(1, std::nullopt);
  REQUIRE(stage.allocator.arrivals.size() == 1);
  CHECK_FALSE(stage.allocator.arrivals[0].first.offer);
  CHECK(stage.allocator.arrivals[0].first.profile.security == model::LegSecurity::plain);
  stage.allocator.arrivals[0].second(control::CallArrived::Result{model::LegId("l"), our_media("audio")});
  stage.door.answered(1, telephone_sdp(), stage.now);
  REQUIRE(stage.allocator.answered.size() == 1);
  CHECK(stage.allocator.answered[0].description.media.at(0).mid == "audio");
}

TEST_CASE("a stranger is asked for a password, and never reaches the allocator") {
  Stage stage;
  stage.door.invited({.call = 1, .ip = "203.0.113.5", .called = "team", .sdp = telephone_sdp()}, stage.now);
  CHECK(stage.signalling.summary() == "challenge");
  CHECK(stage.allocator.arrivals.empty());
}

TEST_CASE("what the allocator refuses is refused with the status of its reason") {
  Stage stage;
  stage.telephone_calls(1);
  stage.allocator.arrivals[0].second(model::refuse(Reason::unknown_conference, "team"));
  CHECK(stage.signalling.summary() == "ring, refuse");
  CHECK(stage.signalling.said[1].status == 404);
  CHECK(stage.door.legs().empty());
}

TEST_CASE("a caller who gives up before the answer is taken out again") {
  Stage stage;
  stage.telephone_calls(1);
  stage.door.ended(1, stage.now);
  CHECK(stage.allocator.hangups.empty());
  stage.allocator.arrivals[0].second(control::CallArrived::Result{model::LegId("l"), our_media("0")});
  REQUIRE(stage.allocator.hangups.size() == 1);
  CHECK(stage.allocator.hangups[0].reason == Reason::cancelled);
  CHECK(stage.signalling.summary() == "ring");
}

TEST_CASE("an SDP that nobody can use is refused with what it lacks") {
  Stage stage;
  stage.telephone_calls(1, "nonsense");
  CHECK(stage.signalling.said.back().status == 400);
  stage.telephone_calls(2, "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nt=0 0\r\n");
  CHECK(stage.signalling.said.back().status == 400);
  stage.telephone_calls(
      3,
      "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 5004 RTP/SAVP 8\r\n"
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n");
  CHECK(stage.signalling.said.back().status == 488);
  CHECK(stage.allocator.arrivals.empty());
}

TEST_CASE("while there is no control connection, and above the limits, nobody is let in") {
  Stage stage({.most_calls = 1});
  stage.allocator.connected = false;
  stage.telephone_calls(1);
  CHECK(stage.signalling.said.back().status == 503);
  stage.allocator.connected = true;
  stage.joins(2);
  stage.telephone_calls(3);
  CHECK(stage.signalling.said.back().status == 486);
}

TEST_CASE("hold and resume go through the MCU") {
  Stage stage;
  const auto leg = stage.joins(1);
  stage.door.offered(1, telephone_sdp("sendonly"));
  REQUIRE(stage.allocator.offers.size() == 1);
  CHECK(stage.allocator.offers[0].first.leg == leg);
  CHECK(stage.allocator.offers[0].first.offer.media.at(0).direction == model::Direction::sendonly);
  auto held = our_media("0");
  held.media[0].direction = model::Direction::recvonly;
  stage.allocator.offers[0].second(control::CallOffer::Result{held});
  CHECK(stage.signalling.said.back().what == "accept");
  CHECK(stage.signalling.said.back().text.find("a=recvonly") != std::string::npos);
}

TEST_CASE("a change that is refused leaves the call as it was") {
  Stage stage;
  stage.joins(1);
  stage.door.offered(1, telephone_sdp());
  stage.allocator.offers[0].second(model::refuse(Reason::no_common_codec));
  CHECK(stage.signalling.said.back().status == 488);
  CHECK(stage.door.legs().size() == 1);
  stage.door.offered(1, "nonsense");
  CHECK(stage.signalling.said.back().status == 400);
  CHECK(stage.door.legs().size() == 1);
}

TEST_CASE("a re-INVITE without an offer gets what holds, and the answer to it may move the telephone's media") {
  Stage stage;
  stage.joins(1);
  const auto ours = stage.signalling.said.back().text;
  stage.door.offered(1, std::nullopt);
  CHECK(stage.signalling.said.back().text == ours);
  stage.door.answered(1, telephone_sdp(), stage.now);
  CHECK(stage.allocator.answered.empty());
  CHECK(stage.allocator.offers.size() == 1);
}

TEST_CASE("keys, wishes for a picture and the goodbye are passed on") {
  Stage stage;
  const auto leg = stage.joins(1);
  stage.door.keys(1, "5");
  stage.door.picture_wanted(1);
  stage.door.ended(1, stage.now);
  REQUIRE(stage.allocator.keys.size() == 1);
  CHECK(stage.allocator.keys[0].digits == "5");
  CHECK(stage.allocator.refreshes.size() == 1);
  REQUIRE(stage.allocator.hangups.size() == 1);
  CHECK(stage.allocator.hangups[0].leg == leg);
  stage.door.keys(1, "5");
  stage.door.ended(1, stage.now);
  CHECK(stage.allocator.keys.size() == 1);
  CHECK(stage.allocator.hangups.size() == 1);
}

TEST_CASE("the conference ends a telephone's call") {
  Stage stage;
  const auto leg = stage.joins(1);
  stage.door.take(control::CallHangup{leg, Reason::gone}, stage.now);
  CHECK(stage.signalling.said.back().what == "hang up");
  CHECK(stage.door.legs().empty());
  stage.door.take(control::CallHangup{leg, Reason::gone}, stage.now);
  CHECK(stage.signalling.said.size() == 3);
}

TEST_CASE("a call that the allocator does not answer in time is refused") {
  Stage stage;
  stage.telephone_calls(1);
  stage.door.tick(stage.now + std::chrono::seconds(14));
  CHECK(stage.signalling.summary() == "ring");
  stage.door.tick(stage.now + std::chrono::seconds(15));
  CHECK(stage.signalling.said.back().status == 503);
  stage.allocator.arrivals[0].second(control::CallArrived::Result{model::LegId("l"), our_media("0")});
  CHECK(stage.allocator.hangups.size() == 1);
}

TEST_CASE("a trunk that calls our registration has dialled the number in the To header") {
  Stage stage;
  stage.door.invited({.call = 1, .ip = "192.0.2.7", .called = "rollcall", .to = "1001*2468", .sdp = telephone_sdp()},
                     stage.now);
  REQUIRE(stage.allocator.arrivals.size() == 1);
  CHECK(stage.allocator.arrivals[0].first.called == "1001*2468");
}
