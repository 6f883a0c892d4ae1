// Two ends of a call talk to each other in memory; stanzas go through text, as on the wire.
#include <doctest/doctest.h>

#include <deque>
#include <string>
#include <vector>

#include "probe/jingle_session.h"

using namespace rollcall::probe;

namespace {

std::string sdp(const std::string& ufrag, const std::string& setup) {
  return "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n"
         "a=setup:" +
         setup + "\r\na=ice-ufrag:" + ufrag +
         "\r\na=ice-pwd:pppppppppppppppppppppp\r\na=rtcp-mux\r\n"
         "a=sendrecv\r\na=rtpmap:111 opus/48000/2\r\na=mid:audio0\r\na=fingerprint:sha-256 AA:BB\r\n";
}

/// One client: its call, and everything it was told.
struct Client {
  explicit Client(std::string address, bool trickle = false)
      : name(std::move(address)),
        session(name, trickle,
                {[this](const Stanza& stanza) { sent.push_back(stanza); },
                 [this](CallEvent event) { told.push_back(std::move(event)); }}) {}

  [[nodiscard]] std::vector<std::string> steps() const {
    std::vector<std::string> found;
    for (const auto& event : told) {
      if (const auto* progress = std::get_if<CallProgress>(&event)) found.push_back(progress->step);
      if (const auto* ended = std::get_if<CallEnded>(&event)) {
        found.push_back((ended->by_peer ? "ended by peer: " : "ended: ") + ended->reason);
      }
    }
    return found;
  }

  template <class Event>
  [[nodiscard]] std::vector<Event> all() const {
    std::vector<Event> found;
    for (const auto& event : told) {
      if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
    }
    return found;
  }

  std::string name;
  std::deque<Stanza> sent;
  std::vector<CallEvent> told;
  JingleSession session;
};

/// What the server does: stamps the sender, delivers. `take_new` lets the receiver accept a call.
Stanza deliver(Client& from, Client& to) {
  REQUIRE_FALSE(from.sent.empty());
  auto stanza = Stanza::parse(from.sent.front().xml());
  from.sent.pop_front();
  stanza.set("from", from.name);
  if (stanza.child("propose", ns_jmi)) {
    to.session.accept_proposal(stanza);
  } else {
    to.session.take(stanza);
  }
  return stanza;
}

void settle(Client& one, Client& other) {
  while (!one.sent.empty() || !other.sent.empty()) {
    if (!one.sent.empty()) deliver(one, other);
    if (!other.sent.empty()) deliver(other, one);
  }
}

struct Call {
  Client ann{"ann@example.org/phone"};
  Client bob{"bob@example.org/desk"};

