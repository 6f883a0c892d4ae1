// What real clients do otherwise, and the service does for them.
#include "xmpp-component/joining_play.h"

namespace rollcall::component::testing {
namespace {

using jingle::testing::answer_to;
using jingle::testing::content;

TEST_CASE("JC-47: an offer without DTLS ends with a security error, and words with the link for a browser") {
  CallPlay play;
  play.proposes(juliet, "S1");
  play.goes_silent();
  CHECK(contains(play.acts(juliet, "session-initiate", "S1", offer_without_dtls()), "type='result'"));
  const std::string terminate = play.hears(juliet, "iq");
  CHECK(contains(terminate, "action='session-terminate'"));
  CHECK(contains(terminate, "<security-error/>"));
  const std::string words = play.hears(juliet);
  CHECK(contains(words, "You can join by browser: https://meet/j/team"));
  CHECK(play.orders<rules::CreateLeg>().empty());
  CHECK(play.allocator.state().participants.empty());
}

TEST_CASE("JC-47: Gajim, which understands no other end, is told decline instead") {
  CallPlay play;
  play.uses(juliet, "Gajim");
  play.acts(juliet, "session-initiate", "S1", offer_without_dtls());
  const std::string terminate = play.hears(juliet, "iq");
  CHECK(contains(terminate, "<reason><decline/>"));
  CHECK(terminate.find("security-error/>") == std::string::npos);
  CHECK(contains(play.hears(juliet), "You can join by browser: https://meet/j/team"));
}

TEST_CASE("JC-48: a caller whose presence goes stays in the call, for the MCU watches him") {
  CallPlay play;
  play.sends("<presence from='" + juliet + "' to='" + team + "'/>");
  const model::LegId leg = play.joins(juliet, "S1");
  play.goes_silent();
  play.sends("<presence type='unavailable' from='" + juliet + "' to='" + team + "'/>");
  play.passes(10s);
  CHECK(play.hears(juliet, "iq").empty());
  CHECK(play.orders<rules::DestroyLeg>().empty());
  CHECK(play.allocator.state().participants.contains(leg));
}

TEST_CASE("JC-2: a conference is deleted: first its calls end, then its contact goes") {
  CallPlay play;
  play.sends("<presence type='subscribe' from='juliet@example.org' to='" + team + "'/>");
  play.joins(juliet, "S1");
  play.goes_silent();
  play.says(romeo, team, "delete");
  bool ended = false;
  int goodbyes = 0;
  for (const Line& line : play.said) {
    ended = ended || line.xml().find("action='session-terminate'") != std::string::npos;
    if (line.tag->name() != "presence" || line.tag->findAttribute("type") != "unavailable") continue;
    ++goodbyes;
    CHECK(ended);
  }
  CHECK(goodbyes == 1);
}

TEST_CASE("JC-42: a picture added by Movim, as its discovery names it, is answered with a whole session-accept") {
  const auto adds_a_picture = [](const std::string& client) {
    CallPlay play;
    play.uses(juliet, client);
    play.acts(juliet, "session-initiate", "S1", jingle::testing::group("0") + content("0", "audio"));
    play.answers(play.order<rules::CreateLeg>());
    play.goes_silent();
    play.acts(juliet, "content-add", "S1", jingle::testing::group("01") + content("1", "video"));
    const auto change = play.order<rules::ChangeLeg>();
    play.happens(rules::McuChanged{change.leg, answer_to(change.offer)});
    return play.hears(juliet, "iq");
  };
  CHECK(contains(adds_a_picture("Movim"), "action='session-accept'"));
  CHECK(contains(adds_a_picture("Conversations"), "action='content-accept'"));
}

}  // namespace
}  // namespace rollcall::component::testing
