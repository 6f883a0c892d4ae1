// The same requests by ad-hoc command (XEP-0050) and by the iq for authors of clients.
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

const std::string commands = "http://jabber.org/protocol/commands";

std::string session_in(const std::string& answer) {
  const std::string mark = "sessionid='";
  const auto begin = answer.find(mark);
  REQUIRE(begin != std::string::npos);
  return answer.substr(begin + mark.size(), answer.find('\'', begin + mark.size()) - begin - mark.size());
}

std::string filled_in(const std::string& node, const std::string& session, const std::string& fields) {
  return "<command xmlns='" + commands + "' node='" + node + "' sessionid='" + session +
         "' action='complete'><x xmlns='jabber:x:data' type='submit'>" + fields + "</x></command>";
}

std::string field(const std::string& name, const std::string& value) {
  return "<field var='" + name + "'><value>" + value + "</value></field>";
}

struct FormPlay : Play {
  std::string opens(const std::string& who, const std::string& to, const std::string& node) {
    return asks(who, to, "<command xmlns='" + commands + "' node='" + node + "' action='execute'/>", "set");
  }
};

TEST_CASE("a button that starts a meeting gets the conference's link; who may not is refused") {
  FormPlay play;
  play.mcu_comes();
  const std::string meeting = "<query xmlns='urn:xmpp:http:online-meetings:0' type='rollcall' id='standup'/>";
  CHECK(contains(play.asks(romeo, domain, meeting), "<url>https://meet/j/standup</url>"));
  CHECK(play.allocator.conference(model::ConferenceId("standup")) != nullptr);
  CHECK(contains(play.asks(juliet, domain, meeting), "type='error'"));
  CHECK(contains(play.asks(paris, domain, "<query xmlns='urn:xmpp:http:online-meetings:0' type='rollcall'/>"),
                 "type='error'"));
}

TEST_CASE("Romeo opens the form, fills it in, and reads in its last note how to join; Juliet is invited") {
  FormPlay play;
  play.mcu_comes();
  const std::string form = play.opens(romeo, service, "create");
  CHECK(contains(form, "status='executing'"));
  CHECK(contains(form, "jid-multi"));

  const std::string fields = field("name", "team") + field("invitees", "juliet@example.org");
  const std::string done = play.asks(romeo, service, filled_in("create", session_in(form), fields), "set");
  CHECK(contains(done, "type='result'"));
  CHECK(contains(done, "status='completed'"));
  CHECK(contains(done, "“team” is ready"));
  CHECK(contains(play.hears(juliet), "romeo@example.org invites you"));
}

TEST_CASE("somebody else cannot go on with Romeo's form") {
  FormPlay play;
  play.mcu_comes();
  const std::string session = session_in(play.opens(romeo, service, "create"));
  const std::string done = play.asks(paris, service, filled_in("create", session, field("name", "plot")), "set");
  CHECK(contains(done, "type='error'"));
  CHECK(play.allocator.state().conferences.empty());
}

TEST_CASE("a form that cannot be carried out ends with a note that says why") {
  FormPlay play;
  play.mcu_comes();
  const std::string form = play.opens(romeo, service, "create");
  const std::string done =
      play.asks(romeo, service, filled_in("create", session_in(form), field("invitees", "romeo@example.org")), "set");
  CHECK(contains(done, "type='error'"));
  CHECK(contains(done, "cannot be invited"));
  CHECK(play.said.empty());
}

TEST_CASE("commands without a form are answered at once") {
  TeamPlay play;
  const std::string who = "<command xmlns='" + commands + "' node='who' action='execute'/>";
  const std::string answer = play.asks(juliet, team, who, "set");
  CHECK(contains(answer, "status='completed'"));
  CHECK(contains(answer, "Nobody is in “team” now"));
  const std::string help = "<command xmlns='" + commands + "' node='help' action='execute'/>";
  CHECK(contains(play.asks(juliet, service, help, "set"), "I start group video calls"));
  const std::string none = "<command xmlns='" + commands + "' node='dance' action='execute'/>";
  CHECK(contains(play.asks(juliet, service, none, "set"), "type='error'"));
}

TEST_CASE("each place lists its own commands, and names them") {
  TeamPlay play;
  const std::string list = "<query xmlns='http://jabber.org/protocol/disco#items' node='" + commands + "'/>";
  CHECK(contains(play.asks(juliet, service, list), "node='create'"));
  const std::string of_team = play.asks(juliet, team, list);
  CHECK(contains(of_team, "node='invite'"));
  CHECK(count(of_team, "node='create'") == 0);
  const std::string info = "<query xmlns='http://jabber.org/protocol/disco#info' node='invite'/>";
  CHECK(contains(play.asks(juliet, team, info), "type='command-node'"));
}

TEST_CASE("<call/> starts a conference and answers with its address, URI and link, after it was written down") {
  Play play;
  play.mcu_comes();
  const std::string call = "<call xmlns='urn:rollcall:call:0' name='team'><invitee jid='juliet@example.org'/></call>";
  const std::string answer = play.asks(romeo, service, call, "set");
  CHECK(contains(answer, "type='result'"));
  CHECK(contains(answer, "jid='team@call.example.org'"));
  CHECK(contains(answer, "uri='xmpp:team@call.example.org'"));
  CHECK(contains(answer, "link='https://meet/j/team'"));
  CHECK(contains(play.hears(juliet), "invites you"));
  CHECK(!play.written.empty());
}

TEST_CASE("a wrong <call/> gets the stanza error that fits, with a sentence") {
  TeamPlay play;
  struct Case {
    std::string who, attributes, inside, condition;
  };
  for (const auto& [who, attributes, inside, condition] :
       {Case{romeo, "", "<invitee jid='juliet@@x'/>", "jid-malformed"},
        Case{romeo, "", "<invitee jid='romeo@example.org'/>", "not-acceptable"},
        Case{romeo, "name='team'", "", "conflict"}, Case{paris, "name='plot'", "", "forbidden"}}) {
    CAPTURE(condition);
    const std::string call = "<call xmlns='urn:rollcall:call:0' " + attributes + ">" + inside + "</call>";
    const std::string answer = play.asks(who, service, call, "set");
    CHECK(contains(answer, "<" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"));
    CHECK(contains(answer, "<text"));
  }
  CHECK(play.said.empty());
}

TEST_CASE("a database that fails: <call/> and the form are answered with an error, and nobody is invited") {
  FormPlay play;
  play.mcu_comes();
  play.database_fails = true;
  const std::string call = "<call xmlns='urn:rollcall:call:0' name='team'><invitee jid='juliet@example.org'/></call>";
  CHECK(contains(play.asks(romeo, service, call, "set"), "type='error'"));
  const std::string form = play.opens(romeo, service, "create");
  const std::string done =
      play.asks(romeo, service, filled_in("create", session_in(form), field("name", "team")), "set");
  CHECK(contains(done, "could not be saved just now"));
  CHECK(play.said.empty());
}

TEST_CASE("an iq that nobody knows is answered all the same") {
  TeamPlay play;
  for (const char* type : {"get", "set"}) {
    CHECK(contains(play.asks(romeo, team, "<x xmlns='urn:nobody:knows'/>", type), "service-unavailable"));
  }
}

}  // namespace
}  // namespace rollcall::component::testing
