#include <doctest/doctest.h>

#include "allocator/model/gateway.h"

using namespace rollcall::model;

TEST_CASE("a gateway's patterns allow what they spell, with a star for any letters") {
  CHECK(fits({"+49*"}, "+4930123456"));
  CHECK(fits({"+49*"}, "+49"));
  CHECK_FALSE(fits({"+49*"}, "+4830123456"));
  CHECK_FALSE(fits({"+49*"}, "0+49"));
  CHECK(fits({"*@vc.example.org"}, "room@vc.example.org"));
  CHECK_FALSE(fits({"*@vc.example.org"}, "room@vc.example.org.attacker"));
  CHECK(fits({"+49900*", "+43*"}, "+431"));
  CHECK(fits({"*1*2*"}, "0102"));
  CHECK_FALSE(fits({"*1*2*3"}, "0102"));
  CHECK(fits({"110"}, "110"));
  CHECK_FALSE(fits({"110"}, "1100"));
}

TEST_CASE("without patterns nothing may be called, not even the empty address") {
  CHECK_FALSE(fits({}, "110"));
  CHECK_FALSE(fits({}, ""));
}

TEST_CASE("a gateway carries calls of its mode to allowed addresses while it is up") {
  Gateway gateway{.name = "trunk", .mode = CommunicationMode::pstn, .allowed = {"+49*"}};
  CHECK(can_carry(gateway, CommunicationMode::pstn, "+4930"));
  CHECK_FALSE(can_carry(gateway, CommunicationMode::isdn, "+4930"));
  CHECK_FALSE(can_carry(gateway, CommunicationMode::pstn, "+4330"));
  gateway.up = false;
  CHECK_FALSE(can_carry(gateway, CommunicationMode::pstn, "+4930"));
}
