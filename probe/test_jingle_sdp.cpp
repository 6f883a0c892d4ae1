#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "probe/jingle_sdp.h"

using namespace rollcall::probe;
using rollcall::model::Reason;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(std::string(ROLLCALL_SOURCE_ROOT) + "/" + path);
  REQUIRE_MESSAGE(file, "There is no fixture " << path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The jingle element of a stored iq.
Stanza jingle(const std::string& name) {
  const auto iq = Stanza::parse(read("tests/fixtures/jingle/" + name));
  REQUIRE(iq);
  return iq.child("jingle", ns_jingle);
}

std::string without_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

/// What webrtcbin offers, shortened.
constexpr auto our_offer =
    "v=0\r\no=- 1 0 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=ice-options:trickle\r\na=group:BUNDLE audio0 video1\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=ice-ufrag:uuuu\r\na=ice-pwd:"
    "pppppppppppppppppppppp\r\na=rtcp-mux\r\na=rtcp-rsize\r\na=sendrecv\r\na=rtpmap:111 OPUS/48000/2\r\n"
    "a=rtcp-fb:111 transport-cc\r\na=ssrc:7 cname:who\r\na=ssrc:7 msid:user track\r\na=mid:audio0\r\n"
    "a=fingerprint:sha-256 AA:BB\r\na=candidate:1 1 UDP 2015363327 127.0.0.1 40000 typ host\r\n"
    "a=candidate:2 1 TCP 1015021823 127.0.0.1 9 typ host tcptype active\r\n"
    "m=video 0 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=ice-ufrag:uuuu\r\na=ice-pwd:"
    "pppppppppppppppppppppp\r\na=rtcp-mux\r\na=sendonly\r\na=rtpmap:96 VP8/90000\r\na=rtcp-fb:96 nack pli\r\n"
    "a=rtpmap:97 rtx/90000\r\na=fmtp:97 apt=96\r\na=ssrc-group:FID 8 9\r\na=ssrc:8 cname:who\r\na=ssrc:9 cname:who\r\n"
    "a=mid:video1\r\na=fingerprint:sha-256 AA:BB\r\n";

Stanza written(const JingleOptions& options = {}) {
  auto filled = fill_jingle(Stanza("jingle", ns_jingle, {{"sid", "s"}}), our_offer, options);
  REQUIRE(filled);
  return Stanza::parse(filled->xml());  // as the other side reads it
}

}  // namespace

TEST_CASE("Dino's offer becomes SDP without group, component 2, SDES and with opus spelt as WebRTC wants it") {
  const auto sdp = sdp_from_jingle(jingle("dino_offer.xml"), Role::initiator);
  REQUIRE(sdp);
  CHECK(without_returns(*sdp) == without_returns(read("probe/fixtures/dino_offer.sdp")));
}

TEST_CASE("a browser's offer becomes SDP with its group, all codecs and all extensions") {
  const auto sdp = sdp_from_jingle(jingle("stanza_js_offer.xml"), Role::initiator);
  REQUIRE(sdp);
  CHECK(without_returns(*sdp) == without_returns(read("probe/fixtures/stanza_js_offer.sdp")));
}

TEST_CASE("Dino's answer is read as the responder's") {
  const auto sdp = sdp_from_jingle(jingle("dino_answer.xml"), Role::responder);
  REQUIRE(sdp);
  CHECK(sdp->find("a=setup:active") != std::string::npos);
  CHECK(media_kinds(*sdp) == std::vector<std::string>{"audio", "video"});
  const auto transports = content_transports(*sdp);
  REQUIRE(transports.size() == 2);
  CHECK(transports[1].name == "1");
  CHECK(transports[1].ufrag == "bojT");
  CHECK(transports[1].password == "iJ6ytcSLa4Gz/BYYHP19T/");
}

TEST_CASE("an offer without DTLS is refused as insecure") {
  const auto sdp = sdp_from_jingle(jingle("gajim_offer.xml"), Role::initiator);
  REQUIRE_FALSE(sdp);
  CHECK(sdp.error().reason == Reason::no_security);
}

TEST_CASE("Jingle without contents, description or credentials is refused and not guessed") {
  CHECK_FALSE(sdp_from_jingle(Stanza("jingle", ns_jingle), Role::initiator));
  Stanza bare("jingle", ns_jingle);
  bare.add(Stanza("content", {}, {{"name", "0"}}));
  CHECK_FALSE(sdp_from_jingle(bare, Role::initiator));
  auto text = written().xml();
  for (std::size_t at; (at = text.find("ufrag")) != std::string::npos;) text.replace(at, 5, "zfrag");
  const auto refused = sdp_from_jingle(Stanza::parse(text), Role::initiator);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == Reason::bad_request);
}

