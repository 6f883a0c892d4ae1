#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/xml.h"
#include "xmpp-component/presence/rosters.h"

using namespace rollcall::component;
using namespace rollcall::component::presence;
using namespace std::chrono_literals;
using rollcall::model::Address;
using rollcall::model::Time;
using rollcall::tests::parse_xml;

namespace {

const Address team("team", "call.example.org");
const Address ann("ann", "example.org");
const Address bob("bob", "example.org");
constexpr Time start{1'000'000s};
using Lines = std::vector<std::string>;

/// A server that answers when the test says so, and what came of it in short lines.
struct Play {
  explicit Play(bool on = true)
      : rosters({.domain = "call.example.org", .servers = {"example.org"}, .on = on},
                {.ask =
                     [this](stanza::TagPtr iq, Rosters::Answered answered) {
                       asked.push_back(iq->xml());
                       open.push_back(std::move(answered));
                     },
                 .done = [this](const RosterJob& job) { news.push_back("done " + job.person.node()); },
                 .refused = [this](const RosterJob& job) { news.push_back("refused " + job.person.node()); },
                 .decided = [this](const auto& server, bool writes,
                                   const auto&) { news.push_back((writes ? "writes " : "leaves ") + server); }}) {}

  bool hears(const std::string& xml) { return rosters.take_message(*parse_xml(xml)); }
  void is_granted(const std::string& name_space = "urn:xmpp:privilege:2") {
    hears("<message from='example.org' to='call.example.org'><privilege xmlns='" + name_space +
          "'><perm access='roster' type='both'/></privilege></message>");
    news.clear();
  }
  void enter(const Address& person, const std::string& title = "Team call") {
    rosters.add({RosterWork::enter, team, person, title});
  }
  std::string question() {
    REQUIRE(!asked.empty());
    std::string first = asked.front();
    asked.erase(asked.begin());
    return first;
  }
  /// To the oldest question that waits. An empty text: nobody answers.
  void answers(const std::string& xml) {
    REQUIRE(!open.empty());
    const auto answered = std::move(open.front());
    open.erase(open.begin());
    if (xml.empty()) return answered(nullptr);
    answered(parse_xml(xml).get());
  }
  void answers_with_roster(const std::string& items) {
    answers("<iq type='result'><query xmlns='jabber:iq:roster'>" + items + "</query></iq>");
  }
  void answers_with_error(const std::string& condition) {
    answers("<iq type='error'><error type='cancel'><" + condition +
            " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  }
  Lines takes_news() { return std::exchange(news, {}); }

  Rosters rosters;
  Lines asked;
  std::vector<Rosters::Answered> open;
  Lines news;
};

const std::string ours = "<item jid='team@call.example.org' name='Team call' subscription='both'/>";

/// The first entry there, written and read back.
void proves_itself(Play& play) {
  play.is_granted();
  play.enter(ann);
  play.answers_with_roster("");
  play.answers("<iq type='result'/>");
  play.answers_with_roster(ours);
  play.asked.clear();
  play.news.clear();
}

}  // namespace

TEST_CASE("JC-55: where the server grants it, the entry is written with name, group and both subscriptions") {
  for (const std::string name_space : {"urn:xmpp:privilege:1", "urn:xmpp:privilege:2"}) {
    Play play;
    play.is_granted(name_space);
    REQUIRE(play.rosters.writes_roster_of(bob));
    play.enter(bob);
    CHECK(play.question() ==
          "<iq type='get' from='call.example.org' to='bob@example.org'><query xmlns='jabber:iq:roster'/></iq>");
    play.answers_with_roster("<item jid='carol@example.org' subscription='both'/>");
    CHECK(play.question() ==
          "<iq type='set' from='call.example.org' to='bob@example.org'><query xmlns='jabber:iq:roster'>"
          "<item jid='team@call.example.org' name='Team call' subscription='both'><group>Conferences</group></item>"
          "</query></iq>");
    play.answers("<iq type='result'/>");
    CHECK(play.takes_news().empty());
    play.answers_with_roster(ours);
    CHECK(play.takes_news() == Lines{"done bob"});
  }
}

TEST_CASE("a server whose first entry was read back is believed from then on") {
  Play play;
  proves_itself(play);
  play.enter(bob);
  play.answers_with_roster("");
  play.answers("<iq type='result'/>");
  CHECK(play.takes_news() == Lines{"done bob"});
  CHECK(play.open.empty());
}

TEST_CASE("trap: ejabberd 24.12 grants, answers, and forces the subscription to none: people are asked") {
  Play play;
  play.is_granted();
  play.enter(ann);
  play.enter(bob);
  play.answers_with_roster("");
  play.answers_with_roster("");
  play.answers("<iq type='result'/>");
  play.answers("<iq type='result'/>");
  play.answers_with_roster("<item jid='team@call.example.org' name='Team call' subscription='none'/>");
  CHECK(play.takes_news() == Lines{"leaves example.org", "refused ann"});
  play.answers_with_roster("<item jid='team@call.example.org' name='Team call' subscription='none'/>");
  CHECK(play.takes_news() == Lines{"refused bob"});
  CHECK_FALSE(play.rosters.writes_roster_of(ann));
}

TEST_CASE("trap: ejabberd 23.01 grants and never answers a question for a roster: people are asked") {
  Play play;
  play.is_granted("urn:xmpp:privilege:1");
  play.enter(ann);
  play.answers("");
  CHECK(play.takes_news() == Lines{"leaves example.org", "refused ann"});
  CHECK_FALSE(play.rosters.writes_roster_of(bob));
}

TEST_CASE("trap: ejabberd 23.01 grants and fails to write: people are asked") {
  Play play;
  play.is_granted("urn:xmpp:privilege:1");
  play.enter(ann);
  play.answers_with_roster("");
  play.answers_with_error("internal-server-error");
  CHECK(play.takes_news() == Lines{"leaves example.org", "refused ann"});
}

TEST_CASE("trap: Prosody 0.12 nests what it grants wrongly, and is understood") {
  Play play;
  CHECK(
      play.hears("<message from='example.org' to='call.example.org'><privilege xmlns='urn:xmpp:privilege:2'>"
                 "<perm access='iq'><namespace ns='a' type='get'><namespace ns='b' type='both'>"
                 "<perm access='roster' type='both'/></namespace></namespace></perm></privilege></message>"));
  CHECK(play.takes_news() == Lines{"writes example.org"});
}

TEST_CASE("trap: a server that fails is asked nothing more, and who waits for it is asked himself") {
  Play play;
  play.is_granted();
  for (int i = 0; i < 40; ++i) play.enter(Address("user" + std::to_string(i), "example.org"));
  CHECK(play.open.size() == Rosters::most_at_once);
  play.answers("");
  const Lines news = play.takes_news();
  CHECK(std::ranges::count_if(news, [](const auto& line) { return line.starts_with("refused"); }) == 25);
  CHECK(play.open.size() == 15);
}

TEST_CASE("an account that does not exist is nobody's fault but its own") {
  Play play;
  proves_itself(play);
  play.enter(bob);
  play.answers_with_roster("");
  play.answers_with_error("service-unavailable");
  CHECK(play.takes_news() == Lines{"refused bob"});
  CHECK(play.rosters.writes_roster_of(bob));
}

TEST_CASE("what a person has already is not written again, and his own name and groups stay") {
  Play play;
  proves_itself(play);
  play.enter(bob);
  play.answers_with_roster("<item jid='Team@call.example.org' name='Mine' subscription='both'/>");
  CHECK(play.takes_news() == Lines{"done bob"});
  play.asked.clear();
  play.enter(bob);
  play.answers_with_roster(
      "<item jid='team@call.example.org' name='Mine' subscription='to'><group>Work</group></item>");
  play.question();
  CHECK(play.question() ==
        "<iq type='set' from='call.example.org' to='bob@example.org'><query xmlns='jabber:iq:roster'>"
        "<item jid='team@call.example.org' name='Mine' subscription='both'><group>Work</group></item></query></iq>");
}

TEST_CASE("a renamed conference renames the entry, unless the person gave it a name of his own") {
  Play play;
  proves_itself(play);
  const RosterJob job{RosterWork::rename, team, bob, "Choir", "Team call"};
  play.rosters.add(job);
  play.answers_with_roster(
      "<item jid='team@call.example.org' name='Team call' subscription='both'><group>Work</group></item>");
  play.question();
  CHECK(play.question() ==
        "<iq type='set' from='call.example.org' to='bob@example.org'><query xmlns='jabber:iq:roster'>"
        "<item jid='team@call.example.org' name='Choir' subscription='both'><group>Work</group></item></query></iq>");
  play.answers("<iq type='result'/>");
  play.rosters.add(job);
  play.answers_with_roster("<item jid='team@call.example.org' name='Mine' subscription='both'/>");
  play.rosters.add(job);
  play.answers_with_roster("");  // he has thrown it out
  CHECK(play.takes_news() == Lines{"done bob", "done bob", "done bob"});
  CHECK(play.open.empty());
}

TEST_CASE("an entry is removed, and one that is gone already counts as removed") {
  Play play;
  proves_itself(play);
  play.rosters.add({RosterWork::remove, team, bob});
  CHECK(play.question() ==
        "<iq type='set' from='call.example.org' to='bob@example.org'><query xmlns='jabber:iq:roster'>"
        "<item jid='team@call.example.org' subscription='remove'/></query></iq>");
  play.answers("<iq type='result'/>");
  play.rosters.add({RosterWork::remove, team, bob});
  play.answers_with_error("item-not-found");
  CHECK(play.takes_news() == Lines{"done bob", "done bob"});
}

TEST_CASE("one thing at a time is done to one entry") {
  Play play;
  proves_itself(play);
  play.enter(bob);
  play.rosters.add({RosterWork::remove, team, bob});
  CHECK(play.open.size() == 1);
  play.answers_with_roster(ours);
  CHECK(play.open.size() == 1);
  play.question();
  CHECK(play.question().find("remove") != std::string::npos);
}

TEST_CASE("only the operator's own servers grant anything, and only the right to read and write counts") {
  Play play;
  const auto grant = [&](const std::string& from, const std::string& type) {
    return play.hears("<message from='" + from +
                      "' to='call.example.org'><privilege xmlns='urn:xmpp:privilege:2'>"
                      "<perm access='roster' type='" +
                      type + "'/></privilege></message>");
  };
  CHECK(grant("evil.example", "both"));
  CHECK(grant("ann@example.org", "both"));
  CHECK(grant("example.org/x", "both"));
  CHECK(grant("example.org", "get"));
  CHECK(grant("example.org", "set"));
  CHECK_FALSE(play.hears("<message from='example.org' to='call.example.org'><body>both</body></message>"));
  CHECK_FALSE(play.rosters.writes_roster_of(ann));
  CHECK_FALSE(play.rosters.writes_roster_of(Address("eve", "evil.example")));
  CHECK(play.takes_news().empty());
}

TEST_CASE("switched off, nothing is written whatever is granted") {
  Play play(false);
  play.is_granted();
  CHECK_FALSE(play.rosters.writes_roster_of(ann));
}

TEST_CASE("what a lost connection interrupted is done when the grant comes back") {
  Play play;
  proves_itself(play);
  play.enter(bob);
  play.rosters.offline();
  play.answers("");
  CHECK(play.rosters.writes_roster_of(bob));  // he is not to be asked for that
  play.rosters.add({RosterWork::remove, team, ann});
  CHECK(play.open.empty());
  play.rosters.online(start);
  play.is_granted();
  CHECK(play.open.size() == 2);
  CHECK(play.takes_news().empty());
}

TEST_CASE("a grant that does not come back with the connection is no grant: who waits is asked") {
  Play play;
  proves_itself(play);
  play.rosters.offline();
  play.enter(bob);
  play.rosters.online(start);
  play.rosters.time_passed(start + 9s);
  CHECK(play.takes_news().empty());
  play.rosters.time_passed(start + 10s);
  CHECK(play.takes_news() == Lines{"leaves example.org", "refused bob"});
  play.rosters.offline();  // and a later connection may bring it
  play.is_granted();
  CHECK(play.rosters.writes_roster_of(bob));
}
