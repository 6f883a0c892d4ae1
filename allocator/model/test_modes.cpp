#include <doctest/doctest.h>

#include "allocator/model/modes.h"

using namespace rollcall::model;
using enum CommunicationMode;

TEST_CASE("every mode has a spelling of its own") {
  for (const auto mode : {computer, cellular, pstn, gateway, video_conferencing_standard, isdn, atm}) {
    CHECK(mode_from_text(to_text(mode)) == mode);
  }
  CHECK_FALSE(mode_from_text("telepathy"));
  CHECK(mark_of(pstn) == "telephone");
  CHECK(mark_of(computer).empty());
}

TEST_CASE("a telephone number is what is left without what only makes it readable") {
  CHECK(address_for(pstn, " +49 (30) 123-45/67 ") == "+49301234567");
  CHECK(address_for(cellular, "tel:+49.170.1234567") == "+491701234567");
  for (const char* bad : {"", "12", "+", "+49abc", "0301234;phone-context=x", "1@evil.example", "+4930\r\nVia: x",
                          "123456789012345678901234567890123"}) {
    CHECK_FALSE(address_for(pstn, bad));
  }
}

TEST_CASE("ISDN and ATM numbers may have a sub-address") {
  CHECK(address_for(isdn, "isdn:+49 30 1234^33*1") == "+49301234^33*1");
  CHECK(address_for(atm, "atm:4711") == "4711");
  for (const char* bad : {"", "12^", "^12", "12^a", "12^1^2", "1234;x"}) CHECK_FALSE(address_for(isdn, bad));
}

TEST_CASE("a room's address is a SIP or H.323 address and nothing that could be continued") {
  CHECK(address_for(video_conferencing_standard, "room@vc.example") == "sip:room@vc.example");
  CHECK(address_for(video_conferencing_standard, "SIPS:room@vc.example:5061") == "sips:room@vc.example:5061");
  CHECK(address_for(video_conferencing_standard, "h323:board.4") == "h323:board.4");
  for (const char* bad :
       {"", "sip:", "sip:a@b;transport=udp", "sip:a@b?Subject=x", "sip:<a@b>", "sip:a b@c", "sip:@host", "sip:x@-h"}) {
    CHECK_FALSE(address_for(video_conferencing_standard, bad));
  }
  CHECK(address_for(gateway, "gateway:conf-7#1") == "conf-7#1");
  CHECK_FALSE(address_for(gateway, "a@b"));
}

TEST_CASE("what is written in place of a person says its mode by its beginning") {
  CHECK(endpoint_from_text("+49301234567") == Endpoint{pstn, "+49301234567"});
  CHECK(endpoint_from_text("mobile:+49170123") == Endpoint{cellular, "+49170123"});
  CHECK(endpoint_from_text("sip:room@vc.example") == Endpoint{video_conferencing_standard, "sip:room@vc.example"});
  CHECK(endpoint_from_text("ISDN:301234") == Endpoint{isdn, "301234"});
  CHECK(endpoint_from_text("atm:301234") == Endpoint{atm, "301234"});
  CHECK(endpoint_from_text("gateway:7") == Endpoint{gateway, "7"});
  for (const char* bad : {"juliet@example.org", "+", "301234567", "isdn:", "sip:a;b", "xmpp:juliet@example.org"}) {
    CHECK_FALSE(endpoint_from_text(bad));
  }
}

TEST_CASE("whoever wrote a list of modes, it is checked as a whole") {
  Modes modes{.entries = {{.mode = computer}, {.mode = pstn, .address = "030 1234567", .label = " desk "}}};
  const auto good = checked(modes);
  REQUIRE(good);
  CHECK(good->entries[1] == ModeEntry{.mode = pstn, .address = "0301234567", .label = "desk"});
  modes.entries[1].address = "";
  CHECK(checked(modes).error().reason == Reason::bad_address);
  modes.entries[1] = {.mode = pstn, .address = "0301234567", .label = std::string(65, 'x')};
  CHECK(checked(modes).error().reason == Reason::bad_request);
  modes.entries[1] = {.mode = pstn, .address = "0301234567", .hours = DailyHours{std::chrono::hours(24), {}}};
  CHECK(checked(modes).error().reason == Reason::bad_request);
  modes.entries.assign(17, {.mode = computer});
  CHECK(checked(modes).error().reason == Reason::bad_request);
}

TEST_CASE("a national number gets its country") {
  CHECK(international("0301234567", "49") == "+49301234567");
  CHECK(international("0049301234567", "") == "+49301234567");
  CHECK(international("+49301234567", "1") == "+49301234567");
  CHECK(international("0301234567", "") == "0301234567");
}
