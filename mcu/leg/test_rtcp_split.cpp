#include <doctest/doctest.h>

#include <string>

#include "mcu/leg/rtcp_split.h"

using namespace rollcall::mcu;
using leg::SsrcOwners;

namespace {

using Packet = std::vector<std::uint8_t>;
constexpr std::size_t sound = 0;
constexpr std::size_t picture = 1;
// The peer sends 10 and 20, we send 110 and 120.
constexpr std::uint32_t their_sound = 10;
constexpr std::uint32_t their_picture = 20;
constexpr std::uint32_t our_sound = 110;
constexpr std::uint32_t our_picture = 120;

std::optional<std::size_t> look_up(std::uint32_t ssrc, std::uint32_t first, std::uint32_t second) {
  if (ssrc == first) {
    return sound;
  }
  return ssrc == second ? std::optional(picture) : std::nullopt;
}

const SsrcOwners owners{.remote = [](std::uint32_t ssrc) { return look_up(ssrc, their_sound, their_picture); },
                        .local = [](std::uint32_t ssrc) { return look_up(ssrc, our_sound, our_picture); }};

void add32(Packet& packet, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    packet.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

Packet block(int count, int type, const std::vector<std::uint32_t>& words) {
  Packet packet = {static_cast<std::uint8_t>(0x80 | count), static_cast<std::uint8_t>(type), 0,
                   static_cast<std::uint8_t>(words.size())};
  for (const auto word : words) {
    add32(packet, word);
  }
  return packet;
}

std::vector<std::uint32_t> report_about(std::uint32_t ssrc) {
  return {ssrc, 1, 2, 3, 4, 5};
}

template <class... Parts>
std::vector<std::uint32_t> words(const Parts&... parts) {
  std::vector<std::uint32_t> all;
  (all.insert(all.end(), parts.begin(), parts.end()), ...);
  return all;
}

using Words = std::vector<std::uint32_t>;

Packet joined(std::initializer_list<Packet> packets) {
  Packet all;
  for (const auto& packet : packets) {
    all.insert(all.end(), packet.begin(), packet.end());
  }
  return all;
}

const Words sender_information = {100, 101, 102, 103, 104};

}  // namespace

TEST_CASE("a sender report goes to its sender's media, reports on other media go there as receiver reports") {
  const auto compound = block(
      2, 200, words(Words{their_picture}, sender_information, report_about(our_sound), report_about(our_picture)));
  const auto split = leg::split_compound(compound, owners);
  REQUIRE(split.size() == 2);
  CHECK(split.at(picture) == block(1, 200, words(Words{their_picture}, sender_information, report_about(our_picture))));
  CHECK(split.at(sound) == block(1, 201, words(Words{their_picture}, report_about(our_sound))));
}

TEST_CASE("a receiver report is parted by what it reports on") {
  const auto compound =
      block(3, 201, words(Words{999}, report_about(our_picture), report_about(555), report_about(our_sound)));
  const auto split = leg::split_compound(compound, owners);
  REQUIRE(split.size() == 2);
  CHECK(split.at(sound) == block(1, 201, words(Words{999}, report_about(our_sound))));
  CHECK(split.at(picture) == block(1, 201, words(Words{999}, report_about(our_picture))));
}

TEST_CASE("descriptions and goodbyes go to their owners") {
  const Packet cname_and_end = {1, 2, 'a', 'b', 0, 0, 0, 0};
  Packet descriptions = {0x82, 202, 0, 6};
  add32(descriptions, their_sound);
  descriptions.insert(descriptions.end(), cname_and_end.begin(), cname_and_end.end());
  add32(descriptions, their_picture);
  descriptions.insert(descriptions.end(), cname_and_end.begin(), cname_and_end.end());
  const auto split = leg::split_compound(joined({descriptions, block(1, 203, {their_picture})}), owners);
  Packet one = {0x81, 202, 0, 3};
  add32(one, their_sound);
  one.insert(one.end(), cname_and_end.begin(), cname_and_end.end());
  CHECK(split.at(sound) == one);
  add32(one, 0);
  one.resize(one.size() - 4);
  one[7] = their_picture;
  CHECK(split.at(picture) == joined({one, block(1, 203, {their_picture})}));
}

TEST_CASE("feedback goes to the media that it is about") {
  const auto nack = block(1, 205, {999, our_picture, 0x00010000});
  const auto picture_loss = block(1, 206, {999, our_picture});
  const auto intra = block(4, 206, {999, 0, our_picture, 0x01000000});
  const auto foreign = block(1, 206, {999, 4711});
  const auto split = leg::split_compound(joined({nack, foreign, picture_loss, intra}), owners);
  REQUIRE(split.size() == 1);
  CHECK(split.at(picture) == joined({nack, picture_loss, intra}));
}

TEST_CASE("a report of a sender that nobody knows makes no stream") {
  const auto report = block(1, 200, words(Words{4711}, sender_information, report_about(our_sound)));
  const auto split = leg::split_compound(report, owners);
  REQUIRE(split.size() == 1);
  CHECK(split.at(sound) == block(1, 201, words(Words{4711}, report_about(our_sound))));
}

TEST_CASE("what is broken ends the compound, what came before it counts") {
  const auto good = block(1, 206, {999, our_picture});
  auto cut_short = block(1, 205, {999, our_sound, 0});
  cut_short.resize(10);
  CHECK(leg::split_compound(joined({good, cut_short}), owners).size() == 1);
  auto wrong_version = block(1, 206, {999, our_sound});
  wrong_version[0] = 0x41;
  CHECK(leg::split_compound(joined({good, wrong_version, good}), owners).at(picture) == good);
  // More reports are said than there are.
  CHECK(leg::split_compound(block(31, 201, words(Words{999}, report_about(our_sound))), owners).empty());
  CHECK(leg::split_compound({}, owners).empty());
}

TEST_CASE("a lost picture and a full intra request ask for a key frame, other feedback does not") {
  CHECK(leg::asks_for_key_frame(joined({block(0, 201, {9}), block(1, 206, {9, our_picture})})));
  CHECK(leg::asks_for_key_frame(block(4, 206, {9, 0, our_picture, 0x01000000})));
  CHECK_FALSE(leg::asks_for_key_frame(joined({block(0, 201, {9}), block(1, 205, {9, our_picture, 1})})));
  CHECK_FALSE(leg::asks_for_key_frame(leg::make_remb(1, 2, 3)));
  CHECK_FALSE(leg::asks_for_key_frame({}));
}

TEST_CASE("a bitrate request is written as mantissa and exponent") {
  const auto remb = leg::make_remb(our_picture, their_picture, 500'000);
  REQUIRE(remb.size() == 8 + 24);
  CHECK(remb[1] == 201);
  CHECK(remb[8] == 0x8f);
  CHECK(remb[9] == 206);
  CHECK(std::string(remb.begin() + 20, remb.begin() + 24) == "REMB");
  CHECK(remb[24] == 1);
  const auto exponent = remb[25] >> 2;
  const auto mantissa = (remb[25] & 3) << 16 | remb[26] << 8 | remb[27];
  CHECK((mantissa << exponent) == 500'000);
  CHECK(remb[31] == their_picture);
}
