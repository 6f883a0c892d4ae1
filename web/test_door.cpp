#include <doctest/doctest.h>

#include <deque>

#include "web/door.h"
#include "web/test_allocator.h"

using namespace rollcall;
using namespace rollcall::web;
using namespace std::chrono_literals;
using model::Reason;

namespace {

/// A door, its allocator and its clock; each request's answer stays in `answers`.
struct Stage {
  FakeAllocator allocator;
  int tokens = 0;
  Door door{allocator, {}, [this] { return "token" + std::to_string(++tokens); }};
  TimePoint now{TimePoint{} + 100s};
  std::deque<std::vector<Answer>> answers;

  std::vector<Answer>& ask(const std::string& method, const std::string& path, const std::string& body = {}) {
    auto& slot = answers.emplace_back();
    door.handle({method, path, body, "192.0.2.1"}, now, [&slot](Answer answer) { slot.push_back(std::move(answer)); });
    return slot;
  }
  std::vector<Answer>& ask_to_join(const std::string& sdp = browser_sdp()) {
    return ask("POST", "/api/call/link", R"({"name":" Ann\u0007 ","sdp":)" + as_json(sdp) + "}");
  }
  void joined() {
    ask_to_join();
    REQUIRE(allocator.joins.size() == 1);
    allocator.joins[0].second(control::CallIncoming::Result{model::LegId("leg-1"), allocator.joins[0].first.offer});
  }
  int status(const std::vector<Answer>& slot) {
    REQUIRE(slot.size() == 1);
    return slot[0].status;
  }
};

}  // namespace

TEST_CASE("a guest joins: the allocator gets the clean name and the description, the page a token and SDP") {
  Stage stage;
  auto& answer = stage.ask_to_join();
  CHECK(answer.empty());
  REQUIRE(stage.allocator.joins.size() == 1);
  const auto& [request, done] = stage.allocator.joins[0];
  CHECK(request.link == "link");
  CHECK(request.name == "Ann");
  CHECK(request.offer.media.size() == 1);
  done(control::CallIncoming::Result{model::LegId("leg-1"), request.offer});
  CHECK(stage.status(answer) == 201);
  CHECK(answer[0].body.find(R"("call":"token1")") != std::string::npos);
  CHECK(answer[0].body.find("m=audio 9") != std::string::npos);
  CHECK(answer[0].body.find("leg-1") == std::string::npos);
  CHECK(stage.door.legs() == std::vector{model::LegId("leg-1")});
}

TEST_CASE("what the allocator refuses, the page is told by status") {
  for (auto [reason, status] :
       {std::pair{Reason::link_forged, 403}, {Reason::link_expired, 410}, {Reason::full, 503}}) {
    Stage stage;
    auto& answer = stage.ask_to_join();
    stage.allocator.joins.at(0).second(model::refuse(reason));
    CHECK(stage.status(answer) == status);
    CHECK(stage.door.legs().empty());
  }
}

TEST_CASE("an offer without encryption never reaches the allocator") {
  Stage stage;
  auto sdp = browser_sdp();
  sdp.erase(sdp.find("a=fingerprint"), sdp.find("a=setup") - sdp.find("a=fingerprint"));
  CHECK(stage.status(stage.ask_to_join(sdp)) == 422);
  CHECK(stage.status(stage.ask_to_join("rubbish")) == 400);
  CHECK(stage.status(stage.ask("POST", "/api/call/link", "{")) == 400);
  CHECK(stage.status(stage.ask("POST", "/api/call/link", "[]")) == 400);
  CHECK(stage.status(stage.ask("POST", "/api/call/link", R"({"sdp":7})")) == 400);
  CHECK(stage.status(stage.ask("POST", "/api/call/link", std::string(longest_body + 1, ' '))) == 413);
  CHECK(stage.allocator.joins.empty());
}

TEST_CASE("without the allocator nobody gets in, and health says so") {
  Stage stage;
  stage.allocator.connected = false;
  CHECK(stage.status(stage.ask_to_join()) == 503);
  CHECK(stage.status(stage.ask("GET", "/api/link/x")) == 503);
  CHECK(stage.status(stage.ask("GET", "/healthz")) == 503);
  stage.allocator.connected = true;
  CHECK(stage.status(stage.ask("GET", "/healthz")) == 200);
}

TEST_CASE("a call that was made too late is hung up, for nobody will ever use it") {
  Stage stage;
  auto& answer = stage.ask_to_join();
  stage.door.tick(stage.now + 14s);
  CHECK(answer.empty());
  stage.door.tick(stage.now + 15s);
  CHECK(stage.status(answer) == 504);
  const auto& [request, done] = stage.allocator.joins.at(0);
  done(control::CallIncoming::Result{model::LegId("leg-1"), request.offer});
  REQUIRE(stage.allocator.hangups.size() == 1);
  CHECK(stage.allocator.hangups[0] == control::CallHangup{model::LegId("leg-1"), Reason::timeout});
  CHECK(answer.size() == 1);
}

