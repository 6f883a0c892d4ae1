// Calling people: the ring, and what comes of it.
#include "xmpp-component/jingle/call_play.h"
#include "xmpp-component/service_play.h"

namespace rollcall::component::testing {
namespace {

using jingle::testing::our_offer;
using model::Reason;

const std::string call_contact = team + "/call";

/// What Juliet is rung with.
struct RingPlay : Play {
  std::string sid;
  RingPlay() {
    mcu_comes();
    says(romeo, service, "call team: " + bare(juliet));
    to_mcu.clear();
  }

  std::string sid_in(const std::string& xml) {
    const auto at = xml.find("id='~");
    REQUIRE(at != std::string::npos);
    return xml.substr(at + 4, xml.find('\'', at + 4) - at - 4);
  }
  void juliet_says(const std::string& element) {
    sends("<message type='chat' from='" + juliet + "' to='" + call_contact + "'><" + element +
          " xmlns='urn:xmpp:jingle-message:0' id='" + sid + "'/></message>");
  }
};

TEST_CASE("JC-20, JC-21: an invited person is written to, then all his devices are rung") {
  RingPlay play;
  const std::string heard = play.hears(juliet);
  const auto invitation = heard.find("invites you");
  const auto propose = heard.find("<propose");
  REQUIRE(invitation != std::string::npos);
  REQUIRE(propose != std::string::npos);
  CHECK(invitation < propose);
  CHECK(contains(heard, "id='~"));
}

TEST_CASE("JC-26, JC-32: who picks up is asked what his device can do, and offered what fits it") {
  RingPlay play;
  play.sid = play.sid_in(play.hears(juliet));
  play.juliet_says("proceed");
  CHECK(contains(play.hears(juliet, "iq"), "disco#info"));
  REQUIRE(play.unanswered.size() == 1);
  const auto answer = tests::parse_xml(
      "<iq type='result' id='x' from='" + juliet +
      "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' type='pc' name='Dino'/>"
      "<feature var='urn:xmpp:jingle:1'/></query></iq>");
  play.unanswered.front()(*answer);
  const auto create = play.order<rules::CreateLeg>();
  CHECK_FALSE(create.offer);
  CHECK_FALSE(create.profile.bundle);
  play.happens(rules::McuAnswered{create.leg, our_offer(false)});
  CHECK(contains(play.hears(juliet, "iq"), "session-initiate"));
}

TEST_CASE("a declined ring is told to the inviter, in words and once") {
  RingPlay play;
  play.sid = play.sid_in(play.hears(juliet));
  play.hears(romeo);
  play.juliet_says("reject");
  const std::string told = play.hears(romeo);
  CHECK(contains(told, "juliet@example.org does not want to join"));
  CHECK(count(told, "<message") == 1);
  play.juliet_says("reject");
  CHECK(play.hears(romeo).empty());
}

TEST_CASE("JC-27: a ring that bounces is told to the inviter, though the bounce says nothing but its id") {
  RingPlay play;
  const std::string heard = play.hears(juliet);
  const auto at = heard.rfind("id='", heard.find("<propose"));
  const std::string id = heard.substr(at + 4, heard.find('\'', at + 4) - at - 4);
  play.hears(romeo);
  play.sends(
      "<message type='error' from='" + bare(juliet) + "' to='" + call_contact + "' id='" + id +
      "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
  CHECK(contains(play.hears(romeo), "could not call juliet@example.org"));
}

TEST_CASE("JC-29: who has no client that calls is written to, and a ring that he cannot hear does no harm") {
  Play play;
  play.mcu_comes();
  play.sends("<presence from='" + juliet + "' to='" + service + "'/>");
  play.contacts_hear("<iq type='result' id='x' from='" + juliet +
                     "'><query xmlns='http://jabber.org/protocol/disco#info'><identity category='client' "
                     "type='console' name='profanity'/></query></iq>");
  play.goes_silent();
  play.says(romeo, service, "call team: " + bare(juliet));
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "https://meet/j/team"));
  CHECK(play.hears(juliet, "iq").empty());
  CHECK(play.orders<rules::CreateLeg>().empty());
}

TEST_CASE(
    "JC-50: unless switched on, no call invite of XEP-0482 is sent, beside the ring or instead of it, nor promised") {
  RingPlay play;
  CHECK(play.hears(juliet).find("urn:xmpp:call-invites") == std::string::npos);
  const std::string info = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
  for (const std::string& place : {call_contact, team, service, domain}) {
    CHECK(play.asks(juliet, place, info).find("urn:xmpp:call-invites") == std::string::npos);
  }
}

TEST_CASE(
    "JC-50: switched on, a device that knows call invites and no call messages is rung by one, and by nothing else") {
  Play play(fresh_state(), {.call_invites = true});
  play.mcu_comes();
  play.says(romeo, service, "call team: " + bare(mercutio));
  play.sends("<presence from='" + juliet + "' to='" + service + "'/>");
  play.contacts_hear("<iq type='result' id='x' from='" + juliet +
                     "'><query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:jingle:1'/>"
                     "<feature var='urn:xmpp:jingle:apps:rtp:1'/><feature var='urn:xmpp:jingle:transports:ice-udp:1'/>"
                     "<feature var='urn:xmpp:jingle:apps:dtls:0'/><feature var='urn:xmpp:jingle:apps:rtp:audio'/>"
                     "<feature var='urn:xmpp:jingle:apps:rtp:video'/>"
                     "<feature var='urn:ietf:rfc:5888'/><feature var='urn:xmpp:call-invites:0'/></query></iq>");
  play.goes_silent();
  play.to_mcu.clear();
  play.says(romeo, team, "invite " + bare(juliet));
  const std::string heard = play.hears(juliet);
  const auto at = heard.find("<invite xmlns='urn:xmpp:call-invites:0' id='");
  REQUIRE(at != std::string::npos);
  const auto begin = heard.find("id='", at) + 4;
  const std::string sid = heard.substr(begin, heard.find('\'', begin) - begin);
  CHECK(contains(heard, "<jingle sid='" + sid + "'/>"));
  CHECK(contains(heard, "video='true'"));
  CHECK(heard.find("jingle-message") == std::string::npos);
  CHECK(play.orders<rules::CreateLeg>().empty());

  play.sends("<message type='chat' from='" + juliet + "' to='" + call_contact +
             "'><accept xmlns='urn:xmpp:call-invites:0' id='" + sid + "'><jingle sid='" + sid +
             "'/></accept></message>");
  const auto create = play.order<rules::CreateLeg>();
  CHECK(create.profile.video);
  play.happens(rules::McuAnswered{create.leg, our_offer(true)});
  CHECK(contains(play.hears(juliet, "iq"), "session-initiate"));
}

TEST_CASE("JC-50: a call invite that nobody answers is retracted, and one that is rejected is told") {
  jingle::Calls calls({.new_leg_id = [] { return model::LegId("l"); }, .new_uuid = [] { return "u"; }});
  const auto person = *model::Address::parse(bare(juliet));
  const auto contact = *model::Address::parse(team);
  const jingle::Time start{};
  const auto rings = [&] {
    return calls.ring(model::LegId("l"), model::ConferenceId("team"), contact, person, true, start, true);
  };
  CHECK(contains(rings().stanzas.at(0).tag->xml(), "id='~u'"));
  const auto late = calls.time_passed(start + 30s);
  CHECK(contains(late.stanzas.at(0).tag->xml(), "<retract xmlns='urn:xmpp:call-invites:0' id='~u'"));
  (void)rings();
  const auto rejected =
      calls.handle_message(*tests::parse_xml("<message type='chat' from='" + juliet + "' to='" + team +
                                             "'><reject xmlns='urn:xmpp:call-invites:0' id='~u'/></message>"),
                           start);
  CHECK(rejected.events.size() == 1);
}

TEST_CASE("JC-55: a person is told a conference's name with its request, its presence and its words") {
  RingPlay play;
  const std::string nick = "<nick xmlns='http://jabber.org/protocol/nick'>team</nick>";
  CHECK(contains(play.hears(juliet), nick));
  CHECK(contains(play.hears(juliet, "presence"), nick));
  play.sends("<presence type='subscribe' from='juliet@example.org' to='" + team + "'/>");
  CHECK(contains(play.hears(juliet, "presence"), "<priority>1</priority>" + nick));
}

TEST_CASE("JC-28: a person none of whose calling devices rings by message is called directly") {
  Play play;
  play.mcu_comes();
  play.says(romeo, service, "call team: " + bare(mercutio));
  play.sends("<presence from='" + juliet + "' to='" + service + "'/>");
  play.contacts_hear("<iq type='result' id='x' from='" + juliet +
                     "'><query xmlns='http://jabber.org/protocol/disco#info'><feature var='urn:xmpp:jingle:1'/>"
                     "<feature var='urn:xmpp:jingle:apps:rtp:1'/><feature var='urn:xmpp:jingle:transports:ice-udp:1'/>"
                     "<feature var='urn:xmpp:jingle:apps:dtls:0'/><feature var='urn:xmpp:jingle:apps:rtp:audio'/>"
                     "<feature var='urn:ietf:rfc:5888'/></query></iq>");
  play.goes_silent();
  play.to_mcu.clear();
  play.says(romeo, team, "invite " + bare(juliet));
  CHECK_FALSE(play.hears(juliet).find("<propose") != std::string::npos);
  const auto create = play.order<rules::CreateLeg>();
  CHECK(create.profile.bundle);
  CHECK_FALSE(create.profile.video);
  play.happens(rules::McuAnswered{create.leg, our_offer(true)});
  CHECK(contains(play.hears(juliet, "iq"), "session-initiate"));
}

TEST_CASE("JC-22: who calls while he is rung is not rung any more, and his call is taken") {
  RingPlay play;
  play.hears(juliet);
  play.sends("<message type='chat' from='" + juliet + "' to='" + team +
             "' id='p1'><propose xmlns='urn:xmpp:jingle-message:0' id='theirs'>"
             "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'/></propose></message>");
  const std::string heard = play.hears(juliet);
  CHECK(contains(heard, "<retract"));
  CHECK(contains(heard, "<proceed"));
  CHECK(play.hears(romeo).find("juliet@example.org does not") == std::string::npos);
}

}  // namespace
}  // namespace rollcall::component::testing