TEST_CASE("our offer becomes contents with group, sources, senders and only what Jingle knows") {
  const auto jingle = written();
  const auto group = jingle.child("group", ns_grouping);
  CHECK(group.attribute("semantics") == "BUNDLE");
  CHECK(group.children("content").size() == 2);
  const auto contents = jingle.children("content");
  REQUIRE(contents.size() == 2);
  CHECK(contents[0].attribute("senders") == "both");
  CHECK(contents[1].attribute("senders") == "initiator");
  const auto audio = contents[0].child("description", ns_rtp);
  const auto opus = audio.child("payload-type");
  CHECK(opus.attribute("name") == "opus");
  CHECK(opus.attribute("channels") == "2");
  CHECK_FALSE(opus.child("rtcp-fb"));  // transport-cc without its extension would be a lie
  CHECK(audio.child("rtcp-mux"));
  CHECK(audio.child("source").attribute("ssrc") == "7");
  const auto video = contents[1].child("description", ns_rtp);
  CHECK(video.children("payload-type")[1].child("parameter").attribute("value") == "96");
  CHECK(video.child("ssrc-group").children("source").size() == 2);
  const auto transport = contents[0].child("transport", ns_ice);
  CHECK(transport.attribute("ufrag") == "uuuu");
  CHECK(transport.child("fingerprint", ns_dtls).text() == "AA:BB");
  CHECK(transport.child("fingerprint").attribute("setup") == "actpass");
  REQUIRE(transport.children("candidate").size() == 1);  // not the TCP one
  CHECK(transport.child("candidate").attribute("port") == "40000");
}

TEST_CASE("candidates are left out of the contents when they trickle") {
  const auto jingle = written({.candidates = false});
  for (const auto& content : jingle.children("content")) CHECK_FALSE(content.child("transport").child("candidate"));
}

TEST_CASE("what we write we read back as the same media") {
  const auto sdp = sdp_from_jingle(written(), Role::initiator);
  REQUIRE(sdp);
  for (const auto* line : {"a=group:BUNDLE audio0 video1", "a=mid:video1", "a=sendonly", "a=rtpmap:111 opus/48000/2",
                           "a=fmtp:97 apt=96", "a=ssrc-group:FID 8 9", "a=ssrc:7 msid:user track"}) {
    CHECK_MESSAGE(sdp->find(line) != std::string::npos, line);
  }
}

TEST_CASE("senders is turned round for the side that did not write it") {
  const auto sdp = sdp_from_jingle(written(), Role::responder);
  REQUIRE(sdp);
  CHECK(sdp->find("a=recvonly") != std::string::npos);
}

TEST_CASE("a candidate goes to Jingle and back") {
  const auto element = candidate_element("candidate:4 1 UDP 1677 192.0.2.7 5000 typ srflx raddr 10.0.0.1 rport 6000");
  REQUIRE(element);
  CHECK(element->attribute("type") == "srflx");
  CHECK(element->attribute("rel-addr") == "10.0.0.1");
  CHECK(element->attribute("generation") == "0");
  CHECK_FALSE(element->attribute("id").empty());
  CHECK(candidate_line(*element) == "candidate:4 1 UDP 1677 192.0.2.7 5000 typ srflx raddr 10.0.0.1 rport 6000");
}

TEST_CASE("Monal's spelling of the related port is understood") {
  Stanza element("candidate", {},
                 {{"foundation", "1"},
                  {"component", "1"},
                  {"protocol", "udp"},
                  {"priority", "9"},
                  {"ip", "192.0.2.7"},
                  {"port", "5"},
                  {"type", "relay"},
                  {"rel-addr", "10.0.0.1"},
                  {"rel_port", "6"}});
  CHECK(candidate_line(element) == "candidate:1 1 UDP 9 192.0.2.7 5 typ relay raddr 10.0.0.1 rport 6");
}

TEST_CASE("candidates of TCP, of component 2 and half candidates are passed over") {
  CHECK_FALSE(candidate_element("candidate:2 1 TCP 10 127.0.0.1 9 typ host tcptype active"));
  CHECK_FALSE(candidate_element("candidate:2 1 UDP"));
  CHECK_FALSE(candidate_element(""));
  Stanza second("candidate", {},
                {{"foundation", "1"},
                 {"component", "2"},
                 {"protocol", "udp"},
                 {"priority", "9"},
                 {"ip", "192.0.2.7"},
                 {"port", "5"},
                 {"type", "host"}});
  CHECK_FALSE(candidate_line(second));
  CHECK_FALSE(candidate_line(Stanza("candidate", {}, {{"component", "1"}, {"protocol", "udp"}})));
}
