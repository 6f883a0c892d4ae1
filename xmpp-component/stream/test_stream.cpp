#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "xmpp-component/stream/sendable.h"
#include "xmpp-component/stream/testing/play.h"

using namespace rollcall::component::stream;
using namespace std::chrono_literals;

TEST_CASE("a stream shakes hands and is online") {
  Play play;
  CHECK(play.state() == StreamState::connecting);
  play.server.accept();
  CHECK(play.states == std::vector{StreamState::connecting, StreamState::online});
  CHECK(play.sentence == "Connected to the XMPP server as call.example.org.");
}

TEST_CASE("a ping from any user is answered by the address that he asked, and the stream lives on") {
  Play play;
  play.server.accept();
  play.server.says(ping_from("eve@evil.example/x"));
  CHECK(play.server.heard_one() == "<iq type='result' id='p1' from='team@call.example.org' to='eve@evil.example/x'/>");
  CHECK(play.state() == StreamState::online);
}

TEST_CASE("an iq that nobody knows is answered too") {
  Play play;
  play.server.accept();
  play.server.says("<iq type='get' id='p2' from='a@b' to='team@call.example.org'><x xmlns='urn:x'/></iq>");
  CHECK(play.server.heard_one() ==
        "<iq type='error' id='p2' from='team@call.example.org' to='a@b'><error type='cancel'>"
        "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
}

TEST_CASE("nothing that a user can send ends the stream") {
  Play play;
  play.server.accept();
  std::string deep;
  for (int i = 0; i < 60'000; ++i) deep += "<a>";
  for (int i = 0; i < 60'000; ++i) deep += "</a>";
  for (const std::string& content :
       {std::string("<stream:stream xmlns:stream='http://etherx.jabber.org/streams'/>"), deep,
        std::string("<body>&#x1F600;</body>"), std::string("<x a='\"'/>"), std::string("<?x?>")}) {
    play.server.says("<message from='eve@evil.example' to='team@call.example.org'>" + content + "</message>");
  }
  CHECK(play.state() == StreamState::online);
  CHECK(play.stanzas.size() == 4);
  CHECK(play.stream->statistics().stanzas_dropped == 1);
  play.server.says(ping_from("ann@example.org/x"));
  CHECK(play.server.heard().size() == 1);
}

TEST_CASE("stanzas that come before the handshake is done are not believed") {
  Play play;
  play.server.take_connection();
  play.server.says(
      "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='1'>");
  play.server.says("<message from='a@b' to='team@call.example.org'/>" + ping_from("a@b"));
  CHECK(play.stanzas.empty());
  CHECK(play.asked.empty());
}

TEST_CASE("what is sent while not online is lost, and the sender is told") {
  Play play;
  CHECK_FALSE(play.stream->send(message("lost")));
  play.server.accept();
  CHECK(play.stream->send(message("heard")));
  CHECK(play.server.heard_one().find("heard") != std::string::npos);
  CHECK(play.stream->statistics().stanzas_lost == 1);
}

TEST_CASE("a question is answered, refused when the connection is lost, and refused at once when there is none") {
  Play play;
  std::vector<std::string> outcomes;
  const auto note = [&](const rollcall::model::Expected<const gloox::Tag*>& answer) {
    outcomes.push_back(answer ? (*answer)->findAttribute("type") : std::string(to_text(answer.error().reason)));
  };
  play.stream->request(question(), 10s, note);
  CHECK(outcomes == std::vector<std::string>{"connectivity"});
  play.server.accept();
  play.stream->request(question(), 10s, note);
  const std::string id = play.server.heard().at(0)->findAttribute("id");
  play.server.says("<iq type='result' id='" + id + "' from='eve@example.org' to='call.example.org'/>");
  CHECK(outcomes.size() == 1);
  play.server.says("<iq type='result' id='" + id + "' from='bob@example.org' to='call.example.org'/>");
  CHECK(outcomes.back() == "result");
  play.stream->request(question(), 10s, note);
  play.server.closes();
  CHECK(outcomes.back() == "connectivity");
  CHECK(outcomes.size() == 3);
}

TEST_CASE("bytes that are not UTF-8 and characters that XML forbids never reach the server") {
  CHECK(sendable("<a>\xC3\xA4\xF0\x9F\x98\x80</a>") == "<a>\xC3\xA4\xF0\x9F\x98\x80</a>");
  CHECK(sendable("<a>\xFFx\xC3</a>") == "<a>\xEF\xBF\xBDx\xEF\xBF\xBD</a>");
  CHECK(sendable("<a>\xEF\xBF\xBF\xEF\xBF\xBE\xEF\xBF\xBD</a>") == "<a>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</a>");
  Play play;
  play.server.accept();
  CHECK(play.stream->send(message("Ann\xC3")));
  CHECK(play.server.heard_one().find("<body>Ann\xEF\xBF\xBD</body>") != std::string::npos);
}
