// Calls: from the announcement to the goodbye.
#include "xmpp-component/joining_play.h"

namespace rollcall::component::testing {
namespace {

using jingle::testing::dino_offer;
using jingle::testing::grouped_offer;

TEST_CASE("JC-1, JC-9: who proposes gets, from /call, the contact's presence, a receipt, ringing and proceed") {
  CallPlay play;
  play.says(romeo, service, "call alone: " + bare(mercutio));
  play.goes_silent();
  play.to_mcu.clear();
  play.proposes(juliet, "S1", "alone@call.example.org", "<request xmlns='urn:xmpp:receipts'/>");
  std::vector<std::string> heard;
  for (const Line& line : play.said) {
    CHECK(line.to == juliet);
    CHECK(line.tag->findAttribute("from") == "alone@call.example.org/call");
    heard.push_back(line.tag->name() == "presence" ? "presence" : line.tag->children().front()->name());
  }
  CHECK(heard == std::vector<std::string>{"presence", "received", "ringing", "proceed"});
  CHECK(play.to_mcu.empty());
}

TEST_CASE("Juliet's offer becomes a leg at the MCU, and the MCU's answer her session-accept") {
  CallPlay play;
  play.proposes(juliet, "S1");
  play.goes_silent();
  CHECK(contains(play.acts(juliet, "session-initiate", "S1", grouped_offer()), "type='result'"));
  const auto create = play.order<rules::CreateLeg>();
  CHECK(create.mcu == mcu);
  CHECK(create.name == "juliet");
  CHECK(create.offer->transports.size() == 1);
  CHECK(play.said.empty());

  play.answers(create);
  const std::string accept = play.hears(juliet, "iq");
  CHECK(contains(accept, "action='session-accept'"));
  CHECK(contains(accept, "sid='S1'"));
  CHECK(contains(accept, "our-password-of-22-chars1"));
  const auto saved = std::get<model::SaveLeg>(play.written.back());
  CHECK(saved.participant.address.text() == juliet);
}

TEST_CASE("who calls without announcing it, and without bundling, is taken too") {
  CallPlay play;
  CHECK(contains(play.acts(juliet, "session-initiate", "S1", dino_offer()), "type='result'"));
  const auto create = play.order<rules::CreateLeg>();
  CHECK(create.offer->transports.size() == 2);
  play.answers(create);
  CHECK(contains(play.hears(juliet, "iq"), "action='session-accept'"));
}

TEST_CASE("everybody who has the contact sees who is in the call, and that it is over") {
  CallPlay play;
  play.sends("<presence type='subscribe' from='romeo@example.org' to='" + team + "'/>");
  play.goes_silent();
  play.joins(juliet, "S1");
  CHECK(contains(play.hears(romeo, "presence"), "<status>1 in call: juliet</status>"));
  play.says(romeo, team, "who");
  CHECK(contains(play.hears(romeo), "In “team” now: juliet."));

  CHECK(contains(play.acts(juliet, "session-terminate", "S1", "<reason><success/></reason>"), "type='result'"));
  CHECK(play.orders<rules::DestroyLeg>().size() == 1);
  CHECK(play.orders<rules::DestroyConference>().size() == 1);
  play.passes(1s);
  CHECK(contains(play.hears(romeo, "presence"), "No call running"));
}

TEST_CASE("joins in quick succession are one presence, within a second") {
  CallPlay play;
  play.sends("<presence type='subscribe' from='romeo@example.org' to='" + team + "'/>");
  play.joins(romeo, "S1");
  play.goes_silent();
  play.joins(juliet, "S2");
  play.joins(mercutio, "S3");
  CHECK(play.hears(romeo, "presence").empty());
  play.passes(1s);
  const std::string heard = play.hears(romeo, "presence");
  CHECK(count(heard, "<presence") == 1);
  CHECK(contains(heard, "3 in call: romeo, juliet, mercutio"));
}

TEST_CASE("an offer that the MCU cannot serve is ended with a reason and explained in words") {
  CallPlay play;
  play.acts(juliet, "session-initiate", "S1", grouped_offer());
  const auto create = play.order<rules::CreateLeg>();
  play.happens(rules::McuRefused{create.leg, {model::Reason::no_common_codec, "H264"}});
  const std::string terminate = play.hears(juliet, "iq");
  CHECK(contains(terminate, "action='session-terminate'"));
  CHECK(contains(terminate, "<failed-application/>"));
  CHECK(contains(play.hears(juliet), "no kind of sound or picture in common (H264)"));
  CHECK(play.allocator.state().participants.empty());
}

TEST_CASE("JC-13: a full MCU rejects a proposal with a reason and a sentence, and nothing rings on") {
  CallPlay play;
  play.happens(rules::McuDown{mcu});
  play.happens(rules::McuUp{mcu, 0.1});
  play.proposes(juliet, "S1");
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "<reject xmlns='urn:xmpp:jingle-message:0' id='S1'>"));
  CHECK(contains(heard, "<body>There is no place left at the moment"));
  CHECK(play.said.empty());
}

