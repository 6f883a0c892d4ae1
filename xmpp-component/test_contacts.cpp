// Conferences as contacts: presence, discovery, and what a restart leaves of them.
#include <algorithm>

#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

const std::string info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
const std::string items = "<query xmlns='http://jabber.org/protocol/disco#items'/>";

void subscribes(Play& play, const std::string& who, const std::string& to) {
  play.sends("<presence type='subscribe' from='" + bare(who) + "' to='" + to + "'/>");
}

/// What an earlier process wrote down: Romeo's conference, which he and Juliet have in their rosters.
rules::State state_of_a_restart() {
  rules::State state = fresh_state();
  model::Conference conference{.id = model::ConferenceId("team"), .title = "Team"};
  conference.creator = *model::Address::parse("romeo@example.org");
  conference.owner = conference.creator;
  conference.last_used = model::Time{1'000'000s};
  conference.holders = {*model::Address::parse("juliet@example.org"), *model::Address::parse("romeo@example.org")};
  state.conferences.emplace(conference.id, conference);
  return state;
}

TEST_CASE("Juliet takes the conference into her roster: approved, presence at once, and it is written down") {
  TeamPlay play;
  play.written.clear();
  subscribes(play, juliet, team);
  const std::string heard = play.hears(juliet, "presence");
  CHECK(contains(heard, "type='subscribed'"));
  CHECK(contains(heard, "<status>No call running. Call me to start one.</status>"));
  CHECK(contains(heard, "<show>xa</show>"));
  REQUIRE(play.written.size() == 1);
  CHECK(std::get<model::SaveHolder>(play.written[0]).holder.text() == "juliet@example.org");

  play.sends("<presence type='unsubscribe' from='juliet@example.org' to='" + team + "'/>");
  REQUIRE(play.written.size() == 2);
  CHECK(std::holds_alternative<model::DeleteHolder>(play.written[1]));
}

TEST_CASE("anybody of the allowed domains can have the service as a contact, and the domain") {
  Play play;
  for (const std::string& contact : {service, domain}) {
    CAPTURE(contact);
    subscribes(play, juliet, contact);
    CHECK(contains(play.hears(juliet, "presence"), "type='subscribed'"));
    subscribes(play, paris, contact);
    CHECK(contains(play.hears(paris, "presence"), "type='unsubscribed'"));
  }
}

TEST_CASE("a stranger cannot have a conference as a contact, nor anybody one that does not exist") {
  TeamPlay play;
  subscribes(play, paris, team);
  CHECK(contains(play.hears(paris, "presence"), "type='unsubscribed'"));
  subscribes(play, juliet, "nobody@" + domain);
  CHECK(contains(play.hears(juliet, "presence"), "type='unsubscribed'"));
  CHECK(play.said.empty());
}

TEST_CASE("after a restart everybody who has the contact gets its presence, and is asked for his") {
  Play play(state_of_a_restart());
  play.contacts->is_online();
  for (const std::string& holder : {romeo, juliet}) {
    const std::string heard = play.hears(holder, "presence");
    CHECK(contains(heard, "from='team@call.example.org/call'"));
    CHECK(contains(heard, "No call running"));
    CHECK(contains(heard, "type='probe'"));
  }
  CHECK(play.said.empty());
}

TEST_CASE("a conference that nobody used for a day is withdrawn from the rosters") {
  Play play(state_of_a_restart());
  play.passes(24h + 1s);
  for (const std::string& holder : {romeo, juliet}) {
    const std::string heard = play.hears(holder, "presence");
    CHECK(contains(heard, "type='unavailable'"));
    CHECK(contains(heard, "type='unsubscribed'"));
  }
  CHECK(std::holds_alternative<model::DeleteConference>(play.written.at(0)));
  CHECK(contains(play.asks(romeo, team + "/call", info), "item-not-found"));
}

TEST_CASE("a conference says what it can do, and its caps name the same") {
  TeamPlay play;
  const std::string answer = play.asks(juliet, team + "/call", info);
  CHECK(contains(answer, "from='team@call.example.org/call'"));
  CHECK(contains(answer, "urn:xmpp:jingle:apps:rtp:video"));
  subscribes(play, juliet, team);
  const std::string presence = play.hears(juliet, "presence");
  const std::string mark = "ver='";
  const auto begin = presence.find(mark) + mark.size();
  const std::string ver = presence.substr(begin, presence.find('\'', begin) - begin);
  const std::string node = "https://rollcall.example/caps#" + ver;
  CHECK(contains(
      play.asks(juliet, team + "/call", "<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'/>"),
      "urn:xmpp:jingle-message:0"));
}

TEST_CASE("the domain lists the service, and to each the conferences that he has") {
  TeamPlay play;
  subscribes(play, juliet, team);
  play.goes_silent();
  CHECK(contains(play.asks(juliet, domain, items), "jid='team@call.example.org'"));
  const std::string for_paris = play.asks(paris, domain, items);
  CHECK(contains(for_paris, "jid='rollcall@call.example.org'"));
  CHECK(count(for_paris, "team@") == 0);
}

