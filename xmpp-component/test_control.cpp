// People control a conference from its chat, in their language.
#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

using jingle::testing::answer_to;
using jingle::testing::grouped_offer;

/// Romeo, who owns it, and Juliet are in the call.
struct ControlPlay : TeamPlay {
  ControlPlay() {
    joins(romeo, "S1");
    joins(juliet, "S2");
    goes_silent();
    to_mcu.clear();
  }
  model::LegId joins(const std::string& who, const std::string& sid) {
    now += 1ms;
    asks(who, team + "/call",
         "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='" + sid + "'>" + grouped_offer() +
             "</jingle>",
         "set");
    const auto create = order<rules::CreateLeg>();
    happens(rules::McuAnswered{create.leg, answer_to(*create.offer)});
    happens(rules::LegConnected{create.leg});
    return create.leg;
  }
  std::string says_and_hears(const std::string& who, const std::string& words, const std::string& extra = "") {
    says(who, team, words, extra);
    return hears(who);
  }
};

TEST_CASE("each command of the owner's is answered, and does what it says") {
  ControlPlay play;
  CHECK(contains(play.says_and_hears(romeo, "lock"), "“team” is locked"));
  CHECK(contains(play.says_and_hears(romeo, "unlock"), "“team” is unlocked"));
  CHECK(contains(play.says_and_hears(romeo, "mute Juliet"), "juliet is muted."));
  CHECK(std::get<rules::SilenceWish>(play.order<rules::Order>().wish).silent);
  CHECK(contains(play.hears(juliet), "romeo has muted you"));
  CHECK(contains(play.says_and_hears(romeo, "unmute jul"), "juliet can be heard again"));
  CHECK(contains(play.says_and_hears(romeo, "layout grid"), "equal tiles"));
  CHECK(contains(play.says_and_hears(romeo, "spotlight juliet"), "Everybody sees juliet large"));
  CHECK(play.orders<rules::Order>().size() == 3);
  CHECK(contains(play.says_and_hears(romeo, "members"), "belongs to romeo@example.org"));
  CHECK(contains(play.says_and_hears(romeo, "member mercutio@example.org"), "is a member"));
  CHECK(contains(play.says_and_hears(romeo, "moderator juliet"), "juliet is a moderator"));
  CHECK(contains(play.says_and_hears(romeo, "guest mercutio@example.org"), "is no member"));
  CHECK(contains(play.says_and_hears(romeo, "chat off"), "The chat of “team” is off"));
  CHECK(contains(play.says_and_hears(romeo, "pin"), "The PIN of “team” is"));
  CHECK(contains(play.says_and_hears(romeo, "keep Verona"), "“Verona” stays: it is at team@call.example.org"));
  CHECK(contains(play.says_and_hears(romeo, "rename Padua"), "is called “Padua” now"));
  CHECK(contains(play.says_and_hears(romeo, "members-only"), "Only members get into “Padua”"));
  CHECK(contains(play.says_and_hears(romeo, "open"), "“Padua” is open"));
  CHECK(contains(play.says_and_hears(romeo, "quiet 22-7"), "from 22:00 until 07:00"));
  CHECK(contains(play.says_and_hears(romeo, "why"), "has not said yet"));
  CHECK(contains(play.says_and_hears(romeo, "owner juliet"), "belongs to juliet now"));
  CHECK(contains(play.says_and_hears(romeo, "delete"), "Only the owner may do this: juliet@example.org"));
  CHECK(contains(play.says_and_hears(juliet, "delete"), "“Padua” is deleted"));
}

TEST_CASE("what the media server does not do is not said to be done") {
  ControlPlay play;
  play.mcu_refusal = model::Refusal{model::Reason::no_media_server, ""};
  for (const char* words : {"mute juliet", "layout grid", "spotlight juliet"}) {
    CAPTURE(words);
    const std::string answer = play.says_and_hears(romeo, words);
    CHECK(contains(answer, "media server"));
    CHECK(count(answer, "<message") == 1);
  }
  CHECK(play.hears(juliet).empty());
}

