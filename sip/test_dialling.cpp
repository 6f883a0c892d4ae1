#include <doctest/doctest.h>

#include "sip/test_play.h"

using namespace rollcall;
using namespace rollcall::sip;
using model::Reason;

TEST_CASE("a number is dialled at its trunk, rings, and is answered") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  REQUIRE(stage.signalling.targets.size() == 1);
  const auto& target = stage.signalling.targets[0];
  CHECK(target.uri == "sip:+4930123456@192.0.2.7");
  CHECK(target.user == "rollcall");
  CHECK(target.password == "geheim");
  CHECK(target.display == "Team");
  CHECK(target.route.empty());
  const auto number = stage.signalling.said[0].call;
  stage.door.ringing(number);
  CHECK(stage.allocator.ringing.size() == 1);
  stage.door.answered(number, telephone_sdp(), stage.now);
  REQUIRE(stage.allocator.answered.size() == 1);
  CHECK(stage.allocator.answered[0].leg == model::LegId("l1"));
  CHECK(stage.allocator.answered[0].description.media.at(0).mid == "audio");
}

TEST_CASE("a number that no gateway may call is refused before anything is dialled") {
  Stage stage;
  const auto result = stage.dials("l1", "+4330123456");
  REQUIRE_FALSE(result);
  CHECK(result.error().reason == Reason::not_allowed);
  CHECK(stage.signalling.said.empty());
  CHECK(stage.door.legs().empty());
}

TEST_CASE("a trunk at fault is followed by the next one, which the callee's own answer ends") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.failed(stage.signalling.said[0].call, 503, "Service Unavailable", stage.now);
  REQUIRE(stage.signalling.targets.size() == 2);
  CHECK(stage.signalling.targets[1].uri == "sip:+4930123456@192.0.2.8");
  CHECK(stage.allocator.failed.empty());
  stage.door.failed(stage.signalling.said[1].call, 486, "Busy Here", stage.now);
  REQUIRE(stage.allocator.failed.size() == 1);
  CHECK(stage.allocator.failed[0].reason == Reason::busy);
  CHECK(stage.allocator.failed[0].status == 486);
  CHECK(stage.door.legs().empty());
}

TEST_CASE("who is busy is not tried through another trunk") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.failed(stage.signalling.said[0].call, 486, "Busy Here", stage.now);
  CHECK(stage.signalling.targets.size() == 1);
  CHECK(stage.allocator.failed.size() == 1);
}

TEST_CASE("when the last trunk fails too, that is said") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.failed(stage.signalling.said[0].call, 503, "", stage.now);
  stage.door.failed(stage.signalling.said[1].call, 408, "Request Timeout", stage.now);
  REQUIRE(stage.allocator.failed.size() == 1);
  CHECK(stage.allocator.failed[0].reason == Reason::timeout);
}

TEST_CASE("a trunk that is not registered is passed over, and the allocator hears of each change") {
  Stage stage;
  stage.door.registered("first", false, 403);
  CHECK(stage.allocator.gateways.size() == 1);
  CHECK_FALSE(stage.allocator.gateways[0].gateways.at(0).up);
  stage.door.registered("first", false, 403);
  CHECK(stage.allocator.gateways.size() == 1);
  CHECK(stage.dials("l1", "+4930123456"));
  CHECK(stage.signalling.targets.at(0).uri == "sip:+4930123456@192.0.2.8");
  stage.door.registered("second", false, 503);
  const auto result = stage.dials("l2", "+4930123456");
  REQUIRE_FALSE(result);
  CHECK(result.error().reason == Reason::unreachable);
}

TEST_CASE("a telephone that rings for too long is given up") {
  Stage stage({.ring_for = std::chrono::seconds(60)});
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.tick(stage.now + std::chrono::seconds(59));
  CHECK(stage.allocator.failed.empty());
  stage.door.tick(stage.now + std::chrono::seconds(60));
  CHECK(stage.signalling.said.back().what == "hang up");
  REQUIRE(stage.allocator.failed.size() == 1);
  CHECK(stage.allocator.failed[0].reason == Reason::timeout);
  CHECK(stage.door.legs().empty());
}

TEST_CASE("a call that is taken back stops ringing and is not heard of again") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.take(control::CallHangup{model::LegId("l1"), Reason::cancelled}, stage.now);
  CHECK(stage.signalling.said.back().what == "hang up");
  stage.door.failed(stage.signalling.said[0].call, 487, "", stage.now);
  CHECK(stage.allocator.failed.empty());
}

TEST_CASE("an answer that cannot be used ends the call and is said") {
  Stage stage;
  CHECK(stage.dials("l1", "+4930123456"));
  stage.door.answered(stage.signalling.said[0].call, "", stage.now);
  CHECK(stage.signalling.said.back().what == "hang up");
  REQUIRE(stage.allocator.failed.size() == 1);
  CHECK(stage.allocator.failed[0].status == 488);
}

TEST_CASE("a display name cannot carry a header") {
  Stage stage;
  model::LegId leg("l1");
  stage.door.take(
      control::CallDial{
          .leg = leg, .gateways = {"first"}, .address = "+4930", .display = "A\"\r\nX: y\\", .offer = our_media()},
      stage.now, control::Responder(1, [](const auto&) {}));
  CHECK(stage.signalling.targets.at(0).display == "AX: y");
}

TEST_CASE("a leg that moves to another MCU is offered anew, and the answer goes back") {
  Stage stage;
  const auto leg = stage.joins(1);
  std::string answer;
  stage.door.take(control::CallOffer{leg, our_media("audio")},
                  control::Responder(7, [&](const auto& text) { answer = text; }));
  CHECK(stage.signalling.said.back().what == "offer");
  stage.door.answered(1, telephone_sdp(), stage.now);
  CHECK(answer.find("\"mid\":\"audio\"") != std::string::npos);
  std::string refusal;
  stage.door.take(control::CallOffer{leg, our_media("audio")},
                  control::Responder(8, [&](const auto& text) { refusal = text; }));
  stage.door.offer_refused(1, 488);
  CHECK(refusal.find("no-common-codec") != std::string::npos);
}

TEST_CASE("each call leaves one record, with how long it was and why it is over") {
  std::vector<CallRecord> records;
  Stage stage({.record = [&records](const CallRecord& record) { records.push_back(record); }});
  stage.joins(1);
  stage.now += std::chrono::seconds(90);
  stage.door.ended(1, stage.now);
  REQUIRE(stage.dials("out", "+4930"));
  stage.door.failed(stage.signalling.last, 486, "Busy Here", stage.now);
  REQUIRE(records.size() == 2);
  CHECK(to_line(records[0]) ==
        R"({"answered":"2023-11-14T22:13:20Z","begun":"2023-11-14T22:13:20Z","cause":"hung-up","direction":"in",)"
        R"("ended":"2023-11-14T22:14:50Z","gateway":"first","leg":"leg-1","party":"+4930","seconds":90})");
  CHECK(records[1].outgoing);
  CHECK(records[1].cause == "busy");
  CHECK(records[1].status == 486);
  CHECK(to_line(records[1]).find("answered") == std::string::npos);
}
