#include <doctest/doctest.h>
#include <malloc.h>

#include <string>
#include <vector>

#include "xmpp-component/stream/back_off.h"
#include "xmpp-component/stream/testing/play.h"

using namespace rollcall::component::stream;
using namespace std::chrono_literals;

TEST_CASE("a wrong secret is said in one sentence, and tried again after a minute only") {
  Play play("wrong");
  play.server.accept();
  CHECK(play.state() == StreamState::refused);
  CHECK(play.sentence.find("does not accept our secret for call.example.org") != std::string::npos);
  CHECK(play.sentence.find("wrong") == std::string::npos);
  CHECK(play.server.time().until_next() == 60s);
  play.server.time().step(60s);
  CHECK(play.server.attempts() == 2);
}

TEST_CASE("a domain that the server does not know is said in one sentence") {
  Play play;
  play.server.take_connection();
  play.server.says(
      "<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='1'>"
      "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
  CHECK(play.state() == StreamState::refused);
  CHECK(play.sentence.starts_with("The XMPP server has no component call.example.org."));
}

TEST_CASE("a component that finds another in its place stands by and keeps asking") {
  Play play;
  play.server.accept();
  play.server.says(
      "<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>"
      "<text xmlns='urn:ietf:params:xml:ns:xmpp-streams'>Component already connected</text></stream:error>");
  CHECK(play.state() == StreamState::standby);
  play.server.time().step(5s);
  CHECK(play.state() == StreamState::connecting);
  play.server.accept();
  CHECK(play.state() == StreamState::online);
}

TEST_CASE("attempts that fail come ever more slowly, up to every 30 seconds, and never end") {
  Play play;
  std::vector<std::chrono::milliseconds> pauses;
  for (int i = 0; i < 12; ++i) {
    play.server.refuse_connection();
    CHECK(play.state() == StreamState::waiting);
    pauses.push_back(play.server.time().until_next());
    play.server.time().step(pauses.back());
    CHECK(play.state() == StreamState::connecting);
  }
  CHECK(pauses[0] >= 750ms);
  CHECK(pauses[0] <= 1250ms);
  CHECK(pauses[3] >= 6s);
  CHECK(pauses[3] <= 10s);
  CHECK(pauses[11] >= 22s);
  CHECK(pauses[11] <= 30s);
  CHECK(play.sentence.starts_with("Connecting to the XMPP server at xmpp.example.org:5347"));
}

TEST_CASE("after a connection that worked, the first pause is short again") {
  Play play;
  for (int i = 0; i < 6; ++i) {
    play.server.refuse_connection();
    play.server.time().step(30s);
  }
  play.server.accept();
  play.server.closes();
  CHECK(play.server.time().until_next() <= 1250ms);
}

TEST_CASE("pauses differ by chance") {
  BackOff one;
  BackOff two;
  bool differs = false;
  for (int i = 0; i < 20; ++i) differs = differs || one.next() != two.next();
  CHECK(differs);
}

TEST_CASE("a server that takes the connection and says nothing is given up after 30 seconds") {
  Play play;
  play.server.take_connection();
  play.server.time().step(30s);
  CHECK(play.state() == StreamState::waiting);
  CHECK(play.sentence.find("did not finish the handshake") != std::string::npos);
}

TEST_CASE("a connection that died silently is found out by a ping, after 90 seconds") {
  Play play;
  play.server.accept();
  play.server.time().step(60s);
  CHECK(play.server.heard_one() ==
        "<iq type='get' id='keepalive' from='call.example.org/keepalive' "
        "to='call.example.org/keepalive'><ping xmlns='urn:xmpp:ping'/></iq>");
  play.server.time().step(29s);
  CHECK(play.state() == StreamState::online);
  play.server.time().step(1s);
  CHECK(play.state() == StreamState::waiting);
  CHECK(play.sentence == "The XMPP server has given no sign of life for 90 seconds; connecting again.");
}

TEST_CASE("a ping that comes back keeps the connection, and nobody else hears of it") {
  Play play;
  play.server.accept();
  for (int i = 0; i < 5; ++i) {
    play.server.time().step(60s);
    play.server.says(play.server.heard_one());
    play.server.time().step(30s);
  }
  CHECK(play.state() == StreamState::online);
  CHECK(play.asked.empty());
  CHECK(play.server.heard().empty());
}

TEST_CASE("white space from the server is a sign of life") {
  Play play;
  play.server.accept();
  for (int i = 0; i < 10; ++i) {
    play.server.time().step(59s);
    play.server.says(" ");
  }
  CHECK(play.state() == StreamState::online);
  CHECK(play.server.heard().empty());
}

TEST_CASE("a server that does not read what we send is left") {
  Play play;
  play.server.accept();
  play.server.stops_reading();
  CHECK_FALSE(play.stream->send(message("x")));
  CHECK(play.state() == StreamState::online);
  play.server.time().settle();
  CHECK(play.state() == StreamState::waiting);
}

TEST_CASE("broken XML from the server ends the connection, and the next one is clean") {
  Play play;
  play.server.accept();
  play.server.says("<message from='a@b'");
  play.server.says("<");
  CHECK(play.state() == StreamState::waiting);
  CHECK(play.sentence.starts_with("The XMPP server sent broken XML"));
  play.server.time().step(2s);
  play.server.accept();
  play.server.says(ping_from("ann@example.org"));
  CHECK(play.server.heard().size() == 1);
}

TEST_CASE("a goodbye closes the stream, and the server's answer ends it") {
  Play play;
  play.server.accept();
  play.stream->close();
  CHECK(play.server.raw().ends_with("</stream:stream>"));
  CHECK(play.state() == StreamState::online);
  CHECK_FALSE(play.stream->send(message("too late")));
  play.server.says("</stream:stream>");
  CHECK(play.state() == StreamState::closed);
  play.server.time().step(1h);
  CHECK(play.server.attempts() == 1);
}

TEST_CASE("a goodbye that the server does not answer takes two seconds") {
  Play play;
  play.server.accept();
  play.stream->close();
  play.server.time().step(2s);
  CHECK(play.state() == StreamState::closed);
}

TEST_CASE("a stream can be closed while it waits or connects") {
  Play waiting;
  waiting.server.refuse_connection();
  waiting.stream->close();
  CHECK(waiting.state() == StreamState::closed);
  Play connecting;
  connecting.stream->close();
  connecting.server.time().settle();
  CHECK(connecting.state() == StreamState::closed);
  connecting.server.time().step(1h);
  CHECK(connecting.server.attempts() == 1);
}

TEST_CASE("a server that is away for long does not cost memory with every attempt") {
  Play play;
  const auto attempt = [&] {
    play.server.refuse_connection();
    play.server.time().step(30s);
  };
  attempt();
  const auto before = mallinfo2().uordblks;
  for (int i = 0; i < 20; ++i) attempt();
  CHECK(play.server.attempts() == 22);
  CHECK(mallinfo2().uordblks < before + 100'000);
}
