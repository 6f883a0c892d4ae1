#include "xmpp-component/jingle/call_play.h"

namespace rollcall::component::jingle::testing {
namespace {

using model::Reason;

TEST_CASE("JC-11: a proposal to the bare address is answered from /call to the full address: ringing, then proceed") {
  Play play;
  const Outcome proposed = play.propose(phone, "S1");
  CHECK(proposed.stanzas.empty());
  const Proposed event = only<Proposed>(proposed);
  CHECK(event == Proposed{LegId("leg-1"), *Address::parse(phone), ConferenceId("team"), true, true});

  const std::string to = " from='team@conf.example/call' to='ann@example.org/phone' ";
  CHECK(said(play.calls.admit(event.leg, play.now)) ==
        "<message type='chat'" + to +
            "id='id-1'><ringing xmlns='urn:xmpp:jingle-message:0' id='S1'/>"
            "<store xmlns='urn:xmpp:hints'/></message>"
            "<message type='chat'" +
            to +
            "id='id-2'><proceed xmlns='urn:xmpp:jingle-message:0' id='S1'/>"
            "<store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("JC-11: a receipt comes first when one was asked for") {
  Play play;
  const Outcome proposed = play.message(
      phone, "<propose xmlns='urn:xmpp:jingle-message:0' id='S1'/><request xmlns='urn:xmpp:receipts'/>", team);
  const Outcome admitted = play.calls.admit(only<Proposed>(proposed).leg, play.now);
  REQUIRE(admitted.stanzas.size() == 3);
  CHECK(admitted.stanzas[0].tag->xml().find("<received xmlns='urn:xmpp:receipts' id='m1'/>") != std::string::npos);
}

TEST_CASE("JC-13: who is not admitted gets a reject with a reason") {
  Play play;
  const LegId leg = only<Proposed>(play.propose(phone, "S1")).leg;
  const Outcome refused = play.calls.refuse(leg, {Reason::full}, play.now);
  CHECK(says(refused, "<reject xmlns='urn:xmpp:jingle-message:0' id='S1'><reason xmlns='urn:xmpp:jingle:1'><busy/>"));
  CHECK(!play.calls.knows(leg));
}

TEST_CASE("JC-14: the call that was announced has the same leg when it comes") {
  Play play;
  const LegId leg = only<Proposed>(play.propose(phone, "S1")).leg;
  (void)play.calls.admit(leg, play.now);
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", grouped_offer()));
  CHECK(offered.leg == leg);
  CHECK(offered.announced);
  CHECK(offered.description.transports.size() == 1);
}

TEST_CASE("JC-14: a call out of the blue is a call too (stanza.js)") {
  Play play;
  const auto iq = tests::parse_xml(tests::read_fixture("jingle/stanza_js_offer.xml"));
  iq->addAttribute("from", "bob@example.org/stanza");
  iq->removeAttribute("to");
  iq->addAttribute("to", team);
  const Offered offered = only<Offered>(play.calls.handle_iq(*iq, play.now));
  CHECK(!offered.announced);
  CHECK(offered.conference == ConferenceId("team"));
  CHECK(offered.description.media.at(1).codecs.at(0).name == "VP8");
}

TEST_CASE("JC-14: nobody else can speak for a call") {
  Play play;
  const LegId leg = up(play, grouped_offer());
  for (const char* eve : {"eve@example.org/x", "ann@example.org/other", "ann@example.org"}) {
    for (const char* action : {"session-terminate", "transport-info", "content-modify", "session-info"}) {
      const Outcome outcome = play.jingle(eve, action, "S1");
      REQUIRE(outcome.error != nullptr);
      CHECK(outcome.events.empty());
    }
    CHECK(play.jmi(eve, "finish", "S1").events.empty());
    CHECK(play.jmi(eve, "retract", "S1").events.empty());
  }
  CHECK(play.calls.knows(leg));
}

TEST_CASE("two people may use the same sid, and one person in two conferences") {
  Play play;
  const LegId first = up(play, grouped_offer());
  const LegId second = up(play, grouped_offer(), "bob@example.org/phone");
  const Outcome other = play.jingle(phone, "session-initiate", "S1", grouped_offer(), "sales@conf.example/call");
  CHECK(only<Offered>(other).conference == ConferenceId("sales"));
  CHECK(only<Ended>(play.jingle(phone, "session-terminate", "S1")).leg == first);
  CHECK(play.calls.knows(second));
  CHECK(play.calls.size() == 2);
}

TEST_CASE("JC-15: a retracted proposal is over, before and after it was admitted") {
  for (const bool admitted : {false, true}) {
    Play play;
    const LegId leg = only<Proposed>(play.propose(phone, "S1")).leg;
    if (admitted) (void)play.calls.admit(leg, play.now);
    const Outcome retracted = play.jmi(phone, "retract", "S1");
    CHECK(only<Ended>(retracted) == Ended{leg, Reason::cancelled});
    CHECK(retracted.stanzas.empty());
  }
}

TEST_CASE("JC-15: what a person's devices say among themselves changes nothing") {
  Play play;
  (void)play.calls.admit(only<Proposed>(play.propose(phone, "S1")).leg, play.now);
  for (const char* word : {"accept", "ringing", "proceed"}) {
    CHECK(play.jmi(tablet, word, "S1").events.empty());
    CHECK(play.jmi(phone, word, "S1").events.empty());
  }
  CHECK(play.calls.size() == 1);
}

TEST_CASE("JC-15: a second device of one person is a second leg") {
  Play play;
  const LegId first = up(play, grouped_offer());
  const Outcome second = play.propose(tablet, "S2");
  CHECK(only<Proposed>(second).leg != first);
  CHECK(play.calls.knows(first));
}

TEST_CASE("a proposal that nobody follows up is forgotten after a minute") {
  Play play;
  const LegId leg = only<Proposed>(play.propose(phone, "S1")).leg;
  (void)play.calls.admit(leg, play.now);
  CHECK(play.wait(seconds(59)).events.empty());
  const Outcome late = play.wait(seconds(1));
  CHECK(only<Ended>(late) == Ended{leg, Reason::timeout});
  CHECK(late.stanzas.empty());
  CHECK(play.calls.size() == 0);
}

TEST_CASE("a proposal said again is answered again, without a second leg") {
  Play play;
  (void)play.calls.admit(only<Proposed>(play.propose(phone, "S1")).leg, play.now);
  const Outcome again = play.propose(phone, "S1");
  CHECK(again.events.empty());
  CHECK(says(again, "<proceed"));
}

TEST_CASE("Monal#1580: a proposal that lay somewhere on its way is not answered") {
  Play play;
  const Outcome late = play.message(phone,
                                    "<propose xmlns='urn:xmpp:jingle-message:0' id='S1'/>"
                                    "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>");
  CHECK(late.events.empty());
  CHECK(play.calls.size() == 0);
}

TEST_CASE("JC-31, JC-32: the answer has the offer's contents in the offer's order, grouped as the offer is") {
  Play play;
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", grouped_offer()));
  model::MediaDescription answer = answer_to(offered.description);
  std::swap(answer.media[0], answer.media[1]);
  const std::string xml = said(play.calls.accept(offered.leg, answer, play.now));
  const auto first = xml.find("<content creator='initiator' name='0' senders='both'>");
  const auto second = xml.find("<content creator='initiator' name='1' senders='both'>");
  REQUIRE(first != std::string::npos);
  CHECK(first < second);
  CHECK(xml.find("action='session-accept' sid='S1' responder='team@conf.example/call'><group xmlns='urn:xmpp:jingle:"
                 "apps:grouping:0' semantics='BUNDLE'><content name='0'/><content name='1'/></group>") !=
        std::string::npos);
  CHECK(xml.find("setup='actpass'") == std::string::npos);
}

TEST_CASE("JC-34, JC-36, JC-39: a session-accept, word for word") {
  Play play;
  const Offered offered =
      only<Offered>(play.jingle(phone, "session-initiate", "S1", group("1") + content("1", "audio")));
  CHECK(said(play.calls.accept(offered.leg, answer_to(offered.description), play.now)) ==
        "<iq type='set' id='id-1' from='team@conf.example/call' to='ann@example.org/phone'>"
        "<jingle xmlns='urn:xmpp:jingle:1' action='session-accept' sid='S1' responder='team@conf.example/call'>"
        "<group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'><content name='1'/></group>"
        "<content creator='initiator' name='1' senders='both'>"
        "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>"
        "<payload-type id='111' name='opus' clockrate='48000' channels='2'/><rtcp-mux/>"
        "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='1001'>"
        "<parameter name='cname' value='rollcall'/><parameter name='msid' value='rollcall 1'/></source></description>"
        "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='ours1' pwd='our-password-of-22-chars1'>"
        "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='active'>AA:BB</fingerprint>"
        "<candidate component='1' foundation='1' generation='0' id='c1-40001' ip='203.0.113.5' network='0' "
        "port='40001' priority='0' protocol='udp' type='host'/></transport></content></jingle></iq>");
}

TEST_CASE("JC-32, JC-33: Dino is answered without a group, with a transport per content and rtcp-mux in each") {
  Play play;
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", dino_offer()));
  model::MediaDescription answer = answer_to(offered.description);
  for (model::Media& media : answer.media) media.rtcp_mux = false;
  const std::string xml = said(play.calls.accept(offered.leg, answer, play.now));
  CHECK(xml.find("<group") == std::string::npos);
  CHECK(xml.find("ufrag='ours1'") != std::string::npos);
  CHECK(xml.find("ufrag='ours2'") != std::string::npos);
  const auto mux = xml.find("<rtcp-mux/>");
  REQUIRE(mux != std::string::npos);
  CHECK(xml.find("<rtcp-mux/>", mux + 1) != std::string::npos);
}

TEST_CASE("JC-32: a group of one content is answered with a group") {
  Play play;
  const Offered offered =
      only<Offered>(play.jingle(phone, "session-initiate", "S1", group("0") + content("0", "audio")));
  CHECK(says(play.calls.accept(offered.leg, answer_to(offered.description), play.now), "semantics='BUNDLE'"));
}

TEST_CASE("JC-30: a call is told of its answer's stanza, and lives without it") {
  Play play;
  const Offered offered = only<Offered>(play.jingle(phone, "session-initiate", "S1", grouped_offer()));
  const Outcome accepted = play.calls.accept(offered.leg, answer_to(offered.description), play.now);
  REQUIRE(accepted.stanzas.size() == 1);
  CHECK(accepted.stanzas[0].answer_for == offered.leg);
  CHECK(play.wait(seconds(86400)).events.empty());
  const auto late = tests::parse_xml("<iq type='error' id='x'><error><bad-request/></error></iq>");
  CHECK(play.calls.handle_answer(offered.leg, *late, play.now).events.empty());
  const auto lost = tests::parse_xml("<iq type='error' id='x'><error><item-not-found/></error></iq>");
  CHECK(only<Ended>(play.calls.handle_answer(offered.leg, *lost, play.now)).reason == Reason::connectivity);
}

TEST_CASE("JC-47: an offer without DTLS is ended with a security error, and the person may be told of the link") {
  for (const char* name : {"gajim_offer.xml", "pidgin_offer.xml"}) {
    CAPTURE(name);
    Play play;
    const auto iq = tests::parse_xml(tests::read_fixture(std::string("jingle/") + name));
    iq->removeAttribute("to");
    iq->addAttribute("to", team);
    const Outcome outcome = play.calls.handle_iq(*iq, play.now);
    CHECK(outcome.error == nullptr);
    CHECK(says(outcome, "action='session-terminate'"));
    CHECK(says(outcome, "<reason><security-error/>"));
    CHECK(said(outcome).find("<finish") == std::string::npos);
    CHECK(only<Unusable>(outcome).refusal.reason == Reason::no_security);
    CHECK(play.calls.size() == 0);
  }
}

TEST_CASE("a file is not a call") {
  Play play;
  const Outcome outcome = play.jingle(phone, "session-initiate", "F1",
                                      "<content name='f' creator='initiator'><description "
                                      "xmlns='urn:xmpp:jingle:apps:file-transfer:5'/></content>");
  CHECK(only<Unusable>(outcome).refusal.reason == Reason::no_common_codec);
  CHECK(says(outcome, "failed-application"));
}

TEST_CASE("JC-10: a session that nobody knows") {
  Play play;
  const Outcome outcome = play.jingle(phone, "session-info", "S9");
  REQUIRE(outcome.error != nullptr);
  CHECK(outcome.error->xml() ==
        "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<unknown-session xmlns='urn:xmpp:jingle:errors:1'/></error>");
}

TEST_CASE("what is no Jingle at all is a bad request") {
  Play play;
  const Outcome outcome = play.jingle(phone, "dance", "S1");
  REQUIRE(outcome.error != nullptr);
  CHECK(outcome.error->xml().find("<bad-request") != std::string::npos);
}

TEST_CASE("one person cannot fill the component with proposals or calls") {
  Play play;
  for (int n = 0; n < 16; ++n) CHECK(play.propose(phone, "S" + std::to_string(n)).events.size() == 1);
  const Outcome one_more = play.propose(phone, "S16");
  CHECK(one_more.events.empty());
  CHECK(says(one_more, "<busy/>"));
  const Outcome direct = play.jingle(phone, "session-initiate", "S17", grouped_offer());
  CHECK(only<Unusable>(direct).refusal.reason == Reason::busy);
  CHECK(play.propose("bob@example.org/x", "S1").events.size() == 1);
}

}  // namespace
}  // namespace rollcall::component::jingle::testing
