// We in a group chat: in, out, back again, and what others do to us.
#include <doctest/doctest.h>

#include "xmpp-component/muc/membership.h"

using namespace rollcall::component::muc;
using namespace std::chrono_literals;
using rollcall::component::stanza::GroupPresence;
using rollcall::component::stanza::PresenceType;

namespace {

const Address band{"band", "rooms.example.org"};
const Address us{"band", "call.example.org", "call"};
const News entered = Entered{};

News lost(const std::string& why) {
  return Lost{why};
}

struct Scene {
  Membership membership{{.us = us, .group = band}};
  Time now{1'000'000s};

  std::string enters() { return xml_of(membership.enter(now)); }
  Outcome sees(const std::string& nick, std::set<int> codes = {}, PresenceType type = PresenceType::available) {
    return membership.handle({.from = band.with_resource(nick), .type = type, .codes = std::move(codes)}, now);
  }
  Outcome is_refused(const std::string& condition) {
    return membership.handle(
        {.from = band.with_resource("Rollcall"), .type = PresenceType::error, .error_condition = condition}, now);
  }
  void is_inside() {
    (void)membership.enter(now);
    (void)sees("Rollcall", {110});
    REQUIRE(membership.is_inside());
  }
  std::string later(std::chrono::seconds time) {
    now += time;
    return xml_of(membership.time_passed(now));
  }
  static std::string xml_of(const Outcome& outcome) {
    std::string xml;
    for (const auto& tag : outcome.stanzas) xml += tag->xml();
    return xml;
  }
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("we are in when our own presence comes back, after everybody else's") {
  Scene scene;
  CHECK(contains(scene.enters(), "to='band@rooms.example.org/Rollcall'"));
  CHECK(scene.sees("juliet").news.empty());
  CHECK_FALSE(scene.membership.is_inside());
  CHECK(scene.sees("Rollcall", {110}).news == std::vector{entered});
  CHECK(scene.membership.occupants().contains("juliet"));
  CHECK_FALSE(scene.membership.occupants().contains("Rollcall"));
  CHECK(scene.sees("Rollcall", {110}).news.empty());
}

TEST_CASE("who leaves is no more there") {
  Scene scene;
  scene.is_inside();
  (void)scene.sees("juliet");
  (void)scene.sees("juliet", {}, PresenceType::unavailable);
  CHECK(scene.membership.occupant("juliet") == nullptr);
}

TEST_CASE("a nick that somebody has is not ours; we take another, and give up in the end") {
  Scene scene;
  scene.enters();
  CHECK(contains(Scene::xml_of(scene.is_refused("conflict")), "/Rollcall 2'"));
  CHECK(contains(Scene::xml_of(scene.is_refused("conflict")), "/Rollcall 3'"));
  CHECK(scene.sees("Rollcall 3", {110}).news == std::vector{entered});
  CHECK(scene.membership.nick() == "Rollcall 3");
  Scene other;
  other.enters();
  Outcome last;
  for (int i = 0; i < 9; ++i) last = other.is_refused("conflict");
  CHECK(last.news == std::vector{lost("conflict")});
}

TEST_CASE("a nick that the service gives us is ours") {
  Scene scene;
  scene.enters();
  CHECK(scene.sees("rollcall-1", {110, 210}).news == std::vector{entered});
  CHECK(scene.membership.nick() == "rollcall-1");
}

TEST_CASE("put out, banned, not among the members, destroyed: that is for good") {
  for (const std::set<int>& codes : {std::set{110, 307}, {110, 301}, {110, 321}, {110, 322}}) {
    Scene scene;
    scene.is_inside();
    CHECK(scene.sees("Rollcall", codes, PresenceType::unavailable).news == std::vector{lost("removed")});
    CHECK(scene.later(24h).empty());
  }
  Scene scene;
  scene.is_inside();
  const GroupPresence destroyed{
      .from = band.with_resource("Rollcall"), .type = PresenceType::unavailable, .codes = {110}, .is_destroyed = true};
  CHECK(scene.membership.handle(destroyed, scene.now).news == std::vector{lost("gone")});
}

TEST_CASE("a service that goes down, or loses us by an error, is come back to, ever more slowly") {
  for (const std::set<int>& codes : {std::set{110, 332}, {110, 307, 333}, {110}}) {
    Scene scene;
    scene.is_inside();
    CHECK(scene.sees("Rollcall", codes, PresenceType::unavailable).news.empty());
    CHECK(scene.later(1s).empty());
    CHECK(contains(scene.later(10s), "to='band@rooms.example.org/Rollcall'"));
    (void)scene.is_refused("remote-server-timeout");
    CHECK(scene.later(10s).empty());
    CHECK(contains(scene.later(30s), "to='band@rooms.example.org/Rollcall'"));
  }
}

TEST_CASE("a group chat that never answers is asked again") {
  Scene scene;
  scene.enters();
  CHECK(scene.later(59s).empty());
  CHECK(scene.later(1s).empty());
  CHECK(contains(scene.later(30s), "http://jabber.org/protocol/muc"));
}

TEST_CASE("one that does not let us in is left alone") {
  for (const char* condition : {"registration-required", "forbidden", "not-authorized", "item-not-found"}) {
    Scene scene;
    scene.enters();
    CHECK(scene.is_refused(condition).news == std::vector{lost(condition)});
  }
}

TEST_CASE("a group chat that only our coming has made is left at once") {
  Scene scene;
  scene.enters();
  const Outcome outcome = scene.sees("Rollcall", {110, 201});
  CHECK(outcome.news == std::vector{lost("gone")});
  CHECK(contains(Scene::xml_of(outcome), "type='unavailable'"));
}

TEST_CASE("an error about something else does not put us out") {
  Scene scene;
  scene.is_inside();
  CHECK(scene.is_refused("forbidden").news.empty());
  CHECK(scene.membership.is_inside());
}

TEST_CASE("another group chat's presences do not concern us") {
  Scene scene;
  scene.enters();
  (void)scene.membership.handle({.from = Address("other", "rooms.example.org", "Rollcall"), .codes = {110}}, scene.now);
  CHECK_FALSE(scene.membership.is_inside());
}

TEST_CASE("XEP-0410: we ask now and then whether we are in it still, and go in again where not") {
  Scene scene;
  scene.is_inside();
  CHECK_FALSE(scene.membership.should_ping(scene.now + 1min));
  scene.now += 6min;
  CHECK(scene.membership.should_ping(scene.now));
  CHECK_FALSE(scene.membership.should_ping(scene.now));
  CHECK(scene.membership.pinged("", scene.now).stanzas.empty());
  CHECK(scene.membership.pinged("remote-server-timeout", scene.now).stanzas.empty());
  CHECK(scene.membership.is_inside());
  CHECK(contains(Scene::xml_of(scene.membership.pinged("not-acceptable", scene.now)), "protocol/muc'"));
}

TEST_CASE("we say goodbye once, and hear nothing more") {
  Scene scene;
  scene.is_inside();
  CHECK(contains(Scene::xml_of(scene.membership.leave()), "type='unavailable'"));
  CHECK(scene.membership.leave().stanzas.empty());
  CHECK(scene.sees("Rollcall", {110, 307}, PresenceType::unavailable).news.empty());
}

TEST_CASE("a crowd without end is not remembered without end") {
  Scene scene;
  scene.is_inside();
  for (int i = 0; i < 3000; ++i) (void)scene.sees("n" + std::to_string(i));
  CHECK(scene.membership.occupants().size() == 2000);
}
