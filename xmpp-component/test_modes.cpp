// What the IM servers say of how people can be reached, what people say of themselves, and what nobody else hears.
#include "xmpp-component/service_play.h"

using namespace rollcall::component::testing;
using namespace rollcall;

namespace {

const std::string desk = "<modes xmlns='urn:rollcall:modes:0'><mode type='pstn' address='+49301234567'/></modes>";

std::string news(const std::string& person, const std::string& what) {
  return "<message from='" + person + "' to='" + service + "'><event xmlns='http://jabber.org/protocol/pubsub#event'>" +
         what + "</event></message>";
}

std::string published(const std::string& person, const std::string& payload = desk) {
  return news(person, "<items node='urn:rollcall:modes:0'><item id='current'>" + payload + "</item></items>");
}

void is_online(Play& play, const std::string& device) {
  play.sends("<presence from='" + device + "' to='" + service + "'/>");
}

}  // namespace

TEST_CASE("the service's caps make servers push the modes of those who have it as a contact") {
  TeamPlay play;
  const std::string info =
      play.asks(juliet, service + "/call", "<query xmlns='http://jabber.org/protocol/disco#info'/>");
  CHECK(contains(info, "urn:rollcall:modes:0+notify"));
  CHECK(contains(info, "urn:xmpp:vcard4+notify"));
}

TEST_CASE("what a server pushes is known, and in the database; what it takes back is gone") {
  TeamPlay play;
  play.written.clear();
  play.sends(published(bare(juliet)));
  REQUIRE(play.written.size() == 1);
  CHECK(std::get<model::SaveModes>(play.written.front()).modes.entries.size() == 1);
  play.says(juliet, service, "modes");
  CHECK(contains(play.hears(juliet), "phone +49301234567"));
  play.sends(news(bare(juliet), "<items node='urn:rollcall:modes:0'><retract id='current'/></items>"));
  CHECK(std::get<model::SaveModes>(play.written.back()).modes.entries.empty());
  play.says(juliet, service, "modes");
  CHECK_FALSE(play.hears(juliet).find("+49301234567") != std::string::npos);
}

TEST_CASE("with an empty database the modes are back when a person comes online") {
  TeamPlay play;
  play.unanswered.clear();
  is_online(play, juliet);
  CHECK(contains(play.hears(juliet, "iq"), "urn:rollcall:modes:0"));
  const auto answer = tests::parse_xml(
      "<iq type='result'><pubsub xmlns='http://jabber.org/protocol/pubsub'><items "
      "node='urn:rollcall:modes:0'><item id='current'>" +
      desk + "</item></items></pubsub></iq>");
  for (const auto& answered : play.unanswered) answered(*answer);
  CHECK(play.allocator.state().modes.contains(*model::Address::parse(bare(juliet))));
}

TEST_CASE("a person tells his ways to be reached in the chat; his server takes nothing from us, and he is told so") {
  TeamPlay play;
  play.says(juliet, service, "modes mobile +49 170 1234567, phone +4930123 08:00-17:00 desk");
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "mobile +491701234567"));
  CHECK(contains(heard, "phone +4930123 08:00-17:00 desk"));
  CHECK(contains(heard, "example.org does not let me"));
  CHECK(std::get<model::SaveModes>(play.written.back()).source == model::ModesSource::person);
  play.says(juliet, service, "modes nonsense");
  CHECK(contains(play.hears(juliet), "nonsense"));
  play.says(juliet, service, "modes off");
  CHECK(std::get<model::SaveModes>(play.written.back()).modes.entries.empty());
}

TEST_CASE("the form shows what is known and takes a line for each way") {
  TeamPlay play;
  play.says(juliet, service, "modes phone +4930123");
  const std::string form = play.asks(
      juliet, service, "<command xmlns='http://jabber.org/protocol/commands' node='modes' action='execute'/>", "set");
  CHECK(contains(form, "My ways to be reached"));
  CHECK(contains(form, "phone +4930123"));
  const auto at = form.find("sessionid='") + 11;
  const std::string session = form.substr(at, form.find('\'', at) - at);
  const std::string done =
      play.asks(juliet, service,
                "<command xmlns='http://jabber.org/protocol/commands' node='modes' sessionid='" + session +
                    "'><x xmlns='jabber:x:data' type='submit'><field var='modes'><value>mobile +49170123</value>"
                    "<value>isdn 4711^33 no-ring</value></field><field var='ring'><value>at-once</value></field></x>"
                    "</command>",
                "set");
  CHECK(contains(done, "completed"));
  const auto& saved = std::get<model::SaveModes>(play.written.back()).modes;
  REQUIRE(saved.entries.size() == 2);
  CHECK(saved.at_once);
  CHECK_FALSE(saved.entries[1].ring);
}

TEST_CASE("nobody hears another's numbers, whatever he asks") {
  TeamPlay play;
  play.sends(published(bare(juliet)));
  for (const char* words : {"modes", "help"}) {
    play.says(romeo, service, words);
    CHECK_FALSE(play.hears(romeo).find("+49301234567") != std::string::npos);
  }
  for (const char* words : {"who", "members", "invite juliet@example.org by pstn", "link"}) {
    play.says(romeo, team, words);
    CHECK_FALSE(play.hears(romeo).find("+49301234567") != std::string::npos);
  }
}

TEST_CASE("a number is not dialled for whom the operator does not allow it") {
  TeamPlay play;
  play.says(romeo, team, "invite +49 30 1234567");
  CHECK(contains(play.hears(romeo), "I may not dial +49301234567"));
}

TEST_CASE("clients that can call, or are away, are known to the allocator") {
  TeamPlay play;
  const auto person = *model::Address::parse(bare(juliet));
  is_online(play, juliet);
  CHECK_FALSE(play.allocator.state().computers.contains(person));
  play.sends("<presence from='" + juliet + "' to='" + service + "' type='unavailable'/>");
  CHECK(play.allocator.state().computers.at(person) == rules::Computer::away);
  play.modes->is_offline();
  CHECK(play.allocator.state().computers.empty());
}