TEST_CASE("ping, version and vCard are answered by every contact, and nothing is at an address without one") {
  TeamPlay play;
  for (const std::string& contact : {domain, service, team, team + "/call"}) {
    CAPTURE(contact);
    CHECK(contains(play.asks(paris, contact, "<ping xmlns='urn:xmpp:ping'/>"), "type='result'"));
    CHECK(contains(play.asks(paris, contact, "<query xmlns='jabber:iq:version'/>"), "<name>Rollcall</name>"));
    CHECK(contains(play.asks(paris, contact, "<vCard xmlns='vcard-temp'/>"), "<FN>"));
  }
  CHECK(contains(play.asks(paris, team, "<vCard xmlns='vcard-temp'/>"), "<FN>team</FN>"));
  for (const std::string& question : {info, items, std::string("<vCard xmlns='vcard-temp'/>")}) {
    CHECK(contains(play.asks(paris, "nobody@" + domain, question), "item-not-found"));
  }
}

TEST_CASE("who searches finds by a part of its name what he has, and no more") {
  TeamPlay play;
  subscribes(play, juliet, team);
  play.goes_silent();
  CHECK(contains(play.asks(juliet, domain, "<query xmlns='jabber:iq:search'/>"), "<nick/>"));
  const auto search = [&](const std::string& who, const std::string& name) {
    return play.asks(who, domain, "<query xmlns='jabber:iq:search'><nick>" + name + "</nick></query>", "set");
  };
  CHECK(contains(search(juliet, "TEA"), "<item jid='team@call.example.org'><nick>team</nick></item>"));
  CHECK(count(search(juliet, "other"), "<item") == 0);
  CHECK(count(search(paris, ""), "<item") == 0);
}

TEST_CASE("a device that shows its presence is asked once what it can do") {
  TeamPlay play;
  subscribes(play, juliet, team);
  play.goes_silent();
  const std::string caps =
      "<c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='https://client.example' ver='AAAA'/>";
  for (int time = 0; time < 2; ++time) {
    play.sends("<presence from='" + juliet + "' to='" + team + "/call'>" + caps + "</presence>");
  }
  const std::string questions = play.hears(juliet, "iq");
  CHECK(count(questions, "disco#info") == 1);
  CHECK(contains(questions, "node='https://client.example#AAAA'"));
  play.contacts_hear("<iq type='error' id='q1' from='" + juliet + "' to='" + service + "/call'/>");
}

const std::string grant =
    "<message from='example.org' to='call.example.org'><privilege xmlns='urn:xmpp:privilege:2'>"
    "<perm access='roster' type='both'/></privilege></message>";

TEST_CASE(
    "JC-55: with the server's leave, who is invited has the contact without being asked, and it is written down") {
  TeamPlay play;
  play.sends(grant);
  play.says(romeo, team, "invite " + bare(mercutio));
  CHECK(count(play.hears(mercutio, "presence"), "subscribe") == 0);
  CHECK(contains(play.hears(mercutio, "iq"), "type='get'"));
  play.contacts_hear("<iq type='result'><query xmlns='jabber:iq:roster'/></iq>");
  CHECK(contains(play.hears(mercutio, "iq"), "<item jid='team@call.example.org' name='team' subscription='both'>"));
  play.contacts_hear("<iq type='result'/>");
  play.contacts_hear(
      "<iq type='result'><query xmlns='jabber:iq:roster'><item jid='team@call.example.org' subscription='both'/>"
      "</query></iq>");
  CHECK(contains(play.hears(mercutio, "presence"), "No call running"));
  CHECK(std::get<model::SaveHolder>(play.written.back()).holder.text() == bare(mercutio));
}

TEST_CASE("who is made a guest again loses the entry in his roster") {
  Play play(state_of_a_restart());
  play.sends(grant);
  play.says(romeo, team, "keep");
  play.says(romeo, team, "guest juliet");
  CHECK(contains(play.hears(juliet, "iq"), "subscription='remove'"));
  CHECK(contains(play.hears(juliet, "presence"), "type='unavailable'"));
  CHECK(std::ranges::any_of(play.written, [](const model::Write& write) {
    const auto* gone = std::get_if<model::DeleteHolder>(&write);
    return gone != nullptr && gone->holder.text() == bare(juliet);
  }));
  CHECK(play.allocator.conference(model::ConferenceId("team"))->holders.size() == 1);
}

TEST_CASE("a deleted conference's entries are removed from the rosters") {
  Play play(state_of_a_restart());
  play.sends(grant);
  play.says(romeo, team, "delete");
  for (const std::string& holder : {romeo, juliet}) CHECK(contains(play.hears(holder, "iq"), "subscription='remove'"));
}

}  // namespace
}  // namespace rollcall::component::testing