TEST_CASE("a poll waits for news and ends empty after its time") {
  Stage stage;
  stage.joined();
  auto& first = stage.ask("GET", "/api/call/token1/events");
  CHECK(first.empty());
  stage.door.tick(stage.now + 19s);
  CHECK(first.empty());
  stage.door.tick(stage.now + 20s);
  CHECK(stage.status(first) == 200);
  CHECK(first[0].body == R"({"events":[],"connected":true})");

  auto& second = stage.ask("GET", "/api/call/token1/events");
  stage.door.call_message(model::LegId("leg-1"), "hello");
  CHECK(stage.status(second) == 200);
  CHECK(second[0].body.find("hello") != std::string::npos);
}

TEST_CASE("news that come between two polls are kept") {
  Stage stage;
  stage.joined();
  stage.door.call_message(model::LegId("leg-1"), "one");
  stage.door.call_message(model::LegId("leg-1"), "two");
  auto& poll = stage.ask("GET", "/api/call/token1/events");
  REQUIRE(stage.status(poll) == 200);
  CHECK(poll[0].body.find("one") < poll[0].body.find("two"));
}

TEST_CASE("the page hears once why its call was ended, then the call is unknown") {
  for (bool polling : {true, false}) {
    Stage stage;
    stage.joined();
    std::vector<Answer>* poll = polling ? &stage.ask("GET", "/api/call/token1/events") : nullptr;
    stage.door.call_ended(model::LegId("leg-1"), Reason::gone);
    if (!poll) poll = &stage.ask("GET", "/api/call/token1/events");
    REQUIRE(stage.status(*poll) == 200);
    CHECK((*poll)[0].body.find(R"("reason":"gone")") != std::string::npos);
    CHECK(stage.status(stage.ask("GET", "/api/call/token1/events")) == 404);
    CHECK(stage.allocator.hangups.empty());
  }
}

TEST_CASE("a call whose page stops asking for 30 s is hung up") {
  Stage stage;
  stage.joined();
  stage.now += 20s;
  stage.ask("GET", "/api/call/token1/events");
  stage.door.tick(stage.now + 30s);
  CHECK(stage.allocator.hangups.empty());
  stage.door.tick(stage.now + 31s);
  REQUIRE(stage.allocator.hangups.size() == 1);
  CHECK(stage.allocator.hangups[0].reason == Reason::connectivity);
  CHECK(stage.door.legs().empty());
}

TEST_CASE("candidates, mute and leaving become control messages") {
  Stage stage;
  stage.joined();
  const model::LegId leg("leg-1");
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/candidates",
                               R"({"candidates":[{"mid":"0","candidate":"candidate:1 1 udp 5 192.0.2.9 4000 typ host"},
                                  {"mid":"0","candidate":"candidate:1 1 tcp 5 192.0.2.9 9 typ host"}]})")) == 204);
  REQUIRE(stage.allocator.candidates.size() == 1);
  CHECK(stage.allocator.candidates[0].candidate.ip == "192.0.2.9");
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/candidates", R"({"candidates":[{"mid":"0"}]})")) == 400);
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/mute", R"({"audio":true,"video":false})")) == 204);
  CHECK(stage.allocator.mutes == std::vector{control::CallMute{leg, true, false}});
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/mute", R"({"audio":1})")) == 400);
  CHECK(stage.status(stage.ask("DELETE", "/api/call/token1")) == 204);
  CHECK(stage.allocator.hangups == std::vector{control::CallHangup{leg, Reason::hung_up}});
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/leave")) == 204);  // twice does no harm
  CHECK(stage.allocator.hangups.size() == 1);
}

TEST_CASE("a new offer is answered, one at a time") {
  Stage stage;
  stage.joined();
  const auto body = R"({"sdp":)" + as_json(browser_sdp()) + "}";
  auto& first = stage.ask("PATCH", "/api/call/token1/offer", body);
  CHECK(stage.status(stage.ask("POST", "/api/call/token1/offer", body)) == 409);
  const auto& [request, done] = stage.allocator.offers.at(0);
  CHECK(request.leg == model::LegId("leg-1"));
  done(control::CallOffer::Result{request.offer});
  CHECK(stage.status(first) == 200);
  CHECK(first[0].body.find("o=- 1 2 ") != std::string::npos);
  stage.ask("POST", "/api/call/token1/offer", body);
  CHECK(stage.allocator.offers.size() == 2);
  CHECK(stage.status(stage.ask("POST", "/api/call/other/offer", body)) == 404);
}

TEST_CASE("one address cannot try links or joins without end") {
  Stage stage;
  int refused = 0;
  for (int i = 0; i < 40; ++i) {
    auto& answer = stage.ask("POST", "/api/call/link", "{}");
    if (stage.status(answer) == 429) ++refused;
  }
  CHECK(refused == 10);
  stage.now += 60s;
  CHECK(stage.status(stage.ask("POST", "/api/call/link", "{}")) == 400);
}

TEST_CASE("closing answers everyone who waits") {
  Stage stage;
  stage.joined();
  auto& poll = stage.ask("GET", "/api/call/token1/events");
  auto& link = stage.ask("GET", "/api/link/x");
  stage.door.close();
  CHECK(stage.status(poll) == 200);
  CHECK(stage.status(link) == 503);
}
