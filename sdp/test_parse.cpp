#include <doctest/doctest.h>

#include <algorithm>

#include "sdp/sdp.h"
#include "sdp/test_fixtures.h"

using namespace rollcall;
using namespace rollcall::sdp;

namespace {

model::MediaDescription read(const std::string& text) {
  auto description = parse(text);
  REQUIRE_MESSAGE(description, (description ? "" : description.error().subject));
  return *description;
}

const model::Codec& codec(const model::Media& media, const std::string& name) {
  auto found = std::ranges::find(media.codecs, name, &model::Codec::name);
  REQUIRE(found != media.codecs.end());
  return *found;
}

const std::string head = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

}  // namespace

TEST_CASE("Chromium's offer is one bundled transport with sound and picture") {
  auto offer = read(fixture("chromium_offer"));
  REQUIRE(offer.transports.size() == 1);
  REQUIRE(offer.media.size() == 2);
  CHECK(model::is_bundled(offer));
  CHECK(offer.media[0].mid == "0");
  CHECK(offer.media[0].kind == model::MediaKind::audio);
  CHECK(offer.media[1].kind == model::MediaKind::video);
  CHECK(offer.media[1].direction == model::Direction::sendrecv);
  CHECK(offer.media[1].rtcp_mux);

  const auto& transport = offer.transports[0];
  REQUIRE(transport.ice);
  CHECK(transport.ice->candidates.size() == 4);  // of eight, four are TCP
  REQUIRE(transport.dtls);
  CHECK(transport.dtls->hash == "sha-256");
  CHECK(transport.dtls->setup == model::DtlsSetup::actpass);
  CHECK_FALSE(transport.plain);
  CHECK_FALSE(transport.address);

  const auto& opus = codec(offer.media[0], "opus");
  CHECK(opus.payload_type == 111);
  CHECK(opus.channels == 2);
  CHECK(opus.parameters.at("useinbandfec") == "1");
  const auto& vp8 = codec(offer.media[1], "VP8");
  CHECK(vp8.payload_type == 96);
  CHECK(vp8.clock_rate == 90000);
  CHECK(std::ranges::find(vp8.feedback, model::Feedback{"nack", "pli"}) != vp8.feedback.end());
  CHECK(codec(offer.media[1], "rtx").parameters.at("apt") == "96");
  CHECK(codec(offer.media[0], "red").parameters.contains("111/111"));

  REQUIRE(offer.media[1].sources.size() == 1);
  CHECK(offer.media[1].sources[0].rtx_ssrc);
  CHECK_FALSE(offer.media[1].sources[0].track.empty());
  CHECK_FALSE(offer.media[1].header_extensions.empty());
}

TEST_CASE("the roles of an answer are read") {
  CHECK(read(fixture("chromium_answer")).transports[0].dtls->setup == model::DtlsSetup::active);
  CHECK(read(fixture("webrtcbin_answer")).transports[0].dtls->setup == model::DtlsSetup::active);
}

TEST_CASE("a bundle-only m-line of webrtcbin has port 0 and is not rejected") {
  auto offer = read(fixture("webrtcbin_offer"));
  REQUIRE(offer.media.size() == 2);
  CHECK(offer.transports.size() == 1);
  CHECK(offer.media[1].mid == "video1");
  CHECK(offer.media[1].codecs.size() == 1);
  CHECK(offer.media[1].direction == model::Direction::sendrecv);
  CHECK(offer.transports[0].ice->candidates.size() == 3);
}

TEST_CASE("a listener's data channel is set aside with its place") {
  auto session = parse_session(fixture("chromium_listener"));
  REQUIRE(session);
  REQUIRE(session->description.media.size() == 2);
  CHECK(session->description.media[0].direction == model::Direction::recvonly);
  REQUIRE(session->unused.size() == 1);
  CHECK(session->unused[0] == UnusedLine{2, "application", "UDP/DTLS/SCTP", "webrtc-datachannel", "2"});
}