TEST_CASE("who may not hears one sentence, and nothing happens") {
  ControlPlay play;
  play.written.clear();
  for (const char* words :
       {"lock", "mute romeo", "kick romeo", "layout grid", "record", "rename x", "chat off", "end"}) {
    CAPTURE(words);
    const std::string answer = play.says_and_hears(juliet, words);
    CHECK(contains(answer, "Only a moderator may do this. Ask romeo@example.org."));
    CHECK(count(answer, "<message") == 1);
  }
  for (const char* words : {"keep", "delete", "members-only", "owner juliet"}) {
    CAPTURE(words);
    CHECK(contains(play.says_and_hears(juliet, words), "Only "));
  }
  CHECK(play.said.empty());
  CHECK(play.to_mcu.empty());
  CHECK(play.written.empty());
}

TEST_CASE("who is put out reads by whom, and his call ends") {
  ControlPlay play;
  CHECK(contains(play.says_and_hears(romeo, "kick juliet"), "juliet is no more in “team”"));
  CHECK(contains(play.hears(juliet), "romeo has removed you from “team”"));
  CHECK(contains(play.hears(juliet, "iq"), "session-terminate"));
}

TEST_CASE("JC-51: a name that two have is asked back as a menu, and the number is the answer") {
  ControlPlay play;
  play.joins("julia@example.org/desk", "S3");
  const std::string menu = play.says_and_hears(romeo, "mute juli");
  CHECK(contains(menu, "Which one do you mean? Write the number."));
  CHECK(contains(menu, "1 juliet"));
  CHECK(contains(menu, "2 julia"));
  CHECK(contains(play.says_and_hears(romeo, "2"), "julia is muted."));
  play.says_and_hears(romeo, "mute juli");
  play.now += 3min;
  play.goes_silent();
  play.says(romeo, team, "1");  // too late: that is only a line for the others
  CHECK(play.orders<rules::Order>().size() == 1);
}

TEST_CASE("answers come in the language of the person's last stanza, invitations in that of who gets them") {
  TeamPlay play;
  play.sends("<message type='chat' xml:lang='de' from='" + juliet + "' to='" + team + "'><body>wer</body></message>");
  CHECK(contains(play.hears(juliet), "In „team“ ist gerade niemand"));
  play.says(juliet, team, "hilfe");
  const std::string help = play.hears(juliet);
  CHECK(contains(help, "Dieser Kontakt ist das Gespräch „team“"));
  CHECK(contains(help, "  stumm NAME – Jemanden stumm schalten"));
  play.says(romeo, service, "call feast: juliet@example.org");
  CHECK(contains(play.hears(juliet), "lädt dich zum Gespräch „feast“ ein"));
  CHECK(contains(play.hears(romeo), "“feast” is ready"));
  play.sends("<message type='chat' xml:lang='en' from='" + juliet + "' to='" + team + "'><body>wer</body></message>");
  CHECK(contains(play.hears(juliet), "Nobody is in “team” now"));
}

TEST_CASE("a person's language comes from his presence as well, and his contact speaks it") {
  TeamPlay play;
  play.sends("<presence type='subscribe' xml:lang='de' from='juliet@example.org' to='" + team + "'/>");
  CHECK(contains(play.hears(juliet, "presence"), "<status>Kein Gespräch. Ruf mich an, um eines zu beginnen.</status>"));
  play.says(juliet, team, "tanzen");
  CHECK(contains(play.hears(juliet), "„tanzen“ verstehe ich nicht"));
}

TEST_CASE("what is no command reaches the others in the call, marked with the sender's name, and nobody else") {
  ControlPlay play;
  play.says(romeo, team, "who is bringing the cake?");
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "<body>romeo: who is bringing the cake?</body>"));
  CHECK(contains(heard, "from='team@call.example.org/call'"));
  CHECK(play.said.empty());
  play.says(romeo, team, "say lock");
  CHECK(contains(play.hears(juliet), "romeo: lock"));
  play.says(romeo, team, "/dance");
  CHECK(contains(play.hears(romeo), "I do not understand “/dance”"));
  play.says(mercutio, team, "may I join?");
  CHECK(contains(play.hears(mercutio), "I do not understand"));
  CHECK(play.said.empty());
}

TEST_CASE("with the chat off, only commands are taken") {
  ControlPlay play;
  play.says_and_hears(romeo, "chat off");
  CHECK(contains(play.says_and_hears(juliet, "hello all"), "I do not understand “hello all”"));
  CHECK(play.hears(romeo).empty());
  CHECK(contains(play.says_and_hears(juliet, "say hello all"), "The chat of “team” is off"));
}