  void connect() {
    ann.session.propose("bob@example.org", {"audio"});
    ann.session.set_local_description(sdp("aaaa", "actpass"));
    settle(ann, bob);
    bob.session.set_local_description(sdp("bbbb", "active"));
    settle(ann, bob);
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Ann rings Bob, Bob proceeds, Ann offers, Bob answers") {
  Call call;
  call.connect();
  CHECK(call.ann.steps() == Texts{"ringing", "proceed", "initiate", "accept"});
  CHECK(call.bob.steps() == Texts{"proceed", "incoming", "accept"});
  CHECK(call.ann.session.peer() == "bob@example.org/desk");
  REQUIRE(call.bob.all<RemoteOffer>().size() == 1);
  CHECK(call.bob.all<RemoteOffer>()[0].sdp.find("a=ice-ufrag:aaaa") != std::string::npos);
  REQUIRE(call.ann.all<RemoteAnswer>().size() == 1);
  CHECK(call.ann.all<RemoteAnswer>()[0].sdp.find("a=setup:active") != std::string::npos);
}

TEST_CASE("a propose goes to the bare address as chat, with a store hint and all media") {
  Client ann("ann@example.org/phone");
  ann.session.propose("team@call.example.org/call", {"audio", "video"});
  const auto message = ann.sent.front();
  CHECK(message.attribute("to") == "team@call.example.org");
  CHECK(message.attribute("type") == "chat");
  CHECK(message.child("store", "urn:xmpp:hints"));
  CHECK(message.child("propose", ns_jmi).children("description").size() == 2);
  CHECK_FALSE(message.child("body"));
}

TEST_CASE("the offer waits for our own description when proceed is faster") {
  Call call;
  call.ann.session.propose("bob@example.org", {"audio"});
  settle(call.ann, call.bob);
  CHECK(call.bob.all<RemoteOffer>().empty());
  call.ann.session.set_local_description(sdp("aaaa", "actpass"));
  settle(call.ann, call.bob);
  CHECK(call.bob.all<RemoteOffer>().size() == 1);
}

TEST_CASE("a call may start without ringing") {
  Call call;
  call.ann.session.initiate("bob@example.org/desk");
  call.ann.session.set_local_description(sdp("aaaa", "actpass"));
  settle(call.ann, call.bob);
  call.bob.session.set_local_description(sdp("bbbb", "active"));
  settle(call.ann, call.bob);
  CHECK(call.ann.steps() == Texts{"initiate", "accept"});
  CHECK(call.bob.steps() == Texts{"incoming", "accept"});
}

TEST_CASE("every jingle iq is answered at once with a result") {
  Call call;
  call.ann.session.initiate("bob@example.org/desk");
  call.ann.session.set_local_description(sdp("aaaa", "actpass"));
  const auto iq = deliver(call.ann, call.bob);
  REQUIRE(call.bob.sent.size() == 1);
  CHECK(call.bob.sent.front().attribute("type") == "result");
  CHECK(call.bob.sent.front().attribute("id") == iq.attribute("id"));
}

TEST_CASE("hanging up says session-terminate and, after ringing, finish") {
  Call call;
  call.connect();
  call.ann.session.end("success");
  REQUIRE(call.ann.sent.size() == 2);
  CHECK(call.ann.sent[0].child("jingle", ns_jingle).attribute("action") == "session-terminate");
  CHECK(call.ann.sent[1].child("finish", ns_jmi));
  settle(call.ann, call.bob);
  CHECK(call.bob.steps().back() == "ended by peer: success");
  CHECK(call.bob.session.over());
  CHECK(call.bob.all<CallEnded>().size() == 1);  // the finish after the terminate is no second end
}

TEST_CASE("a call that nobody took is retracted") {
  Call call;
  call.ann.session.propose("bob@example.org", {"audio"});
  deliver(call.ann, call.bob);
  call.ann.session.end("success");
  CHECK(call.ann.sent.back().child("retract", ns_jmi));
  deliver(call.ann, call.bob);
  CHECK(call.bob.steps().back() == "ended by peer: cancel");
}

TEST_CASE("a refusal ends the call with its reason") {
  Client ann("ann@example.org/phone");
  ann.session.propose("team@call.example.org", {"audio"});
  Stanza reject("reject", ns_jmi, {{"id", ann.session.id()}});
  reject.add(Stanza("reason", ns_jingle).add(Stanza("busy")));
  Stanza message("message", {}, {{"from", "team@call.example.org/call"}, {"type", "chat"}});
  CHECK(ann.session.take(message.add(reject)));
  CHECK(ann.steps() == Texts{"ended by peer: busy"});
}

TEST_CASE("a bounced propose ends the call although the server did not send it back") {
  Client ann("ann@example.org/phone");
  ann.session.propose("nobody@example.org", {"audio"});
  Stanza bounce("message", {}, {{"from", "nobody@example.org"}, {"type", "error"}});
  bounce.set("id", ann.sent.front().attribute("id"));
  CHECK(ann.session.take(bounce.add(Stanza("error"))));
  CHECK(ann.steps() == Texts{"ended by peer: unreachable"});
}

TEST_CASE("an error on our offer ends the call with its condition") {
  Client ann("ann@example.org/phone");
  ann.session.initiate("bob@example.org/desk");
  ann.session.set_local_description(sdp("aaaa", "actpass"));
  Stanza error("error", {}, {{"type", "cancel"}});
  error.add(Stanza("service-unavailable", XMPP_NS_STANZAS_IETF));
  Stanza iq("iq", {}, {{"from", "bob@example.org/desk"}, {"type", "error"}, {"id", ann.sent.front().attribute("id")}});
  CHECK(ann.session.take(iq.add(error)));
  CHECK(ann.steps().back() == "ended by peer: service-unavailable");
}

TEST_CASE("nobody else can speak in a call") {
  Call call;
  call.connect();
  Stanza terminate("jingle", ns_jingle, {{"action", "session-terminate"}, {"sid", call.ann.session.id()}});
  Stanza iq("iq", {}, {{"from", "mallory@example.org/x"}, {"type", "set"}, {"id", "1"}});
  CHECK_FALSE(call.ann.session.take(iq.add(terminate)));
  Stanza finish("finish", ns_jmi, {{"id", call.ann.session.id()}});
  Stanza message("message", {}, {{"from", "mallory@example.org/x"}, {"type", "chat"}});
  CHECK_FALSE(call.ann.session.take(message.add(finish)));
  CHECK_FALSE(call.ann.session.over());
}

TEST_CASE("an unencrypted offer is ended as a security error") {
  Client bob("bob@example.org/desk");
  auto offer = sdp("aaaa", "actpass");
  Stanza jingle("jingle", ns_jingle, {{"action", "session-initiate"}, {"sid", "s1"}});
  Stanza description("description", ns_rtp, {{"media", "audio"}});
  Stanza content("content", {}, {{"name", "a"}, {"creator", "initiator"}});
  jingle.add(content.add(description).add(Stanza("transport", ns_ice)));
  Stanza iq("iq", {}, {{"from", "dave@example.org/old"}, {"type", "set"}, {"id", "1"}});
  CHECK(bob.session.take(iq.add(jingle)));
  CHECK(bob.steps().back() == "ended: security-error");
  CHECK(bob.all<RemoteOffer>().empty());
}

TEST_CASE("trickled candidates follow the description, one per transport-info, and find their media") {
  Client ann("ann@example.org/phone", true);
  Client bob("bob@example.org/desk", true);
  ann.session.initiate("bob@example.org/desk");
  ann.session.add_local_candidate(0, "candidate:1 1 UDP 9 192.0.2.7 5000 typ host");  // earlier than the description
  CHECK(ann.sent.empty());
  ann.session.set_local_description(sdp("aaaa", "actpass"));
  REQUIRE(ann.sent.size() == 2);
  const auto info = ann.sent.back().child("jingle", ns_jingle);
  CHECK(info.attribute("action") == "transport-info");
  const auto transport = info.child("content").child("transport", ns_ice);
  CHECK(transport.attribute("ufrag") == "aaaa");
  CHECK(transport.attribute("pwd") == "pppppppppppppppppppppp");
  settle(ann, bob);
  REQUIRE(bob.all<RemoteCandidate>().size() == 1);
  CHECK(bob.all<RemoteCandidate>()[0].media == 0);
  CHECK(bob.all<RemoteCandidate>()[0].line == "candidate:1 1 UDP 9 192.0.2.7 5000 typ host");
}
