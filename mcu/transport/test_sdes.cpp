#include <doctest/doctest.h>

#include <array>
#include <string>

#include "mcu/transport/sdes.h"

using namespace rollcall::mcu::transport;
using rollcall::model::SdesParameters;

namespace {

const std::string thirty_bytes = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
const SdesParameters theirs = {7, "AES_CM_128_HMAC_SHA1_80", thirty_bytes};

}  // namespace

TEST_CASE("the first usable key of a description is taken") {
  const std::vector<SdesParameters> offered = {{1, "F8_128_HMAC_SHA1_80", thirty_bytes},
                                               {2, "AES_CM_128_HMAC_SHA1_80", "c2hvcnQ="},
                                               {3, "AES_CM_128_HMAC_SHA1_80", thirty_bytes + "|2^20|1:4"},
                                               {4, "AES_CM_128_HMAC_SHA1_32", thirty_bytes + "|2^20"},
                                               theirs};
  REQUIRE(usable_sdes(offered) != nullptr);
  CHECK(usable_sdes(offered)->tag == 4);
  CHECK(usable_sdes({offered[0], offered[1], offered[2]}) == nullptr);
  CHECK(usable_sdes({}) == nullptr);
}

TEST_CASE("our key has their tag and suite, and is another one each time") {
  const auto ours = answer_sdes(theirs);
  CHECK(ours.tag == 7);
  CHECK(ours.suite == theirs.suite);
  CHECK(ours.key != theirs.key);
  CHECK(ours.key != answer_sdes(theirs).key);
  CHECK(usable_sdes({ours}) != nullptr);
}

TEST_CASE("what one end protects with the keys of a description, the other one reads") {
  const auto ours = answer_sdes(theirs);
  const auto keys = sdes_keys(ours, theirs);
  const auto mirrored = sdes_keys(theirs, ours);
  REQUIRE(keys.has_value());
  REQUIRE(mirrored.has_value());
  SrtpSession here(*keys);
  SrtpSession there(*mirrored);
  std::array<std::uint8_t, 400> packet{0x80, 96, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 'h', 'e', 'l', 'l', 'o'};
  const auto protected_length = here.protect(PacketKind::rtp, packet, 17);
  CHECK(protected_length == 27);
  CHECK(packet[12] != 'h');
  CHECK(there.unprotect(PacketKind::rtp, std::span(packet).first(protected_length)) == 17);
  CHECK(packet[12] == 'h');
  CHECK_FALSE(sdes_keys({1, "AES_CM_128_HMAC_SHA1_32", thirty_bytes}, theirs).has_value());
}
