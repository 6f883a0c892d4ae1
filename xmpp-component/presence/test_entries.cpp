#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/xml.h"
#include "xmpp-component/presence/entries.h"

using namespace rollcall::component;
using namespace rollcall::component::presence;
using namespace std::chrono_literals;
using rollcall::tests::parse_xml;

namespace {

const ConferenceId team("team");
const Address ann("ann", "example.org");
const Address bob("bob", "example.org");
constexpr Time start{1'000'000s};

const Appearance idle{"Team call", false, "No call. Call me to start one."};

/// The entries, and everything they say as short lines: "subscribed team@call.example.org > ann@example.org".
struct Play {
  Entries entries{{.places = {"call.example.org"}}};
  Outcome last;

  std::vector<std::string> did(Outcome outcome) {
    std::vector<std::string> lines;
    for (const TagPtr& tag : outcome.stanzas) {
      const auto presence = *stanza::read_presence(*tag);
      const std::string type(to_text(presence.type));
      lines.push_back((type.empty() ? "available" : type) + " " + presence.from + " > " + presence.to);
    }
    last = std::move(outcome);
    return lines;
  }
  std::vector<std::string> receives(const std::string& type, const std::string& from, const std::string& to) {
    return did(entries.handle(*parse_xml("<presence type='" + type + "' from='" + from + "' to='" + to + "'/>")));
  }
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("JC-8: who subscribes is approved, gets presence at once, and is asked for his") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.receives("subscribe", "ann@example.org", "team@call.example.org") ==
        Lines{"subscribed team@call.example.org > ann@example.org",
              "available team@call.example.org/call > ann@example.org",
              "subscribe team@call.example.org > ann@example.org"});
  CHECK(play.last.events == std::vector<Event>{HolderAdded{team, ann}});
  play.receives("subscribe", "ann@example.org", "team@call.example.org");
  CHECK(play.last.events.empty());
  CHECK(play.entries.holders(team) == std::vector{ann});
}

TEST_CASE("JC-8: who unsubscribes is let go") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.receives("unsubscribe", "ann@example.org", "team@call.example.org") ==
        Lines{"unsubscribed team@call.example.org > ann@example.org",
              "unavailable team@call.example.org/call > ann@example.org"});
  CHECK(play.last.events == std::vector<Event>{HolderRemoved{team, ann}});
}

TEST_CASE("JC-1, JC-8: a probe is answered to the very device, from the one full address") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.receives("probe", "ann@example.org/phone", "team@call.example.org") ==
        Lines{"available team@call.example.org/call > ann@example.org/phone"});
}

TEST_CASE("a probe for a conference that is no more is answered unavailable, never unsubscribed") {
  Play play;
  CHECK(play.receives("probe", "ann@example.org/phone", "team@call.example.org") ==
        Lines{"unavailable team@call.example.org/call > ann@example.org/phone"});
}

TEST_CASE("a subscription to a conference that does not exist is declined") {
  Play play;
  CHECK(play.receives("subscribe", "ann@example.org", "nothing@call.example.org") ==
        Lines{"unsubscribed nothing@call.example.org > ann@example.org"});
  CHECK(play.last.events.empty());
}

TEST_CASE("who may not see a conference does not learn who is in it") {
  Play play;
  play.entries = Entries({.places = {"call.example.org"}, .may_hold = [](const auto&, const Address& person) {
                            return person.domain() == "example.org";
                          }});
  play.entries.add(team, idle, {Address("carol", "other.example")});
  CHECK(play.receives("subscribe", "eve@evil.example", "team@call.example.org") ==
        Lines{"unsubscribed team@call.example.org > eve@evil.example"});
  CHECK(play.receives("probe", "eve@evil.example/x", "team@call.example.org").empty());
  // Who has it in his roster, and may not come in any more, is told nothing either.
  CHECK(play.receives("probe", "carol@other.example/x", "team@call.example.org").empty());
  CHECK(play.receives("probe", "ann@example.org/x", "team@call.example.org").size() == 1);
}

TEST_CASE("JC-2: the contact is available while nobody calls, and says so") {
  Play play;
  play.entries.add(team, idle, {});
  const TagPtr presence = play.entries.presence_for(team, Address("ann", "example.org", "phone"));
  CHECK(presence->xml() ==
        "<presence from='team@call.example.org/call' to='ann@example.org/phone'><show>xa</show>"
        "<status>No call. Call me to start one.</status><priority>1</priority>"
        "<nick xmlns='http://jabber.org/protocol/nick'>Team call</nick>"
        "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://rollcall.example/caps' "
        "ver='nqlnldJL5iqNUtcs/FP9rnfh+FI='/><x xmlns='vcard-temp:x:update'><photo>" +
            std::string(avatar_of(team).hash) + "</photo></x></presence>");
  CHECK(play.entries.presence_for(ConferenceId("other"), ann) == nullptr);
}

TEST_CASE("JC-2: while a call runs there is no <show>, and the status names the people") {
  Play play;
  play.entries.add(team, idle, {ann});
  const Outcome outcome = play.entries.show(team, {"Team call", true, "2 in call: Ann, Bob"}, start);
  REQUIRE(outcome.stanzas.size() == 1);
  const auto presence = *stanza::read_presence(*outcome.stanzas[0]);
  CHECK(presence.show == stanza::Show::online);
  CHECK(presence.status == "2 in call: Ann, Bob");
  CHECK(presence.to == "ann@example.org");
}