TEST_CASE("corrections, retractions, receipts, chat states, copies, old and encrypted messages are not passed on") {
  ControlPlay play;
  for (const char* extra :
       {"<replace xmlns='urn:xmpp:message-correct:0' id='m0'/>",
        "<retract xmlns='urn:xmpp:message-retract:1' id='m0'/>", "<reactions xmlns='urn:xmpp:reactions:0' id='m0'/>",
        "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'/>",
        "<x xmlns='http://jabber.org/protocol/muc#user'/>", "<received xmlns='urn:xmpp:carbons:2'/>"}) {
    CAPTURE(extra);
    play.says(romeo, team, "hello all", extra);
    CHECK(play.said.empty());
  }
  play.sends("<message type='chat' from='" + romeo + "' to='" + team +
             "'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>");
  play.sends("<message type='error' from='" + romeo + "' to='" + team + "'><body>hello all</body></message>");
  CHECK(play.said.empty());
  play.says(romeo, team, "secret", "<encrypted xmlns='urn:xmpp:omemo:2'/>");
  CHECK(play.hears(juliet).empty());
  CHECK(contains(play.hears(romeo), "I cannot read encrypted messages"));
}

TEST_CASE("JC-52: the hint about encryption comes in the person's language") {
  TeamPlay play;
  play.sends("<message type='chat' xml:lang='de' from='" + juliet + "' to='" + team +
             "'><body>x</body><encrypted xmlns='eu.siacs.conversations.axolotl'/></message>");
  CHECK(contains(play.hears(juliet), "Ich kann verschlüsselte Nachrichten nicht lesen"));
}

TEST_CASE("a flood is answered once with resource-constraint, then with silence; iqs always, as they must be") {
  TeamPlay play;
  for (int n = 0; n < 300; ++n) play.says(juliet, team, "who");
  const std::string heard = play.hears(juliet);
  CHECK(count(heard, "Nobody is in") == commands::Floods::at_once);
  CHECK(count(heard, "<resource-constraint xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>") == 1);
  CHECK(count(heard, "type='error'") == 1);
  const std::string command = "<command xmlns='http://jabber.org/protocol/commands' node='who' action='execute'/>";
  for (int n = 0; n < 3; ++n) CHECK(contains(play.asks(juliet, team, command, "set"), "resource-constraint"));
  play.says(romeo, team, "who");
  CHECK(contains(play.hears(romeo), "Nobody is in"));
  play.now += 60s;
  play.says(juliet, team, "who");
  CHECK(contains(play.hears(juliet), "Nobody is in"));
}

TEST_CASE("an invitation that comes back from who blocked us is told to the inviter, and not sent again") {
  TeamPlay play;
  play.says(romeo, team, "invite mercutio@example.org");
  const std::string invitation = play.hears(mercutio);
  const auto at = invitation.find(" id='") + 5;
  const std::string id = invitation.substr(at, invitation.find('\'', at) - at);
  play.goes_silent();
  const auto bounces = [&](const std::string& from) {
    play.sends("<message type='error' id='" + id + "' from='" + from + "' to='" + team +
               "/call'><error type='cancel'><service-unavailable "
               "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
  };
  bounces(mercutio);
  CHECK(contains(play.hears(romeo), "My invitation to “team” came back from mercutio@example.org"));
  bounces(mercutio);
  CHECK(play.said.empty());
  play.passes(2min);
  play.goes_silent();
  play.says(romeo, team, "invite mercutio@example.org");
  CHECK(contains(play.hears(romeo), "mercutio@example.org cannot be reached"));
  CHECK(play.hears(mercutio).empty());
}

TEST_CASE("invite loops are refused: conferences, the service, and our own voice") {
  TeamPlay play;
  for (const std::string& address : {team, service, std::string("other@call.example.org")}) {
    play.says(romeo, team, "invite " + address);
    CHECK(contains(play.hears(romeo), "cannot be invited"));
  }
  play.says("other@call.example.org/call", team, "invite juliet@example.org");
  CHECK(play.said.empty());
}

}  // namespace
}  // namespace rollcall::component::testing
