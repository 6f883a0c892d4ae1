// XEP-0215, as Prosody and ejabberd answer it.
#include <doctest/doctest.h>

#include "tests/support/xml.h"
#include "xmpp-component/stanza/external_services.h"

using namespace rollcall::component::stanza;
using namespace std::chrono_literals;
using rollcall::tests::parse_xml;

TEST_CASE("services come with their credentials and the time these are good for") {
  const auto services = read_external_services(*parse_xml(
      "<services xmlns='urn:xmpp:extdisco:2'>"
      "<service type='stun' transport='udp' host='198.51.100.1' port='3478'/>"
      "<service type='turn' transport='udp' host='turn.example.org' port='3479' username='1790000000' password='cGE=' "
      "expires='2026-11-23T01:00:00Z' restricted='1'/></services>"));
  REQUIRE(services.size() == 2);
  CHECK(services[0] == ExternalService{"stun", "198.51.100.1", 3478, "udp"});
  CHECK(services[1].username == "1790000000");
  CHECK(services[1].password == "cGE=");
  CHECK(services[1].expires == time_from_text("2026-11-23T01:00:00Z"));
  CHECK(read_external_services(*write_external_services(services)) == services);
}

TEST_CASE("what cannot be used is left out") {
  const auto services = read_external_services(
      *parse_xml("<services xmlns='urn:xmpp:extdisco:2'><service type='stun'/><service host='h'/>"
                 "<service type='stun' host='h' action='delete'/><service type='stun' host='h' port='99999' "
                 "expires='soon'/></services>"));
  REQUIRE(services.size() == 1);
  CHECK(services[0] == ExternalService{"stun", "h"});
  CHECK(read_external_services(
            *parse_xml("<services xmlns='urn:xmpp:extdisco:1'><service type='stun' host='h'/></services>"))
            .empty());
}

TEST_CASE("times are read with and without fractions, and by their zone") {
  const auto noon = time_from_text("2026-11-23T12:00:00Z");
  REQUIRE(noon);
  CHECK(noon->time_since_epoch() == 1795435200s);
  CHECK(time_from_text("2026-11-23T12:00:00.123456Z") == noon);
  CHECK(time_from_text("2026-11-23T14:00:00+02:00") == noon);
  CHECK(time_from_text("2026-11-23T06:30:00-05:30") == noon);
  for (const char* text : {"", "2026-11-23", "2026-11-23T12:00:00", "2026-11-23T12:00:00 Z", "2026-11-23T12:00:00+2"}) {
    CAPTURE(text);
    CHECK_FALSE(time_from_text(text));
  }
}
