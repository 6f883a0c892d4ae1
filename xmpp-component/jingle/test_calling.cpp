#include "xmpp-component/jingle/call_play.h"

namespace rollcall::component::jingle::testing {
namespace {

using model::Reason;

const LegId ring_leg("ring");
const Address contact = *Address::parse("team@conf.example");
const Address ann = *Address::parse("ann@example.org");
const std::string sid = "~id-1";

Outcome ring(Play& play, bool video = true) {
  return play.calls.ring(ring_leg, ConferenceId("team"), contact, ann, video, play.now);
}

/// Their answer to our offer.
std::string ann_answers(bool grouped) {
  const std::string contents =
      content("audio", "audio", "", "u1") + content("video", "video", "", grouped ? "u1" : "u2");
  const std::string group =
      "<group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'><content name='audio'/><content "
      "name='video'/></group>";
  return grouped ? group + contents : contents;
}

TEST_CASE("JC-20, JC-21: we ring all devices by the bare address, with a sid that loses every tie") {
  Play play;
  CHECK(said(ring(play)) ==
        "<message type='chat' from='team@conf.example/call' to='ann@example.org' id='id-2'>"
        "<propose xmlns='urn:xmpp:jingle-message:0' id='~id-1'>"
        "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/>"
        "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'/></propose>"
        "<store xmlns='urn:xmpp:hints'/></message>");
}

TEST_CASE("JC-26: the device that picks up gets the offer, a second one nothing") {
  Play play;
  (void)ring(play);
  CHECK(only<Ringing>(play.jmi(phone, "ringing", sid)).from.text() == phone);
  CHECK(only<PickedUp>(play.jmi(phone, "proceed", sid)) == PickedUp{ring_leg, *Address::parse(phone)});
  CHECK(play.jmi(tablet, "proceed", sid).events.empty());
  const Outcome offered = play.calls.initiate(ring_leg, our_offer(true), play.now);
  CHECK(says(offered, "to='ann@example.org/phone'"));
  CHECK(says(offered, "action='session-initiate' sid='~id-1' initiator='team@conf.example/call'><group"));
  CHECK(says(offered, "<content creator='initiator' name='audio' senders='both'>"));
  CHECK(says(offered, "setup='actpass'"));
  CHECK(offered.stanzas.at(0).answer_for == ring_leg);
}

TEST_CASE("JC-32: the offer to a device that cannot group has a transport per content and no group") {
  Play play;
  (void)ring(play);
  (void)play.jmi(phone, "proceed", sid);
  const Outcome offered = play.calls.initiate(ring_leg, our_offer(false), play.now);
  CHECK(said(offered).find("<group") == std::string::npos);
  CHECK(says(offered, "ufrag='ours2'"));
  const Outcome accepted = play.jingle(phone, "session-accept", sid, ann_answers(false));
  CHECK(only<Accepted>(accepted).description.transports.size() == 2);
}

TEST_CASE("JC-37: the answer brings the call up, with the candidates that came before it") {
  Play play;
  (void)ring(play);
  (void)play.jmi(phone, "proceed", sid);
  (void)play.calls.initiate(ring_leg, our_offer(true), play.now);
  CHECK(play.jingle(phone, "transport-info", sid, transport_info("video", "ufrag='u1'", "4000")).events.empty());
  const Outcome accepted = play.jingle(phone, "session-accept", sid, ann_answers(true));
  REQUIRE(accepted.events.size() == 2);
  CHECK(std::get<Accepted>(accepted.events[0]).description.media.size() == 2);
  CHECK(std::get<Candidate>(accepted.events[1]).candidate.port == 4000);
  CHECK(play.wait(seconds(3600)).events.empty());
}

TEST_CASE("JC-24: an offer that is not what was proposed is not sent") {
  Play play;
  (void)ring(play);
  (void)play.jmi(phone, "proceed", sid);
  const Outcome offered = play.calls.initiate(ring_leg, our_offer(true, false), play.now);
  CHECK(said(offered).find("session-initiate") == std::string::npos);
  CHECK(says(offered, "<finish"));
  CHECK(only<Ended>(offered).reason == Reason::internal);
}

TEST_CASE("JC-22: who calls while we ring him, wins") {
  Play play;
  (void)ring(play);
  const Outcome proposed = play.propose(phone, "S1");
  CHECK(says(proposed,
             "<retract xmlns='urn:xmpp:jingle-message:0' id='~id-1'><reason xmlns='urn:xmpp:jingle:1'>"
             "<expired/></reason><tie-break/></retract>"));
  REQUIRE(proposed.events.size() == 2);
  CHECK(std::get<Ended>(proposed.events[0]) == Ended{ring_leg, Reason::cancelled});
  CHECK(says(play.calls.admit(std::get<Proposed>(proposed.events[1]).leg, play.now), "<proceed"));
}

TEST_CASE("JC-23: nobody is rung who is in the call already") {
  Play play;
  (void)up(play, grouped_offer());
  const Outcome rung = ring(play);
  CHECK(rung.stanzas.empty());
  CHECK(only<Ended>(rung) == Ended{ring_leg, Reason::already_in_call});
}

TEST_CASE("JC-25: after thirty seconds the ring is retracted from where it came") {
  Play play;
  (void)ring(play);
  CHECK(play.wait(seconds(29)).stanzas.empty());
  const Outcome late = play.wait(seconds(1));
  CHECK(says(late, "<message type='chat' from='team@conf.example/call' to='ann@example.org'"));
  CHECK(
      says(late, "<retract xmlns='urn:xmpp:jingle-message:0' id='~id-1'><reason xmlns='urn:xmpp:jingle:1'><cancel/>"));
  CHECK(only<Ended>(late) == Ended{ring_leg, Reason::timeout});
}

TEST_CASE("JC-27: a reject, from the bare or the full address, is a no") {
  for (const std::string& from : {std::string("ann@example.org"), phone}) {
    Play play;
    (void)ring(play);
    CHECK(only<Ended>(play.jmi(from, "reject", sid)) == Ended{ring_leg, Reason::declined});
  }
  Play play;
  (void)ring(play);
  CHECK(only<Ended>(play.jmi(phone, "reject", sid, "<reason xmlns='urn:xmpp:jingle:1'><busy/></reason>")).reason ==
        Reason::busy);
}

TEST_CASE("JC-27: a proposal that comes back found nobody") {
  Play play;
  (void)ring(play);
  const Outcome bounced = play.hear(
      "<message type='error' id='id-2' from='ann@example.org' to='team@conf.example/call'>"
      "<propose xmlns='urn:xmpp:jingle-message:0' id='~id-1'/><error type='cancel'/></message>");
  CHECK(only<Ended>(bounced) == Ended{ring_leg, Reason::connectivity});
}

TEST_CASE("nobody else can answer a ring") {
  Play play;
  (void)ring(play);
  for (const char* word : {"ringing", "proceed", "reject", "finish"}) {
    CHECK(play.jmi("eve@example.org/x", word, sid).events.empty());
  }
  CHECK(play.calls.knows(ring_leg));
}

TEST_CASE("JC-28: a device without call messages is offered a call directly, and ended without finish") {
  Play play;
  const Outcome offered =
      play.calls.call(ring_leg, ConferenceId("team"), contact, *Address::parse(phone), our_offer(true), play.now);
  CHECK(says(offered, "action='session-initiate'"));
  CHECK(only<Ringing>(play.jingle(phone, "session-info", sid, "<ringing xmlns='urn:xmpp:jingle:apps:rtp:info:1'/>"))
            .leg == ring_leg);
  const Outcome ended = play.calls.end(ring_leg, Reason::cancelled, play.now);
  REQUIRE(ended.stanzas.size() == 1);
  CHECK(says(ended, "<reason><cancel/>"));
}

TEST_CASE("an offer that comes back as an error is the end of the call") {
  Play play;
  (void)play.calls.call(ring_leg, ConferenceId("team"), contact, *Address::parse(phone), our_offer(true), play.now);
  const auto error = tests::parse_xml("<iq type='error' id='x'><error><service-unavailable/></error></iq>");
  CHECK(only<Ended>(play.calls.handle_answer(ring_leg, *error, play.now)) == Ended{ring_leg, Reason::connectivity});
}

TEST_CASE("an answer without DTLS ends the call") {
  Play play;
  (void)play.calls.call(ring_leg, ConferenceId("team"), contact, *Address::parse(phone), our_offer(true), play.now);
  const std::string bare =
      "<content name='audio' creator='initiator'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/>"
      "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u' pwd='p'/></content>";
  const Outcome answered = play.jingle(phone, "session-accept", sid, bare);
  CHECK(says(answered, "<security-error/>"));
  CHECK(only<Ended>(answered).reason == Reason::no_security);
}

TEST_CASE("JC-43: Dino's content-modify before its answer is kept for the answer") {
  Play play;
  (void)play.calls.call(ring_leg, ConferenceId("team"), contact, *Address::parse(phone), our_offer(false), play.now);
  const Outcome modified =
      play.jingle(phone, "content-modify", sid, "<content name='video' creator='initiator' senders='initiator'/>");
  CHECK(modified.error == nullptr);
  const Outcome accepted = play.jingle(phone, "session-accept", sid, ann_answers(false));
  REQUIRE(accepted.events.size() == 2);
  const auto& changed = std::get<Changed>(accepted.events[1]);
  CHECK(changed.description.media.at(1).direction == model::Direction::recvonly);
}

}  // namespace
}  // namespace rollcall::component::jingle::testing