TEST_CASE("without a group each media has a transport of its own") {
  auto text = fixture("chromium_offer");
  text.erase(text.find("a=group:"), std::string("a=group:BUNDLE 0 1\r\n").size());
  auto offer = read(text);
  CHECK(offer.transports.size() == 2);
  CHECK(offer.media[1].transport == 1);
}

TEST_CASE("a rejected m-line is an inactive media without codecs") {
  auto answer = read(head +
                     "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\na=ice-ufrag:abcd\r\n"
                     "a=ice-pwd:0123456789abcdef012345\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n");
  REQUIRE(answer.media.size() == 2);
  CHECK(answer.media[1].codecs.empty());
  CHECK(answer.media[1].direction == model::Direction::inactive);
  CHECK(answer.media[1].transport < answer.transports.size());
}

TEST_CASE("a telephone's plain address, keys and bandwidth are read") {
  auto offer = read(head +
                    "c=IN IP4 203.0.113.9\r\nm=audio 4000 RTP/SAVP 8 0 101\r\nb=AS:64\r\na=rtpmap:101 "
                    "telephone-event/8000\r\na=fmtp:101 0-15\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 "
                    "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 "
                    "inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4\r\na=rtcp:4009\r\na=sendonly\r\n");
  REQUIRE(offer.media.size() == 1);
  const auto& media = offer.media[0];
  CHECK(media.codecs[0].name == "PCMA");
  CHECK(media.codecs[1].name == "PCMU");
  CHECK(media.codecs[2].parameters.contains("0-15"));
  CHECK(media.bandwidth_kbit == 64);
  CHECK(media.direction == model::Direction::sendonly);
  CHECK_FALSE(media.rtcp_mux);
  const auto& transport = offer.transports[0];
  CHECK(transport.address == model::MediaAddress{"203.0.113.9", 4000, 4009});
  REQUIRE(transport.sdes.size() == 1);  // the second has an MKI
  CHECK(transport.sdes[0].key == "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz");
  CHECK_FALSE(transport.plain);
}

TEST_CASE("only the profile says that there is no encryption") {
  auto plain = read(head + "c=IN IP6 2001:db8::9\r\nm=audio 4000 RTP/AVP 0\r\n");
  CHECK(plain.transports[0].plain);
  CHECK(plain.transports[0].address->rtcp_port == 4001);
  auto forgotten = read(head + "c=IN IP4 203.0.113.9\r\nm=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n");
  CHECK_FALSE(forgotten.transports[0].plain);
  CHECK_FALSE(forgotten.transports[0].dtls);
}

TEST_CASE("what the session says holds for each media that does not say otherwise") {
  auto offer =
      read(head +
           "a=fingerprint:SHA-256 "
           "aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99\r\n"
           "a=setup:passive\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\na=recvonly\r\n"
           "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 31\r\na=sendrecv\r\n");
  REQUIRE(offer.transports.size() == 2);
  CHECK(offer.transports[0].dtls->fingerprint.starts_with("AA:BB"));
  CHECK(offer.transports[1].dtls->setup == model::DtlsSetup::passive);
  CHECK(offer.transports[1].ice->ufrag == "abcd");
  CHECK(offer.media[0].direction == model::Direction::recvonly);
  CHECK(offer.media[1].direction == model::Direction::sendrecv);
  CHECK(offer.media[1].mid == "1");
}

TEST_CASE("of several fingerprints the sha-256 one is taken") {
  std::string sha1 = "00", sha256 = "11";
  for (int i = 1; i < 20; ++i) sha1 += ":00";
  for (int i = 1; i < 32; ++i) sha256 += ":11";
  auto offer = read(head + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 192.0.2.1\r\na=fingerprint:sha-1 " + sha1 +
                    "\r\na=fingerprint:sha-256 " + sha256 + "\r\na=fingerprint:md5 00\r\n");
  CHECK(offer.transports[0].dtls->fingerprint == sha256);
}
