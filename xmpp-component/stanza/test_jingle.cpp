#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/jingle.h"

namespace rollcall::component::stanza {
namespace {

using tests::parse_xml;

Jingle read_sample(const std::string& name) {
  const auto iq = parse_xml(tests::read_fixture("jingle/" + name));
  const gloox::Tag* tag = child_of(*iq, "jingle", jingle_namespace);
  REQUIRE(tag != nullptr);
  auto jingle = read_jingle(*tag);
  REQUIRE(jingle);
  return *jingle;
}

Jingle read_text(const std::string& text) {
  auto jingle = read_jingle(*parse_xml(text));
  REQUIRE(jingle);
  return *jingle;
}

/// One audio content with `inside` its transport.
Jingle with_transport(const std::string& inside, const std::string& attributes = "ufrag='abcd' pwd='p'") {
  return read_text(
      "<jingle xmlns='urn:xmpp:jingle:1' action='transport-info' sid='s'><content name='0'>"
      "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' " +
      attributes + ">" + inside + "</transport></content></jingle>");
}

Jingle with_description(const std::string& inside) {
  return read_text(
      "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'><content name='0'>"
      "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>" +
      inside + "</description></content></jingle>");
}

const RtpDescription& description_in(const Jingle& jingle) {
  return *jingle.contents.at(0).description;
}

TEST_CASE("every real client's description survives being written and read again") {
  for (const char* name : {"dino_offer.xml", "dino_answer.xml", "stanza_js_offer.xml", "stanza_js_answer.xml",
                           "stanza_js_answers_dino.xml", "gajim_offer.xml", "pidgin_offer.xml"}) {
    CAPTURE(name);
    Jingle jingle = read_sample(name);
    for (Content& content : jingle.contents) {
      for (model::Codec& codec : content.description->payload_types) {
        std::erase_if(codec.parameters, [](const auto& entry) { return entry.second.empty(); });
      }
    }
    const auto again = read_jingle(*parse_xml(write_jingle(jingle)->xml()));
    REQUIRE(again);
    CHECK(*again == jingle);
  }
}

TEST_CASE("Dino's offer: two contents, no group, own credentials, the first component only") {
  const Jingle offer = read_sample("dino_offer.xml");
  CHECK(offer.action == JingleAction::session_initiate);
  CHECK(offer.bundle.empty());
  REQUIRE(offer.contents.size() == 2);
  CHECK(offer.contents[0].transport->ufrag == "xEEH");
  CHECK(offer.contents[1].transport->ufrag == "tPEc");
  REQUIRE(offer.contents[1].transport->candidates.size() == 1);
  CHECK(offer.contents[1].transport->candidates[0].port == 38037);
  CHECK(description_in(offer).payload_types[0].name == "opus");
  CHECK(description_in(offer).payload_types[0].channels == 2);
  CHECK(description_in(offer).rtcp_mux);
}

TEST_CASE("stanza.js's offer: one group, feedback in a prefixed namespace, retransmission by its partner") {
  const Jingle offer = read_sample("stanza_js_offer.xml");
  CHECK(offer.bundle == std::vector<std::string>{"0", "1"});
  const RtpDescription& video = *offer.contents.at(1).description;
  CHECK(video.payload_types[0].feedback.size() == 5);
  CHECK(video.header_extensions.size() == 11);
  REQUIRE(video.sources.size() == 1);
  CHECK(video.sources[0].ssrc == 4276478313U);
  CHECK(video.sources[0].rtx_ssrc == 2683286505U);
  CHECK(video.sources[0].cname == "/S0ZVKlyJr2ZsZA+");
  CHECK(video.sources[0].track == "ecfbeac2-46cf-4f8b-a68f-71c6a0259cbc");
}

TEST_CASE("Pidgin's offer: no channels means one, and a payload id counts once") {
  const Jingle offer = read_sample("pidgin_offer.xml");
  for (const model::Codec& codec : description_in(offer).payload_types) CHECK(codec.channels >= 1);
  const auto& codecs = description_in(offer).payload_types;
  CHECK(std::ranges::count(codecs, 14, &model::Codec::payload_type) == 1);
}

TEST_CASE("JC-35: keys in the open are not read") {
  const Jingle offer = read_sample("dino_offer.xml");
  CHECK(write_jingle(offer)->xml().find("crypto") == std::string::npos);
}

TEST_CASE("JC-37: TCP candidates, other components and names instead of addresses are read over") {
  const auto candidate = [](const std::string& changed) {
    return "<candidate component='1' foundation='1' generation='0' id='a' ip='192.0.2.1' network='0' port='4000' "
           "priority='1' protocol='udp' type='host' " +
           changed + "/>";
  };
  CHECK(with_transport(candidate("")).contents[0].transport->candidates.size() == 1);
  for (const char* broken :
       {"<candidate component='1' foundation='1' ip='192.0.2.1' port='9' priority='1' protocol='tcp' type='host'/>",
        "<candidate component='2' foundation='1' ip='192.0.2.1' port='40' priority='1' protocol='udp' type='host'/>",
        "<candidate component='1' foundation='1' ip='x.local' port='40' priority='1' protocol='udp' type='host'/>",
        "<candidate component='1' foundation='1' ip='192.0.2.1' port='0' priority='1' protocol='udp' type='host'/>",
        "<candidate component='1' foundation='1' ip='192.0.2.1' port='40' priority='-1' protocol='udp' type='host'/>",
        "<candidate component='1' foundation='1' ip='192.0.2.1' port='40' priority='1' protocol='udp' type='relais'/>",
        "<gathering-complete/>"}) {
    CAPTURE(broken);
    CHECK(with_transport(broken).contents[0].transport->candidates.empty());
  }
}

TEST_CASE("JC-37: a related address is read in Monal's spelling, a candidate without id or foundation too") {
  const Jingle info = with_transport(
      "<candidate component='1' ip='198.51.100.7' port='4000' priority='1' protocol='UDP' type='srflx' "
      "rel_addr='10.0.0.2' rel_port='4001'/>");
  const model::IceCandidate& candidate = info.contents[0].transport->candidates.at(0);
  CHECK(candidate.related_ip == "10.0.0.2");
  CHECK(candidate.related_port == 4001);
  CHECK(candidate.foundation == "1");
}

TEST_CASE("JC-37: a transport without password is read (stanza.js trickles so)") {
  const Jingle info = with_transport("", "ufrag='abcd'");
  CHECK(info.contents[0].transport->ufrag == "abcd");
  CHECK(info.contents[0].transport->password.empty());
}

TEST_CASE("JC-34: a fingerprint is written in upper case without blanks, and an answer is never actpass") {
  Jingle jingle = with_transport(
      "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='SHA-256' setup='actpass'>\n  ab:cd:0e\n</fingerprint>");
  CHECK(jingle.contents[0].transport->dtls->fingerprint == "AB:CD:0E");
  CHECK(jingle.contents[0].transport->dtls->hash == "sha-256");
  jingle.action = JingleAction::session_initiate;
  CHECK(write_jingle(jingle)->xml().find("setup='actpass'>AB:CD:0E<") != std::string::npos);
  jingle.action = JingleAction::session_accept;
  CHECK(write_jingle(jingle)->xml().find("setup='active'>AB:CD:0E<") != std::string::npos);
}

TEST_CASE("JC-36: a candidate is written with every attribute, its foundation as a number") {
  Jingle jingle = with_transport("");
  jingle.contents[0].transport->candidates.push_back({.foundation = "Host_1", .ip = "203.0.113.5", .port = 40000});
  const TagPtr tag = write_jingle(jingle);
  const gloox::Tag* candidate = tag->findTag("jingle/content/transport/candidate");
  REQUIRE(candidate != nullptr);
  for (const char* name :
       {"component", "foundation", "generation", "id", "ip", "network", "port", "priority", "protocol", "type"}) {
    CAPTURE(name);
    CHECK(!candidate->findAttribute(name).empty());
  }
  CHECK(number_in(candidate->findAttribute("foundation"), 0xffffffff).has_value());
}

TEST_CASE("JC-39: no parameter is written without a value, and no msid with a blank at its end") {
  Jingle jingle = with_description("<payload-type id='96' name='VP8' clockrate='90000'/>");
  jingle.contents[0].description->payload_types[0].parameters = {{"a", ""}, {"b", "1 "}};
  jingle.contents[0].description->sources = {{.ssrc = 7, .cname = "", .stream = "mix", .track = ""}};
  const std::string xml = write_jingle(jingle)->xml();
  CHECK(xml.find("name='a'") == std::string::npos);
  CHECK(xml.find("name='b' value='1'") != std::string::npos);
  CHECK(xml.find("cname") == std::string::npos);
  CHECK(xml.find("name='msid' value='mix'") != std::string::npos);
}

TEST_CASE("movim#1231: a blank at the end of an msid and a source without values are read") {
  const Jingle jingle = with_description(
      "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='5'><parameter name='msid' value='a b '/></source>"
      "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='6'><parameter name='cname'/></source>");
  const auto& sources = description_in(jingle).sources;
  REQUIRE(sources.size() == 2);
  CHECK(sources[0].stream == "a");
  CHECK(sources[0].track == "b");
  CHECK(sources[1].cname.empty());
}

TEST_CASE("feedback of a whole description goes to each of its codecs") {
  const Jingle jingle = with_description(
      "<payload-type id='96' name='VP8' clockrate='90000'/><payload-type id='97' name='VP9' clockrate='90000'/>"
      "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='nack' subtype='pli'/>");
  for (const model::Codec& codec : description_in(jingle).payload_types) {
    CHECK(codec.feedback == std::vector<model::Feedback>{{"nack", "pli"}});
  }
}

TEST_CASE("limits: 64 payload types and 64 candidates are kept, a 17th content is refused") {
  std::string types;
  std::string candidates;
  std::string contents;
  for (int n = 0; n < 100; ++n) {
    const std::string text = std::to_string(n);
    types += "<payload-type id='" + text + "' name='VP8' clockrate='90000'/>";
    candidates +=
        "<candidate ip='192.0.2.1' port='" + std::to_string(n + 1) + "' priority='1' protocol='udp' type='host'/>";
    if (n < 17) contents += "<content name='" + text + "'/>";
  }
  CHECK(description_in(with_description(types)).payload_types.size() == 64);
  CHECK(with_transport(candidates).contents[0].transport->candidates.size() == 64);
  const auto tag =
      parse_xml("<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'>" + contents + "</jingle>");
  REQUIRE(!read_jingle(*tag));
  CHECK(read_jingle(*tag).error().reason == model::Reason::bad_request);
}

TEST_CASE("what cannot be understood at all is refused") {
  for (const char* text :
       {"<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate'/>", "<jingle xmlns='urn:xmpp:jingle:1' sid='s'/>",
        "<jingle xmlns='urn:xmpp:jingle:1' sid='s' action='dance'/>",
        "<jingle xmlns='urn:xmpp:jingle:1' sid='s' action='session-initiate'><content/></jingle>",
        "<jingle xmlns='urn:xmpp:jingle:1' sid='s' action='session-initiate'><content name='a'/>"
        "<content name='a'/></jingle>"}) {
    CAPTURE(text);
    CHECK(!read_jingle(*parse_xml(text)));
  }
}

TEST_CASE("a description of another application is known as foreign") {
  const Jingle jingle = read_text(
      "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='s'><content name='f'>"
      "<description xmlns='urn:xmpp:jingle:apps:file-transfer:5'/></content></jingle>");
  CHECK(jingle.contents[0].foreign);
}

TEST_CASE("a reason is read with its text, an unknown one as a general error") {
  const auto reason = [](const std::string& inside) {
    return *read_text("<jingle xmlns='urn:xmpp:jingle:1' action='session-terminate' sid='s'><reason>" + inside +
                      "</reason></jingle>")
                .reason;
  };
  CHECK(reason("<busy/><text>later</text>") == JingleReason{Condition::busy, "later"});
  CHECK(reason("<moon-phase/>") == JingleReason{Condition::general_error});
}

TEST_CASE("session information is read with the content that it is about") {
  const Jingle jingle = read_text(
      "<jingle xmlns='urn:xmpp:jingle:1' action='session-info' sid='s'>"
      "<mute xmlns='urn:xmpp:jingle:apps:rtp:info:1' creator='initiator' name='video'/></jingle>");
  CHECK(jingle.infos == std::vector<SessionInfo>{{SessionInfo::Kind::mute, "video"}});
}

}  // namespace
}  // namespace rollcall::component::stanza