TEST_CASE("a stranger's proposal is rejected with a sentence") {
  CallPlay play;
  play.proposes(paris, "S1");
  const std::string heard = play.hears(paris);
  CHECK(contains(heard, "<reject"));
  CHECK(contains(heard, "<body>You may not do this"));
  CHECK(play.said.empty());
  play.acts(paris, "session-initiate", "S2", grouped_offer());
  CHECK(contains(play.hears(paris, "iq"), "<decline/>"));
  CHECK(play.to_mcu.empty());
}

TEST_CASE("a call to a conference that does not exist: item-not-found, or a reject with a sentence") {
  CallPlay play;
  const std::string nobody = "nobody@" + domain;
  CHECK(contains(play.acts(juliet, "session-initiate", "S1", grouped_offer(), nobody + "/call"), "<item-not-found"));
  CHECK(play.said.empty());
  play.proposes(juliet, "S2", nobody);
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "<reject"));
  CHECK(contains(heard, "<body>There is no call named “nobody”"));
  CHECK(play.said.empty());
}

TEST_CASE("the creator ends it: terminate and finish for everybody in it, and words for the others") {
  CallPlay play;
  play.proposes(juliet, "S1");
  play.joins(juliet, "S1");
  play.proposes(mercutio, "S2");
  play.joins(mercutio, "S2");
  play.goes_silent();

  play.says(juliet, team, "end");
  CHECK(contains(play.hears(juliet), "Only a moderator may do this"));
  CHECK(play.said.empty());

  play.says(romeo, team, "end");
  CHECK(contains(play.hears(romeo), "“team” has ended for everybody"));
  for (const std::string& who : {juliet, mercutio}) {
    CAPTURE(who);
    const std::string terminate = play.hears(who, "iq");
    CHECK(count(terminate, "action='session-terminate'") == 1);
    const std::string words = play.hears(who);
    CHECK(contains(words, "<finish xmlns='urn:xmpp:jingle-message:0'"));
    CHECK(contains(words, "romeo has ended “team”"));
  }
  CHECK(play.orders<rules::DestroyLeg>().size() == 2);
  CHECK(play.orders<rules::DestroyConference>().size() == 1);
  CHECK(play.allocator.state().participants.empty());
}

TEST_CASE("Juliet gives up before the MCU answered: its late answer is for nobody") {
  CallPlay play;
  play.proposes(juliet, "S1");
  play.acts(juliet, "session-initiate", "S1", grouped_offer());
  const auto create = play.order<rules::CreateLeg>();
  play.acts(juliet, "session-terminate", "S1", "<reason><cancel/></reason>");
  CHECK(play.orders<rules::DestroyLeg>().size() == 1);
  play.goes_silent();
  play.answers(create);
  CHECK(play.said.empty());
  CHECK(play.allocator.state().participants.empty());
}

TEST_CASE("a retracted proposal leaves nothing behind") {
  CallPlay play;
  play.proposes(juliet, "S1");
  play.goes_silent();
  play.sends("<message type='chat' from='" + juliet + "' to='" + team +
             "'><retract xmlns='urn:xmpp:jingle-message:0' id='S1'/></message>");
  CHECK(play.allocator.state().participants.empty());
  CHECK(play.said.empty());
}

TEST_CASE("JC-48: who is gone, as the MCU finds, is told so by his contact's goodbye; the presence follows") {
  CallPlay play;
  play.sends("<presence type='subscribe' from='romeo@example.org' to='" + team + "'/>");
  const model::LegId leg = play.joins(juliet, "S1");
  play.goes_silent();
  play.happens(rules::LegEnded{leg, model::Reason::connectivity});
  CHECK(contains(play.hears(juliet, "iq"), "<connectivity-error/>"));
  play.passes(1s);
  CHECK(contains(play.hears(romeo, "presence"), "No call running"));
}

TEST_CASE("a call goes on through a restart: the next process ends it by the same sid") {
  rules::State state = fresh_state();
  {
    CallPlay before;
    before.proposes(juliet, "S1");
    const model::LegId leg = before.joins(juliet, "S1");
    state.conferences = before.allocator.state().conferences;
    state.participants = before.allocator.state().participants;
    state.participants.at(leg).signalling = before.jabber->signalling(leg);
  }
  Play after(state);
  for (const auto& [leg, participant] : after.allocator.state().participants) {
    REQUIRE(after.jabber->restore(participant));
    after.happens(rules::McuUp{mcu, 2000, {{participant.conference, {leg}}}});
  }
  CHECK(after.said.empty());
  after.says(romeo, team, "end");
  const std::string terminate = after.hears(juliet, "iq");
  CHECK(contains(terminate, "action='session-terminate'"));
  CHECK(contains(terminate, "sid='S1'"));
  CHECK(contains(after.hears(juliet), "romeo has ended “team”"));
  CHECK(after.orders<rules::DestroyLeg>().size() == 1);
}

}  // namespace
}  // namespace rollcall::component::testing
