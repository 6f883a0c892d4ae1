#include <doctest/doctest.h>

#include "sip/media.h"
#include "sip/test_play.h"

using namespace rollcall;
using namespace rollcall::sip;
using model::Reason;

TEST_CASE("a telephone's lines keep our names for them, whatever it calls them") {
  std::vector<std::string> mids{"audio", "video"};
  const auto session = read_media(telephone_sdp() +
                                      "a=mid:x\r\nm=video 5006 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                                      "m=video 0 RTP/AVP 97\r\n",
                                  mids, Protection::any, false);
  REQUIRE(session);
  CHECK(session->description.media.at(0).mid == "audio");
  CHECK(session->description.media.at(1).mid == "video");
  CHECK(mids.size() == 3);
}

TEST_CASE("media without encryption is for those only who may") {
  std::vector<std::string> mids;
  CHECK(read_media(telephone_sdp(), mids, Protection::any, false));
  CHECK(read_media(telephone_sdp(), mids, Protection::required, true).error().reason == Reason::no_security);
}

TEST_CASE("keys that came unprotected are refused everywhere, behind TLS they will do") {
  const std::string keys =
      "v=0\r\no=- 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 5004 RTP/SAVP 8\r\n"
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";
  std::vector<std::string> mids;
  CHECK(read_media(keys, mids, Protection::any, false).error().reason == Reason::no_security);
  CHECK(read_media(keys, mids, Protection::required, true));
}

TEST_CASE("an SDP is bounded") {
  std::vector<std::string> mids;
  CHECK(read_media(telephone_sdp() + "a=" + std::string(17000, 'x'), mids, Protection::any, false).error().reason ==
        Reason::bad_request);
  std::string many = telephone_sdp();
  for (int i = 0; i < 8; ++i) many += "m=audio 5008 RTP/AVP 8\r\n";
  CHECK(read_media(many, mids, Protection::any, false).error().reason == Reason::bad_request);
}
