// People control a conference by ad-hoc commands (XEP-0050): every command that the chat knows, to the same end.
#include "xmpp-component/commands/command_table.h"
#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

const std::string commands_namespace = "http://jabber.org/protocol/commands";

/// Romeo, who owns it, and Juliet are in the call.
struct FormControlPlay : TeamPlay {
  std::set<std::string> used;
  FormControlPlay() {
    joins(romeo, "S1");
    joins(juliet, "S2");
    goes_silent();
    to_mcu.clear();
  }
  void joins(const std::string& who, const std::string& sid) {
    now += 1ms;
    asks(who, team + "/call",
         "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='" + sid + "'>" +
             jingle::testing::grouped_offer() + "</jingle>",
         "set");
    const auto create = order<rules::CreateLeg>();
    happens(rules::McuAnswered{create.leg, jingle::testing::answer_to(*create.offer)});
    happens(rules::LegConnected{create.leg});
  }
  /// The whole dialogue at once: the form comes with the first question. Its last answer.
  std::string does(const std::string& who, const std::string& node, const std::string& field = "",
                   const std::string& value = "") {
    used.insert(node);
    now += 3s;  // nobody clicks so fast that it is a flood
    const std::string form = field.empty() ? ""
                                           : "<x xmlns='jabber:x:data' type='submit'><field var='" + field +
                                                 "'><value>" + value + "</value></field></x>";
    const std::string answer =
        asks(who, team,
             "<command xmlns='" + commands_namespace + "' node='" + node + "' action='execute'>" + form + "</command>",
             "set");
    CHECK(contains(answer, "status='completed'"));
    return answer;
  }
};

TEST_CASE("JC-53: every command of a conference is done by form as it is by chat") {
  FormControlPlay play;
  CHECK(contains(play.does(juliet, "who"), "romeo, juliet"));
  CHECK(contains(play.does(juliet, "link"), "https://meet/j/team"));
  CHECK(contains(play.does(juliet, "help"), "invite"));
  CHECK(contains(play.does(juliet, "why", "who", ""), "has not said yet"));
  CHECK(contains(play.does(romeo, "invite", "invitees", "mercutio@example.org"), "mercutio@example.org"));
  CHECK(contains(play.does(romeo, "mute", "who", "juliet"), "juliet is muted."));
  CHECK(contains(play.does(romeo, "unmute", "who", "JUL"), "juliet can be heard again"));
  CHECK(contains(play.does(romeo, "spotlight", "who", "juliet"), "Everybody sees juliet large"));
  CHECK(contains(play.does(romeo, "layout", "choice", "grid"), "equal tiles"));
  CHECK(contains(play.does(romeo, "lock"), "“team” is locked"));
  CHECK(contains(play.does(romeo, "unlock"), "“team” is unlocked"));
  CHECK(contains(play.does(romeo, "pin", "choice", "new"), "The PIN of “team” is"));
  CHECK(contains(play.does(romeo, "chat", "choice", "off"), "The chat of “team” is off"));
  CHECK(contains(play.does(romeo, "chat", "choice", "on"), "chat"));
  play.does(romeo, "say", "text", "Hello");
  CHECK(contains(play.hears(juliet), "Hello"));
  CHECK(contains(play.does(romeo, "keep", "name", "Verona"), "“Verona” stays"));
  CHECK(contains(play.does(romeo, "rename", "name", "Padua"), "is called “Padua” now"));
  CHECK(contains(play.does(romeo, "members"), "belongs to romeo@example.org"));
  CHECK(contains(play.does(romeo, "member", "who", "mercutio@example.org"), "is a member"));
  CHECK(contains(play.does(romeo, "moderator", "who", "juliet"), "juliet is a moderator"));
  CHECK(contains(play.does(romeo, "guest", "who", "mercutio@example.org"), "is no member"));
  CHECK(contains(play.does(romeo, "members-only"), "Only members get into"));
  CHECK(contains(play.does(romeo, "open"), "“Padua” is open"));
  CHECK(contains(play.does(romeo, "quiet", "hours", "22:00-07:00"), "from 22:00 until 07:00"));
  CHECK(contains(play.does(romeo, "leave"), "Padua"));
  CHECK(contains(play.does(romeo, "kick", "who", "juliet"), "juliet is no more in"));
  CHECK(contains(play.does(romeo, "owner", "who", "juliet@example.org"), "belongs to juliet now"));
  CHECK(contains(play.does(juliet, "end"), "Padua"));
  CHECK(contains(play.does(juliet, "delete"), "“Padua” is deleted"));
  for (const auto& command : commands::all_commands()) {
    if (command.place != commands::Place::conference || command.node == "record") continue;  // its MCU answers later
    CHECK_MESSAGE(play.used.contains(std::string(command.node)), command.node);
  }
}

TEST_CASE("a recording that is asked for by form is answered when the media server has answered") {
  FormControlPlay play;
  const std::string start = "<command xmlns='" + commands_namespace +
                            "' node='record' action='execute'><x xmlns='jabber:x:data' type='submit'><field "
                            "var='choice'><value>on</value></field></x></command>";
  CHECK(play.asks(romeo, team, start, "set").empty());
  const auto record = play.order<rules::Record>();
  CHECK(record.on);
  play.happens(rules::RecordingAnswered{record.question, true, std::string("team.webm")});
  CHECK(contains(play.takes_answer(romeo), "status='completed'"));
}

TEST_CASE("who may not do something by chat may not by form either") {
  FormControlPlay play;
  for (const auto& [node, field, value] : {std::tuple{"mute", "who", "romeo"},
                                           {"layout", "choice", "grid"},
                                           {"lock", "", ""},
                                           {"owner", "who", "juliet"},
                                           {"delete", "", ""}}) {
    CAPTURE(node);
    play.now += 3s;
    const std::string form = *field == '\0' ? ""
                                            : std::string("<x xmlns='jabber:x:data' type='submit'><field var='") +
                                                  field + "'><value>" + value + "</value></field></x>";
    const std::string answer = play.asks(
        juliet, team,
        "<command xmlns='" + commands_namespace + "' node='" + node + "' action='execute'>" + form + "</command>",
        "set");
    CHECK(contains(answer, "type='error'"));
    CHECK(contains(answer, "Only "));
  }
  CHECK(play.to_mcu.empty());
}

}  // namespace
}  // namespace rollcall::component::testing
