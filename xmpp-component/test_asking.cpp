// People write to the service and to conferences.
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

TEST_CASE("Romeo writes “help” to the service, or to its domain, and reads how to start a call") {
  Play play;
  for (const std::string& to : {service, domain}) {
    play.says(romeo, to, "help");
    const std::string answer = play.hears(romeo);
    CHECK(contains(answer, "call juliet@example.org"));
    CHECK(contains(answer, to == domain ? "from='call.example.org'" : "from='rollcall@call.example.org/call'"));
  }
}

TEST_CASE("Romeo calls for Juliet and Mercutio: he reads how to join, they are invited and introduced") {
  Play play;
  play.mcu_comes();
  play.says(romeo, service, "call team: juliet@example.org mercutio@example.org", "<thread>t7</thread>");

  const std::string answer = play.hears(romeo);
  CHECK(contains(answer, "“team” is ready"));
  CHECK(contains(answer, "juliet@example.org, mercutio@example.org"));
  CHECK(contains(answer, team));
  CHECK(contains(answer, "https://meet/j/team"));
  CHECK(contains(answer, "<thread>t7</thread>"));
  CHECK(contains(play.hears(romeo, "presence"), "type='subscribe'"));

  for (const std::string& invitee : {juliet, mercutio}) {
    const std::string invitation = play.hears(invitee);
    CHECK(count(invitation, "<body") == 1);
    CHECK(count(invitation, "<propose") == 1);
    CHECK(contains(invitation, "from='team@call.example.org/call'"));
    CHECK(contains(invitation, "romeo@example.org invites you"));
    CHECK(contains(invitation, "https://meet/j/team"));
    CHECK(contains(invitation, "xmpp:team@call.example.org"));
    CHECK(contains(invitation, "<store xmlns='urn:xmpp:hints'/>"));
    const std::string introduction = play.hears(invitee, "presence");
    CHECK(contains(introduction, "type='subscribe'"));
    CHECK(contains(introduction, "<nick xmlns='http://jabber.org/protocol/nick'>team</nick>"));
  }
  CHECK(play.order<rules::CreateConference>().conference == model::ConferenceId("team"));
}

TEST_CASE("a call without a name gets an address of its own and its people's names") {
  Play play;
  play.mcu_comes();
  play.says(romeo, service, "call juliet@example.org");
  CHECK(contains(play.hears(romeo), "“romeo, juliet” is ready"));
  CHECK(play.order<rules::CreateConference>().conference.text().starts_with("call-"));
}

TEST_CASE("what cannot be done is answered with a sentence, and nobody else hears of it") {
  TeamPlay play;
  struct Case {
    std::string to, words, answer;
  };
  for (const auto& [to, words, answer] :
       {Case{service, "dance with me", "I do not understand “dance with me”"},
        Case{service, "call juliet@@example.org", "is not a Jabber address"},
        Case{service, "call romeo@example.org", "cannot be invited"},
        Case{service, "call team: juliet@example.org", "is named “team” already"},
        Case{service, "call rollcall: juliet@example.org", "already"}, Case{team, "sing", "I do not understand “sing”"},
        Case{"nobody@" + domain, "who", "There is no call named “nobody”"}}) {
    CAPTURE(words);
    play.says(romeo, to, words);
    CHECK(contains(play.hears(romeo), answer));
    CHECK(play.said.empty());
    CHECK(play.to_mcu.empty());
  }
}

TEST_CASE("no media server: the sentence says so, and nobody is invited in vain") {
  Play play;
  play.says(romeo, service, "call team: juliet@example.org");
  CHECK(contains(play.hears(romeo), "No media server is connected"));
  CHECK(play.said.empty());
  CHECK(play.written.empty());
}

TEST_CASE("a stranger is told that he may not, and rings nobody") {
  TeamPlay play;
  play.says(paris, service, "call plot: juliet@example.org");
  CHECK(contains(play.hears(paris), "You may not do this"));
  for (const char* words : {"who", "link", "end", "invite mercutio@example.org"}) {
    CAPTURE(words);
    play.says(paris, team, words);
    CHECK(contains(play.hears(paris), "You may not do this"));
  }
  CHECK(play.said.empty());
  CHECK(play.to_mcu.empty());
}

