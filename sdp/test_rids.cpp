#include <doctest/doctest.h>

#include "sdp/sdp.h"
#include "sdp/test_fixtures.h"

using namespace rollcall;
using namespace rollcall::sdp;

namespace {

using Names = std::vector<std::string>;

const std::string head =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "c=IN IP4 192.0.2.1\r\na=mid:0\r\na=rtpmap:96 VP8/90000\r\n";

model::Media read(const std::string& lines) {
  auto description = parse(head + lines);
  REQUIRE_MESSAGE(description, (description ? "" : description.error().subject));
  return description->media.at(0);
}

}  // namespace

TEST_CASE("Chromium's offer of three sizes names the streams that it sends") {
  auto offer = parse(fixture("chromium_simulcast"));
  REQUIRE_MESSAGE(offer, (offer ? "" : offer.error().subject));
  CHECK(offer->media.at(1).send_rids == Names{"low", "middle", "high"});
  CHECK(offer->media.at(1).receive_rids.empty());
  CHECK(offer->media.at(0).send_rids.empty());
}

TEST_CASE("streams are those that both a rid line and the simulcast line name") {
  const auto media = read(
      "a=rid:a send\r\na=rid:b send pt=96;max-width=640\r\na=rid:c send\r\na=rid:d recv\r\n"
      "a=simulcast:recv d send a,c;~b;x;a\r\n");
  CHECK(media.send_rids == Names{"a", "b"});
  CHECK(media.receive_rids == Names{"d"});
  CHECK(read("a=rid:a send\r\n").send_rids.empty());
  CHECK(read("a=simulcast:send a\r\n").send_rids.empty());
  CHECK(read("a=simulcast\r\n").send_rids.empty());
  CHECK(read("a=rid:a send\r\na=simulcast:send\r\n").send_rids.empty());
}

TEST_CASE("what is written of the streams is read again") {
  auto offer = parse(fixture("chromium_simulcast"));
  REQUIRE(offer);
  auto answer = *offer;
  std::swap(answer.media.at(1).send_rids, answer.media.at(1).receive_rids);
  const auto text = write(answer);
  CHECK(text.find("a=rid:low recv\r\n") != std::string::npos);
  CHECK(text.find("a=simulcast:recv low;middle;high\r\n") != std::string::npos);
  auto again = parse(text);
  REQUIRE(again);
  CHECK(*again == answer);
}

TEST_CASE("a rid that no header extension could carry is refused") {
  for (const char* line : {"a=rid:", "a=rid:a", "a=rid:seventeen-letters send", "a=rid:a.b send"}) {
    CAPTURE(line);
    auto refused = parse(head + line + "\r\na=simulcast:send a\r\n");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == model::Reason::bad_request);
  }
}

TEST_CASE("of very many streams only eight are kept") {
  std::string lines, streams;
  for (int i = 0; i < 20; ++i) {
    lines += "a=rid:" + std::to_string(i) + " send\r\n";
    streams += std::to_string(i) + ";";
  }
  CHECK(read(lines + "a=simulcast:send " + streams + "\r\n").send_rids.size() == 8);
}
