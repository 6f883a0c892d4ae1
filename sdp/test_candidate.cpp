#include <doctest/doctest.h>

#include "sdp/sdp.h"

using namespace rollcall;
using namespace rollcall::sdp;

TEST_CASE("a host candidate of Chromium is read with all that matters") {
  auto candidate = parse_candidate(
      "candidate:841185924 1 udp 2122194687 192.0.2.7 53434 typ host generation 2 ufrag Xobm network-id 3 network-cost "
      "50");
  REQUIRE(candidate);
  REQUIRE(*candidate);
  CHECK(**candidate == model::IceCandidate{.foundation = "841185924",
                                           .component = 1,
                                           .priority = 2122194687,
                                           .ip = "192.0.2.7",
                                           .port = 53434,
                                           .type = model::CandidateType::host,
                                           .generation = 2});
}

TEST_CASE("every type of candidate survives being written and read") {
  for (auto type : {model::CandidateType::host, model::CandidateType::server_reflexive,
                    model::CandidateType::peer_reflexive, model::CandidateType::relayed}) {
    model::IceCandidate candidate{"f1", 1, 4294967295U, "2001:db8::5", 65535, type, "198.51.100.1", 4000, 1};
    auto again = parse_candidate("a=" + write_candidate(candidate));
    REQUIRE(again);
    CHECK(*again == candidate);
  }
}

TEST_CASE("candidates that nothing of ours can use are dropped, not refused") {
  for (const char* text :
       {"", "candidate:", "candidate:1 1 tcp 1518214911 192.0.2.7 9 typ host tcptype active",
        "candidate:1 2 udp 1 192.0.2.7 5000 typ host", "candidate:1 1 udp 1 192.0.2.7 5000 typ other",
        "candidate:1 1 udp 1 fe80::1%eth0 5000 typ host",

        "candidate:1 1 udp 1 5c7ef0b5-1d2c-4d5c-9e48-6fb2b0c1f0aa.local 5000 typ host"}) {
    CAPTURE(text);
    auto candidate = parse_candidate(text);
    REQUIRE(candidate);
    CHECK_FALSE(*candidate);
  }
}

TEST_CASE("a malformed candidate is refused with its own text") {
  for (const char* text :
       {"rubbish", "candidate:1 1 udp", "candidate:1 1 udp x 192.0.2.7 5000 typ host",
        "candidate:1 1 udp 1 192.0.2.7 70000 typ host", "candidate:1 1 udp 1 192.0.2.7 5000 host typ",
        "candidate:1 1 udp 4294967296 192.0.2.7 5000 typ host"}) {
    CAPTURE(text);
    auto candidate = parse_candidate(text);
    REQUIRE_FALSE(candidate);
    CHECK(candidate.error().reason == model::Reason::bad_request);
    CHECK(candidate.error().subject.find(std::string(text).substr(0, 15)) != std::string::npos);
  }
}