TEST_CASE("a conference answers who is in it, gives its link, and invites") {
  TeamPlay play;
  play.says(juliet, team, "who");
  CHECK(contains(play.hears(juliet), "Nobody is in “team” now"));
  play.says(juliet, team, "link");
  CHECK(contains(play.hears(juliet), "https://meet/j/team"));
  play.says(juliet, team, "help");
  CHECK(contains(play.hears(juliet), "This contact is the call “team”"));
  play.says(juliet, team, "invite mercutio@example.org");
  CHECK(contains(play.hears(juliet), "I have invited mercutio@example.org to “team”"));
  CHECK(contains(play.hears(mercutio), "juliet@example.org invites you"));
}

TEST_CASE("a guest of another domain who was invited may ask the conference, but not invite others") {
  TeamPlay play;
  play.says(romeo, team, "invite paris@elsewhere.example");
  CHECK(contains(play.hears(paris), "romeo@example.org invites you"));
  play.says(paris, team, "link");
  CHECK(contains(play.hears(paris), "https://meet/j/team"));
  play.says(paris, team, "invite mercutio@example.org");
  CHECK(contains(play.hears(paris), "You may not do this"));
  CHECK(play.hears(mercutio).empty());
}

TEST_CASE("a database that fails: Romeo reads an apology, nothing is promised, and the name is free again") {
  Play play;
  play.mcu_comes();
  play.database_fails = true;
  play.says(romeo, service, "call team: juliet@example.org");
  CHECK(contains(play.hears(romeo), "“team” could not be saved just now"));
  CHECK(play.said.empty());
  CHECK(play.orders<rules::DestroyConference>().size() == 1);

  play.database_fails = false;
  play.says(romeo, service, "call team: juliet@example.org");
  CHECK(contains(play.hears(romeo), "“team” is ready"));
  CHECK(contains(play.hears(juliet), "invites you"));
}

TEST_CASE("a database that fails under an invitation: an apology, and nobody is invited") {
  TeamPlay play;
  play.database_fails = true;
  play.says(romeo, team, "invite mercutio@example.org");
  CHECK(contains(play.hears(romeo), "“team” could not be saved just now"));
  CHECK(play.said.empty());
}

TEST_CASE("JC-52: encrypted words are answered with one explanation, not one for each") {
  TeamPlay play;
  const std::string omemo = "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/></encrypted>";
  play.says(juliet, team, "I sent you an OMEMO encrypted message", omemo);
  CHECK(contains(play.hears(juliet), "I cannot read encrypted messages"));
  play.says("juliet@example.org/tomb", team, "I sent you an OMEMO encrypted message", omemo);
  play.says(juliet, service, "I sent you an OMEMO encrypted message", omemo);
  CHECK(play.said.empty());
  play.says(romeo, team, "I sent you an OMEMO encrypted message", omemo);
  CHECK(contains(play.hears(romeo), "I cannot read encrypted messages"));
}

TEST_CASE("XEP-0184: who asks for a receipt gets one before the answer") {
  TeamPlay play;
  play.says(juliet, team, "who", "<request xmlns='urn:xmpp:receipts'/>");
  const std::string heard = play.hears(juliet);
  const auto receipt = heard.find("<received xmlns='urn:xmpp:receipts' id='m1'/>");
  REQUIRE(receipt != std::string::npos);
  CHECK(receipt < heard.find("Nobody is in"));
  play.sends("<message type='chat' from='" + juliet + "' to='" + team +
             "'><body>who</body><request xmlns='urn:xmpp:receipts'/></message>");
  CHECK(count(play.hears(juliet), "<received") == 0);  // a receipt needs an id to refer to
}

TEST_CASE("JC-51: what nobody typed for us is not answered") {
  TeamPlay play;
  play.says(juliet, team, "  ");
  play.says(juliet, team, "who", "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>");
  for (const char* type : {"error", "groupchat", "headline"}) {
    play.sends(std::string("<message type='") + type + "' from='" + juliet + "' to='" + team +
               "'><body>who</body></message>");
  }
  play.sends("<message type='chat' from='" + juliet + "' to='" + team +
             "'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
  play.says("other@call.example.org/call", team, "who");  // our own voice
  CHECK(play.said.empty());
}

}  // namespace
}  // namespace rollcall::component::testing