TEST_CASE("a person who is introduced gets the contact once he approves") {
  Play play;
  play.entries.add(team, idle, {});
  const Outcome outcome = play.entries.introduce(team, bob);
  REQUIRE(outcome.stanzas.size() == 1);
  CHECK(outcome.stanzas[0]->xml() ==
        "<presence type='subscribe' from='team@call.example.org' to='bob@example.org'>"
        "<nick xmlns='http://jabber.org/protocol/nick'>Team call</nick></presence>");
  CHECK(play.receives("unsubscribed", "bob@example.org", "team@call.example.org").empty());
  CHECK(play.entries.holders(team).empty());
  CHECK(play.receives("subscribed", "bob@example.org", "team@call.example.org") ==
        Lines{"available team@call.example.org/call > bob@example.org"});
  CHECK(play.last.events == std::vector<Event>{HolderAdded{team, bob}});
}

TEST_CASE("who approves again, as servers do by themselves, is not told again what he knows") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.receives("subscribe", "ann@example.org", "team@call.example.org").size() == 3);
  CHECK(play.receives("subscribed", "ann@example.org", "team@call.example.org").empty());
  CHECK(play.last.events.empty());
}

TEST_CASE("who lets the service see him is shown it once more, with its wish to hear of his modes") {
  Play play;
  CHECK(play.receives("subscribed", "ann@example.org", "rollcall@call.example.org") ==
        Lines{"available rollcall@call.example.org/call > ann@example.org"});
}

TEST_CASE("a conference that is withdrawn leaves every list") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.did(play.entries.withdraw(team)) == Lines{"unavailable team@call.example.org/call > ann@example.org",
                                                       "unsubscribed team@call.example.org > ann@example.org",
                                                       "unsubscribe team@call.example.org > ann@example.org"});
  CHECK_FALSE(play.entries.has(team));
  CHECK(play.did(play.entries.withdraw(team)).empty());
}

TEST_CASE("changes within a second are sent as one, the newest") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.entries.show(team, {"T", true, "1"}, start).stanzas.size() == 1);
  CHECK(play.entries.show(team, {"T", true, "2"}, start + 200ms).stanzas.empty());
  CHECK(play.entries.show(team, {"T", true, "3"}, start + 400ms).stanzas.empty());
  CHECK(play.entries.time_passed(start + 999ms).stanzas.empty());
  const Outcome outcome = play.entries.time_passed(start + 1000ms);
  REQUIRE(outcome.stanzas.size() == 1);
  CHECK(stanza::read_presence(*outcome.stanzas[0])->status == "3");
  CHECK(play.entries.time_passed(start + 3s).stanzas.empty());
}

TEST_CASE("what did not change is not sent") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.entries.show(team, idle, start).stanzas.size() == 1);
  CHECK(play.entries.show(team, idle, start + 5s).stanzas.empty());
}

TEST_CASE(
    "JC-10: after a reconnect every holder gets presence and is probed once, 200 stanzas in 100 ms, running first") {
  Play play;
  std::vector<Address> many;
  for (int i = 0; i < 150; ++i) many.emplace_back("user" + std::to_string(i), "example.org");
  play.entries.add(ConferenceId("asleep"), {"A", false, ""}, many);
  play.entries.add(ConferenceId("running"), {"R", true, ""}, many);
  const Lines first = play.did(play.entries.online(start));
  REQUIRE(first.size() == 200);
  CHECK(std::ranges::count_if(first, [](const auto& l) { return l.find("running@") != l.npos; }) == 150);
  CHECK(first[0].starts_with("available running@call.example.org/call > "));
  CHECK(play.did(play.entries.time_passed(start + 99ms)).empty());
  const Lines second = play.did(play.entries.time_passed(start + 100ms));
  CHECK(second.size() == 200);
  const Lines third = play.did(play.entries.time_passed(start + 200ms));
  CHECK(third.size() == 50);
  CHECK(std::ranges::all_of(third, [](const auto& l) { return l.starts_with("probe "); }));
  CHECK(play.did(play.entries.time_passed(start + 300ms)).empty());
}

TEST_CASE("a change while a broadcast waits its turn is in it, and does not double it") {
  Play play;
  std::vector<Address> many;
  for (int i = 0; i < 250; ++i) many.emplace_back("user" + std::to_string(i), "example.org");
  play.entries.add(team, idle, many);
  CHECK(play.entries.online(start).stanzas.size() == 200);
  CHECK(play.entries.show(team, {"T", true, "new"}, start + 1s).stanzas.size() == 200);
  Outcome rest = play.entries.time_passed(start + 1100ms);
  CHECK(std::ranges::count_if(rest.stanzas, [](const auto& tag) {
          return stanza::read_presence(*tag)->type == stanza::PresenceType::available;
        }) == 50);
  for (const TagPtr& tag : rest.stanzas) {
    if (!tag->hasAttribute("type")) CHECK(stanza::read_presence(*tag)->status == "new");
  }
}

TEST_CASE("the service and the domain can be had as contacts, and are nobody's news") {
  Play play;
  for (const char* contact : {"rollcall@call.example.org", "call.example.org"}) {
    CHECK(play.receives("subscribe", "ann@example.org", contact).size() == 3);
    CHECK(play.last.events.empty());
  }
  CHECK(play.receives("probe", "ann@example.org/x", "call.example.org") ==
        Lines{"available call.example.org > ann@example.org/x"});
}

TEST_CASE("presences that are nobody's or not for us are left alone") {
  Play play;
  play.entries.add(team, idle, {ann});
  CHECK(play.receives("subscribe", "ann@example.org", "team@elsewhere.example").empty());
  CHECK(play.receives("subscribe", "rollcall@call.example.org", "team@call.example.org").empty());
  CHECK(play.receives("subscribe", "@@", "team@call.example.org").empty());
  CHECK(play.receives("error", "ann@example.org", "team@call.example.org").empty());
  CHECK(play.receives("rocket", "ann@example.org", "team@call.example.org").empty());
}
