// How a contact gets into people's rosters and out again, where their server lets us write them.
#include <doctest/doctest.h>

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
const Address contact("team", "call.example.org");
const Address ann("ann", "example.org");         // her server lets us
const Address paris("paris", "elsewhere.test");  // his does not
constexpr Time start{1'000'000s};
const Appearance idle{"Team call", false, "No call."};
using Lines = std::vector<std::string>;
using Jobs = std::vector<RosterJob>;

struct Play {
  Entries entries{{.places = {"call.example.org"},
                   .may_hold = [this](const auto&, const Address& person) { return !banned.contains(person); },
                   .writes_roster_of = [](const Address& person) { return person.domain() == "example.org"; }}};
  std::set<Address> banned;
  Outcome last;

  Lines did(Outcome outcome) {
    Lines lines;
    for (const TagPtr& tag : outcome.stanzas) {
      if (tag->name() == "message") {
        lines.push_back("avatar " + tag->findAttribute("from") + " > " + tag->findAttribute("to"));
        continue;
      }
      const auto presence = *stanza::read_presence(*tag);
      const std::string type(to_text(presence.type));
      lines.push_back((type.empty() ? "available" : type) + " " + presence.from + " > " + presence.to);
    }
    last = std::move(outcome);
    return lines;
  }
};

}  // namespace

TEST_CASE("who can be written into the roster is not asked, and has the contact when it is done") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.did(play.entries.introduce(team, ann.with_resource("phone"))).empty());
  REQUIRE(play.last.roster_jobs == Jobs{{RosterWork::enter, contact, ann, "Team call"}});
  const RosterJob job = play.last.roster_jobs[0];
  CHECK(play.entries.holders(team).empty());
  // The server probes at her next login only, and she may be there now.
  CHECK(play.did(play.entries.done(job)) == Lines{"available team@call.example.org/call > ann@example.org",
                                                  "avatar team@call.example.org > ann@example.org",
                                                  "probe team@call.example.org > ann@example.org"});
  CHECK(play.last.events == std::vector<Event>{HolderAdded{team, ann}});
  CHECK(play.entries.holders(team) == std::vector{ann});
}

TEST_CASE("people of other servers are asked, as ever") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.did(play.entries.introduce(team, paris)) ==
        Lines{"subscribe team@call.example.org > paris@elsewhere.test"});
  CHECK(play.last.roster_jobs.empty());
}

TEST_CASE("where writing is refused, she is asked") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.did(play.entries.refused({RosterWork::enter, contact, ann, "Team call"})) ==
        Lines{"subscribe team@call.example.org > ann@example.org"});
  CHECK(play.did(play.entries.refused({RosterWork::rename, contact, ann, "Choir", "Team call"})).empty());
  CHECK(play.did(play.entries.refused({RosterWork::remove, contact, ann})) ==
        Lines{"unsubscribed team@call.example.org > ann@example.org",
              "unsubscribe team@call.example.org > ann@example.org"});
}

TEST_CASE("who adds the contact by hand is approved, and our own subscription is written and not asked for") {
  Play play;
  play.entries.add(team, idle, {});
  CHECK(play.did(play.entries.handle(
            *parse_xml("<presence type='subscribe' from='ann@example.org' to='team@call.example.org'/>"))) ==
        Lines{"subscribed team@call.example.org > ann@example.org",
              "available team@call.example.org/call > ann@example.org"});
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::enter, contact, ann, "Team call"}});
}

TEST_CASE("a conference that is no more takes its entries with it") {
  Play play;
  play.entries.add(team, idle, {ann, paris});
  CHECK(play.did(play.entries.withdraw(team)) == Lines{"unavailable team@call.example.org/call > ann@example.org",
                                                       "unavailable team@call.example.org/call > paris@elsewhere.test",
                                                       "unsubscribed team@call.example.org > paris@elsewhere.test",
                                                       "unsubscribe team@call.example.org > paris@elsewhere.test"});
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::remove, contact, ann}});
}

TEST_CASE("who is dismissed loses the entry, and nobody else does") {
  Play play;
  play.entries.add(team, idle, {ann, paris});
  CHECK(play.did(play.entries.dismiss(team, ann)) == Lines{"unavailable team@call.example.org/call > ann@example.org"});
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::remove, contact, ann}});
  CHECK(play.did(play.entries.dismiss(team, ann)).empty());
  CHECK(play.entries.holders(team) == std::vector{paris});
}

TEST_CASE("a new title renames the entries that can be written, a new status does not") {
  Play play;
  play.entries.add(team, idle, {ann, paris});
  play.did(play.entries.show(team, {"Team call", true, "1 in call"}, start));
  CHECK(play.last.roster_jobs.empty());
  play.did(play.entries.show(team, {"Choir", true, "1 in call"}, start + 5s));
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::rename, contact, ann, "Choir", "Team call"}});
}

TEST_CASE("an entry that is written for a conference that ended meanwhile, or that she may not see, goes again") {
  Play play;
  const RosterJob job{RosterWork::enter, contact, ann, "Team call"};
  CHECK(play.did(play.entries.done(job)).empty());
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::remove, contact, ann}});
  play.entries.add(team, idle, {});
  play.banned.insert(ann);
  play.did(play.entries.done(job));
  CHECK(play.last.roster_jobs == Jobs{{RosterWork::remove, contact, ann}});
  CHECK(play.entries.holders(team).empty());
}

TEST_CASE(
    "trap: ejabberd's presence: roster echoes our own presence to us, once for each device, and nothing comes of it") {
  Play play;
  play.entries.add(team, idle, {ann});
  const auto echo = parse_xml(
      "<presence from='team@call.example.org/call' to='call.example.org'><show>xa</show><c "
      "xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='n' ver='v'/></presence>");
  for (int device = 0; device < 3; ++device) {
    CHECK(play.did(play.entries.handle(*echo)).empty());
    CHECK(play.last.events.empty());
    CHECK(play.last.questions.empty());
  }
}

TEST_CASE("trap: an answer to a probe is never unsubscribed, since the server would believe it") {
  Play play;
  play.entries.add(team, idle, {});
  play.banned.insert(ann);
  for (const char* to : {"team@call.example.org", "nobody@call.example.org"}) {
    for (const std::string& line : play.did(play.entries.handle(
             *parse_xml("<presence type='probe' from='ann@example.org/phone' to='" + std::string(to) + "'/>")))) {
      CHECK(line.find("unsubscribe") == std::string::npos);
    }
  }
}
