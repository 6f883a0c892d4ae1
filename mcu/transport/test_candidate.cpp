#include <doctest/doctest.h>

#include "mcu/transport/candidate.h"
#include "mcu/transport/certificate.h"
#include "mcu/transport/transport.h"

using namespace rollcall::mcu::transport;
using rollcall::model::CandidateType;
using rollcall::model::IceCandidate;
using rollcall::model::Reason;

namespace {

IceCandidate host() {
  return {.foundation = "1", .priority = 2130706431, .ip = "192.0.2.1", .port = 40000};
}

}  // namespace

TEST_CASE("a candidate survives its text") {
  CHECK(to_text(host()) == "a=candidate:1 1 UDP 2130706431 192.0.2.1 40000 typ host");
  CHECK(candidate_from_text(to_text(host())) == host());
  auto reflexive = host();
  reflexive.type = CandidateType::server_reflexive;
  reflexive.related_ip = "10.0.0.1";
  reflexive.related_port = 5000;
  CHECK(candidate_from_text(to_text(reflexive)) == reflexive);
}

TEST_CASE("text that is no UDP candidate gives none") {
  for (const char* const text :
       {"", "candidate:1 1 UDP 1 192.0.2.1 1 typ host", "a=candidate:1 1 TCP 1 192.0.2.1 9 typ host tcptype active",
        "a=candidate:1 1 UDP x 192.0.2.1 1 typ host", "a=candidate:1 1 UDP 1 192.0.2.1 1 typ guest",
        "a=candidate:1 1 UDP 1 192.0.2.1", "a=candidate:1 1 UDP 99999999999 192.0.2.1 1 typ host"}) {
    CAPTURE(text);
    CHECK_FALSE(candidate_from_text(text).has_value());
  }
}

TEST_CASE("only literal addresses of component 1 are used") {
  CHECK(is_usable(host()));
  auto candidate = host();
  candidate.ip = "2001:db8::1";
  CHECK(is_usable(candidate));
  candidate.ip = "5a1c9a9e-0000-4000-8000-000000000000.local";
  CHECK_FALSE(is_usable(candidate));
  candidate = host();
  candidate.component = 2;
  CHECK_FALSE(is_usable(candidate));
  candidate = host();
  candidate.port = 0;
  CHECK_FALSE(is_usable(candidate));
  candidate.port = 65536;
  CHECK_FALSE(is_usable(candidate));
  candidate = host();
  candidate.foundation = "1 1 UDP";
  CHECK_FALSE(is_usable(candidate));
}

TEST_CASE("credentials have their least lengths and no spaces") {
  CHECK(are_credentials("abcd", "0123456789012345678901"));
  CHECK_FALSE(are_credentials("abc", "0123456789012345678901"));
  CHECK_FALSE(are_credentials("abcd", "012345678901234567890"));
  CHECK_FALSE(are_credentials("ab d", "0123456789012345678901"));
}

TEST_CASE("a certificate's fingerprint is upper-case sha-256 with colons") {
  const Certificate certificate;
  CHECK(certificate.fingerprint().size() == 32 * 3 - 1);
  CHECK(certificate.fingerprint().find_first_not_of("0123456789ABCDEF:") == std::string::npos);
  CHECK(fingerprint_of(certificate.x509(), "SHA-256") == certificate.fingerprint());
  CHECK(fingerprint_of(certificate.x509(), "sha-1").size() == 20 * 3 - 1);
  CHECK(fingerprint_of(certificate.x509(), "md5").empty());
  CHECK(Certificate().fingerprint() != certificate.fingerprint());
}

TEST_CASE("fingerprints are compared as bytes") {
  CHECK(same_fingerprint("AB:CD", "ab:cd"));
  CHECK(same_fingerprint("AB:CD", " AB:CD\n"));
  CHECK_FALSE(same_fingerprint("AB:CD", "AB:CE"));
  CHECK_FALSE(same_fingerprint("AB:CD", "AB"));
  CHECK_FALSE(same_fingerprint("", ""));
}

TEST_CASE("a transport without protection is refused unless it says so") {
  rollcall::model::Transport theirs{.address = rollcall::model::MediaAddress{"192.0.2.1", 5004, 5005}};
  CHECK(check(theirs).error().reason == Reason::no_security);
  theirs.dtls = {"sha-256", "", {}};
  CHECK(check(theirs).error().reason == Reason::no_security);
  theirs.dtls = {"sha-256", "AB:CD", {}};
  CHECK(check(theirs).has_value());
  theirs.dtls.reset();
  theirs.plain = true;
  CHECK(check(theirs).has_value());
}

TEST_CASE("a transport that leads nowhere is refused") {
  rollcall::model::Transport theirs{.dtls = rollcall::model::DtlsParameters{"sha-256", "AB:CD", {}}};
  CHECK(check(theirs).error().reason == Reason::bad_request);
  theirs.address = {"192.0.2.1", 0, 0};
  CHECK(check(theirs).error().reason == Reason::bad_request);
  theirs.address.reset();
  theirs.ice = {"abc", "short", {}};
  CHECK(check(theirs).error().reason == Reason::bad_request);
}
