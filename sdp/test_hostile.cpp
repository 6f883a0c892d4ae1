#include <doctest/doctest.h>

#include "sdp/sdp.h"
#include "sdp/test_fixtures.h"

using namespace rollcall;
using namespace rollcall::sdp;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

/// The subject of the refusal, which must name `line`.
void check_refused(const std::string& text, const std::string& line) {
  CAPTURE(line);
  auto session = parse_session(text);
  REQUIRE_FALSE(session);
  CHECK(session.error().reason == model::Reason::bad_request);
  CHECK_MESSAGE(session.error().subject.find(line) != std::string::npos, session.error().subject);
}

}  // namespace

TEST_CASE("what is no SDP is refused") {
  check_refused("", "begins with v=0");
  check_refused("hello", "hello");
  check_refused("v=0\r\n", "without an m-line");
  check_refused("v=0\r\nnonsense\r\n", "nonsense");
  check_refused("v=0\r\nm=audio\r\n", "m=audio");
  check_refused(std::string("v=0\r\na=x\0y\r\n", 13), "a=x?y");
  check_refused("v=0\r\na=" + std::string(5000, 'x') + "\r\n", "a=xxx");
  check_refused("v=0\r\n" + std::string(70'000, '\n'), "64 KiB");
}

TEST_CASE("each broken line is refused by its name") {
  const auto good = fixture("chromium_offer");
  check_refused(replaced(good, "a=mid:1", "a=mid:0"), "a=mid:0");
  check_refused(replaced(good, "a=mid:1", "a=mid:a b"), "a=mid:a b");
  check_refused(replaced(good, "a=setup:actpass", "a=setup:holdconn"), "a=setup:holdconn");
  check_refused(replaced(good, "a=fingerprint:sha-256 ", "a=fingerprint:sha-256 00:"), "a=fingerprint:sha-256 00:");
  check_refused(replaced(good, "a=rtpmap:111 opus/48000/2", "a=rtpmap:111 opus"), "a=rtpmap:111 opus");
  check_refused(replaced(good, "a=rtpmap:111 opus/48000/2", "a=rtpmap:111 opus/-1"), "a=rtpmap:111 opus/-1");
  check_refused(replaced(good, "a=ice-ufrag:", "a=ice-ufrag:é"), "a=ice-ufrag");
  check_refused(replaced(good, "a=ice-pwd:", "a=x-pwd:"), "a=ice-pwd");
  check_refused(replaced(good, "a=extmap:1 ", "a=extmap:0 "), "a=extmap:0");
  check_refused(replaced(good, "a=ssrc-group:FID ", "a=ssrc-group:FID x"), "a=ssrc-group:FID x");
  check_refused(replaced(good, " udp 2122194687 ", " udp 99999999999 "), "candidate:");
  check_refused(replaced(good, "SAVPF 111 ", "SAVPF 128 "), "128");
}

TEST_CASE("neither a key nor a password is ever quoted") {
  const std::string secret = "c2VjcmV0c2VjcmV0c2VjcmV0";
  const std::string head = "v=0\r\nm=audio 4000 RTP/SAVP 0\r\nc=IN IP4 192.0.2.1\r\n";
  for (const auto& line : {"a=crypto:1 AES(1) inline:" + secret, "a=crypto:1 AES_CM inline:" + secret + "!",
                           "a=ice-ufrag:abcd\r\na=ice-pwd:" + secret + "!"}) {
    auto session = parse_session(head + line + "\r\n");
    REQUIRE_FALSE(session);
    CHECK(session.error().subject.find(secret) == std::string::npos);
  }
}

TEST_CASE("too much of anything is refused") {
  std::string lines = "v=0\r\n";
  for (int i = 0; i < 17; ++i) lines += "m=audio 9 RTP/AVP 0\r\n";
  check_refused(lines, "16 m-lines");
  std::string candidates =
      "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789abcdef012345\r\n";
  for (int i = 0; i < 65; ++i) candidates += "a=candidate:1 1 udp 1 192.0.2.1 4000 typ host\r\n";
  check_refused(candidates, "64 candidates");
}

TEST_CASE("every truncation and every flipped byte of a real offer is read or refused") {
  for (const char* name : {"chromium_offer", "webrtcbin_offer"}) {
    const auto good = fixture(name);
    std::size_t refused = 0;
    for (std::size_t i = 0; i < good.size(); i += 3) {
      auto broken = good;
      broken[i] = static_cast<char>(broken[i] ^ (1 << (i % 8)));
      refused += parse_session(broken) ? 0 : 1;
      refused += parse_session(good.substr(0, i)) ? 0 : 1;
    }
    CHECK(refused > 10);
  }
}
