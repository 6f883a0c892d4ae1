#include <doctest/doctest.h>

#include "sdp/sdp.h"
#include "sdp/test_fixtures.h"

using namespace rollcall;
using namespace rollcall::sdp;

namespace {

bool has(const std::string& text, const std::string& line) {
  return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

model::MediaDescription sound() {
  model::MediaDescription description;
  description.transports.push_back({.ice = model::IceParameters{"abcd", "0123456789abcdef012345"}});
  description.media.push_back({.mid = "a", .codecs = {{.payload_type = 0, .name = "PCMU", .clock_rate = 8000}}});
  return description;
}

}  // namespace

TEST_CASE("every real description means the same after being written and read") {
  for (const char* name : {"chromium_offer", "chromium_answer", "chromium_listener", "chromium_simulcast",
                           "webrtcbin_offer", "webrtcbin_answer"}) {
    CAPTURE(name);
    auto session = parse_session(fixture(name));
    REQUIRE(session);
    auto again = parse_session(write(session->description, {.unused = session->unused}));
    REQUIRE_MESSAGE(again, (again ? "" : again.error().subject));
    CHECK(*again == *session);
  }
}

TEST_CASE("a session of ours looks as browsers want it") {
  auto offer = parse(fixture("chromium_offer"));
  REQUIRE(offer);
  auto text = write(*offer, {.session_id = 7, .version = 3});
  CHECK(text.starts_with("v=0\r\no=- 7 3 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"));
  CHECK(has(text, "a=group:BUNDLE 0 1"));
  CHECK(has(text, "c=IN IP4 0.0.0.0"));
  CHECK(has(text, "a=rtcp-mux"));
  CHECK(count(text, "a=ice-ufrag:") == 2);
  CHECK(count(text, "a=candidate:") == 4);
  CHECK(count(text, "a=end-of-candidates") == 1);
}

TEST_CASE("a media without codecs is declined at its place, and so is what nobody understands") {
  auto description = sound();
  description.media.push_back({.mid = "v", .kind = model::MediaKind::video, .codecs = {}});
  auto text =
      write(description, {.unused = {{0, "image", "udptl", "t38"}, {3, "application", "UDP/DTLS/SCTP", "x", "d"}}});
  auto image = text.find("m=image 0 udptl t38"), audio = text.find("m=audio 9 "), video = text.find("m=video 0 "),
       data = text.find("m=application 0 UDP/DTLS/SCTP x");
  REQUIRE(data != std::string::npos);
  CHECK(image < audio);
  CHECK(audio < video);
  CHECK(video < data);
  CHECK(has(text, "a=group:BUNDLE a"));
}

TEST_CASE("separate transports are not grouped") {
  auto description = sound();
  description.transports.push_back(description.transports[0]);
  description.media.push_back(description.media[0]);
  description.media[1].mid = "b";
  description.media[1].transport = 1;
  CHECK(count(write(description), "BUNDLE") == 0);
}

TEST_CASE("a group of one is written only where it is wanted") {
  CHECK(has(write(sound()), "a=group:BUNDLE a"));
  CHECK(count(write(sound(), {.group_single = false}), "BUNDLE") == 0);
}

TEST_CASE("a plain address with keys comes back as it was") {
  auto description = sound();
  auto& transport = description.transports[0];
  transport.ice.reset();
  transport.address = model::MediaAddress{"2001:db8::7", 4000, 4001};
  transport.sdes = {{1, "AES_CM_128_HMAC_SHA1_80", "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"}};
  description.media[0].rtcp_mux = false;
  description.media[0].bandwidth_kbit = 80;
  auto text = write(description);
  CHECK(has(text, "m=audio 4000 RTP/SAVP 0"));
  CHECK(has(text, "c=IN IP6 2001:db8::7"));
  CHECK(has(text, "b=AS:80"));
  auto again = parse(text);
  REQUIRE(again);
  CHECK(*again == description);
  transport.sdes.clear();
  transport.plain = true;
  CHECK(has(write(description), "m=audio 4000 RTP/AVP 0"));
}

TEST_CASE("a line break in a value cannot become a line") {
  auto description = sound();
  description.media[0].mid = "a\r\na=crypto:evil";
  CHECK(count(write(description), "\na=crypto") == 0);
}

TEST_CASE("an answer keeps the offer's order and declines what it does not hold") {
  auto offer = parse_session(fixture("chromium_listener"));
  auto answer = parse(fixture("chromium_answer"));
  REQUIRE(offer);
  REQUIRE(answer);
  std::swap(answer->media[0], answer->media[1]);
  auto read_back = parse_session(write_answer(*offer, *answer));
  REQUIRE(read_back);
  CHECK(read_back->unused == offer->unused);
  CHECK(read_back->description.media[0] == answer->media[1]);
  CHECK(read_back->description.media[1] == answer->media[0]);

  answer->media.pop_back();  // the sound
  read_back = parse_session(write_answer(*offer, *answer));
  REQUIRE(read_back);
  CHECK(read_back->description.media[0].codecs.empty());
  CHECK(read_back->description.media[1].codecs.size() == answer->media[0].codecs.size());
}

TEST_CASE("an answer to a telephone says the protocol that it offered, whatever feedback there is") {
  for (const char* protocol : {"RTP/AVP", "RTP/AVPF"}) {
    const auto offer = parse_session(
        std::string("v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=video 5004 ") +
        protocol + " 96\r\na=rtpmap:96 H264/90000\r\na=rtcp-fb:* nack pli\r\n");
    REQUIRE(offer);
    auto answer = offer->description;
    answer.media[0].codecs[0].feedback = {{"nack", "pli"}};
    CHECK(has(write_answer(*offer, answer), "m=video 5004 " + std::string(protocol) + " 96"));
  }
}
