#include <doctest/doctest.h>

#include "sip/gateways/gateway.h"
#include "sip/gateways/status.h"

using namespace rollcall;
using namespace rollcall::sip::gateways;
using model::CommunicationMode;
using model::Reason;

namespace {

Record trunk() {
  Record record;
  record.shown = {.name = "trunk", .mode = CommunicationMode::pstn, .allowed = {"+49*"}};
  record.host = "sip.provider.example";
  return record;
}

Record isdn() {
  Record record;
  record.shown = {.name = "isdn", .mode = CommunicationMode::isdn, .allowed = {"*"}};
  record.host = "192.0.2.7:5080";
  record.carrier = Carrier::tcp;
  record.dial = "{prefix}{national}@{host}";
  record.prefixes = {{0, "9"}, {128, "82"}, {384, "81"}};
  record.tcs4_mark = "**";
  return record;
}

}  // namespace

TEST_CASE("a number is dialled at its trunk") {
  CHECK(dial_uri(trunk(), "+4930123456", 0) == "sip:+4930123456@sip.provider.example");
  CHECK(dial_uri(trunk(), "tel:+4930123456", 0) == "sip:+4930123456@sip.provider.example");
}

TEST_CASE("a number that the gateway is not allowed to call is refused") {
  CHECK(dial_uri(trunk(), "+4330123456", 0).error().reason == Reason::not_allowed);
  Record closed = trunk();
  closed.shown.allowed.clear();
  CHECK(dial_uri(closed, "+4930123456", 0).error().reason == Reason::not_allowed);
}

TEST_CASE("what could continue the address with parameters, headers or another host is refused") {
  for (const char* bad : {"", "+49;transport=tcp", "+49@evil.example", "+49?Route=x", "+49 30", "+49\r\nX: y", "+49>",
                          "+4912345678901234567890123456789012345", "+49^", "+49^a"}) {
    CAPTURE(bad);
    CHECK(dial_uri(trunk(), bad, 0).error().reason == Reason::bad_address);
  }
}

TEST_CASE("an ISDN gateway is told the rate by its prefix, and the sub-address behind its mark") {
  CHECK(dial_uri(isdn(), "301234567", 0) == "sip:9301234567@192.0.2.7:5080;transport=tcp");
  CHECK(dial_uri(isdn(), "301234567", 128) == "sip:82301234567@192.0.2.7:5080;transport=tcp");
  CHECK(dial_uri(isdn(), "+49301234567", 200) == "sip:8149301234567@192.0.2.7:5080;transport=tcp");
  CHECK(dial_uri(isdn(), "301234567", 2000) == "sip:81301234567@192.0.2.7:5080;transport=tcp");
  CHECK(dial_uri(isdn(), "301234567^3333", 384) == "sip:81301234567**3333@192.0.2.7:5080;transport=tcp");
  Record record = isdn();
  record.dial = "{tcs4}x{national}@{host}";
  record.tcs4_mark = "#";
  CHECK(dial_uri(record, "301^22", 384) == "sip:%2322x301@192.0.2.7:5080;transport=tcp");
}

TEST_CASE("a room system is called by its own address") {
  Record record;
  record.shown = {.mode = CommunicationMode::video_conferencing_standard, .allowed = {"*@vc.example.org"}};
  record.dial = "{number}";
  record.carrier = Carrier::tls;
  CHECK(dial_uri(record, "sip:room@vc.example.org", 1000) == "sip:room@vc.example.org;transport=tls");
  CHECK(dial_uri(record, "sip:room@elsewhere.example", 1000).error().reason == Reason::not_allowed);
  CHECK(dial_uri(record, "sip:room@vc.example.org;lr", 1000).error().reason == Reason::bad_address);
}

TEST_CASE("a prefix by rate is a number and the keys") {
  CHECK(parse_prefix("128:82") == std::pair{128, std::string("82")});
  for (const char* bad : {"", "82", ":82", "128:", "a:82", "-1:82", "128:8 2"}) CHECK_FALSE(parse_prefix(bad));
}

TEST_CASE("a profile without a picture offers none") {
  CHECK_FALSE(codec_profile("voice", model::LegSecurity::plain, 384).video);
  CHECK_FALSE(codec_profile("h320", model::LegSecurity::plain, 0).video);
  const auto room = codec_profile("room", model::LegSecurity::sdes, 1000);
  CHECK(room.video);
  CHECK(room.video_kbit == 1000);
  CHECK(room.sound.front() == "opus");
  CHECK(room.picture.front() == "H264");
  CHECK(room.security == model::LegSecurity::sdes);
  CHECK_FALSE(room.bundle);
}

TEST_CASE("a call that comes from a gateway's address is that gateway's") {
  std::vector<Record> records{trunk(), isdn()};
  records[1].inbound_from = {"192.0.2.7", "192.0.2.8"};
  CHECK(from_address(records, "192.0.2.8") == &records[1]);
  CHECK(from_address(records, "192.0.2.9") == nullptr);
  CHECK(from_address(records, "") == nullptr);
}

TEST_CASE("every reason has a status that ends a call, and what a callee does is told from what a gateway does") {
  for (int i = 0; i <= static_cast<int>(Reason::internal); ++i) CHECK(status_of(static_cast<Reason>(i)).code >= 400);
  CHECK(reason_of(486) == Reason::busy);
  CHECK(reason_of(603) == Reason::declined);
  CHECK(reason_of(404) == Reason::unreachable);
  CHECK(reason_of(488) == Reason::no_common_codec);
  CHECK(reason_of(503) == Reason::connectivity);
  CHECK(is_gateways_fault(503));
  CHECK(is_gateways_fault(0));
  CHECK(is_gateways_fault(407));
  CHECK_FALSE(is_gateways_fault(486));
  CHECK_FALSE(is_gateways_fault(404));
  CHECK_FALSE(is_gateways_fault(480));
}
