#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "mcu/encode/payloads.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;

namespace {

std::vector<std::uint8_t> counted(std::size_t size) {
  std::vector<std::uint8_t> bytes(size);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{1});
  return bytes;
}

gst::PacketizedPicture cut_as(gst::Coding coding, const std::vector<std::uint8_t>& bytes, bool key = false) {
  gst::PacketizedPicture picture{.coding = coding, .key = key};
  cut(picture, bytes);
  return picture;
}

/// What the pieces say without their first `descriptor` bytes.
std::vector<std::uint8_t> joined(const gst::PacketizedPicture& picture, std::size_t descriptor) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i < picture.count(); ++i) {
    const auto rest = picture.payload(i).subspan(descriptor);
    bytes.insert(bytes.end(), rest.begin(), rest.end());
  }
  return bytes;
}

void add_unit(std::vector<std::uint8_t>& stream, std::uint8_t header, std::size_t size) {
  for (const int byte : {0, 0, 0, 1}) stream.push_back(static_cast<std::uint8_t>(byte));
  stream.push_back(header);
  for (std::size_t i = 1; i < size; ++i) stream.push_back(static_cast<std::uint8_t>(7 + i % 200));
}

}  // namespace

TEST_CASE("a VP8 picture of any length is cut into pieces that fit, begins with S and loses nothing") {
  for (const std::size_t size : {std::size_t{1}, longest_payload - 1, longest_payload, std::size_t{20'000}}) {
    CAPTURE(size);
    const auto bytes = counted(size);
    const auto picture = cut_as(gst::Coding::vp8, bytes);
    CHECK(picture.count() == (size + longest_payload - 2) / (longest_payload - 1));
    for (std::size_t i = 0; i < picture.count(); ++i) {
      CHECK(picture.payload(i).size() <= longest_payload);
      CHECK(picture.payload(i)[0] == (i == 0 ? 0x10 : 0x00));
    }
    CHECK(joined(picture, 1) == bytes);
  }
}

TEST_CASE("a VP9 picture says where it begins and ends and whether it stands alone") {
  const auto bytes = counted(3000);
  const auto key = cut_as(gst::Coding::vp9, bytes, true);
  REQUIRE(key.count() == 3);
  CHECK(key.payload(0)[0] == 0x08);
  CHECK(key.payload(1)[0] == 0x00);
  CHECK(key.payload(2)[0] == 0x04);
  CHECK(joined(key, 1) == bytes);
  CHECK(cut_as(gst::Coding::vp9, counted(10)).payload(0)[0] == 0x4c);
}

TEST_CASE("H.264's parameter sets share one packet, and the slice behind them is split") {
  std::vector<std::uint8_t> stream;
  add_unit(stream, 0x09, 2);  // delimiter
  add_unit(stream, 0x67, 20);
  add_unit(stream, 0x68, 5);
  add_unit(stream, 0x06, 600);  // SEI
  add_unit(stream, 0x65, 3000);
  const auto picture = cut_as(gst::Coding::h264, stream, true);
  REQUIRE(picture.count() == 4);
  const auto sets = picture.payload(0);
  CHECK(sets.size() == 1 + 2 + 20 + 2 + 5);
  CHECK(sets[0] == (0x60 | 24));
  CHECK(sets[2] == 20);
  CHECK(sets[3] == 0x67);
  CHECK(sets[23] == 0);
  CHECK(sets[24] == 5);
  CHECK(sets[25] == 0x68);
  std::size_t slice = 1;
  for (std::size_t i = 1; i < 4; ++i) {
    const auto part = picture.payload(i);
    CHECK(part.size() <= longest_payload);
    CHECK(part[0] == (0x60 | 28));
    CHECK(part[1] == ((i == 1 ? 0x80 : 0) | (i == 3 ? 0x40 : 0) | 5));
    slice += part.size() - 2;
  }
  CHECK(slice == 3000);
}

TEST_CASE("one small H.264 slice is one packet, as it is") {
  std::vector<std::uint8_t> stream;
  add_unit(stream, 0x41, 300);
  const auto picture = cut_as(gst::Coding::h264, stream);
  REQUIRE(picture.count() == 1);
  CHECK(picture.payload(0).size() == 300);
  CHECK(picture.payload(0)[0] == 0x41);
}

TEST_CASE("small H.264 slices fill packets one after the other and none is too long") {
  std::vector<std::uint8_t> stream;
  for (int i = 0; i < 12; ++i) add_unit(stream, 0x41, 400);
  const auto picture = cut_as(gst::Coding::h264, stream);
  CHECK(picture.count() == 6);
  for (std::size_t i = 0; i < picture.count(); ++i) CHECK(picture.payload(i).size() == 1 + 2 * 402);
}

TEST_CASE("bytes without a unit, and none at all, are no packets") {
  CHECK(cut_as(gst::Coding::h264, {}).count() == 0);
  CHECK(cut_as(gst::Coding::h264, {0, 0, 1}).count() == 0);
  CHECK(cut_as(gst::Coding::h264, {0, 0, 0, 1, 0, 0, 0}).count() == 0);
  CHECK(cut_as(gst::Coding::h264, counted(50)).count() == 0);
  CHECK(cut_as(gst::Coding::vp8, {}).count() == 0);
}

TEST_CASE("for who wants it so, each H.264 unit has its packet, whatever its length") {
  std::vector<std::uint8_t> stream;
  add_unit(stream, 0x67, 20);
  add_unit(stream, 0x68, 5);
  add_unit(stream, 0x65, 700);
  const auto picture = cut_as(gst::Coding::h264_single, stream, true);
  REQUIRE(picture.count() == 3);
  CHECK(picture.payload(0).front() == 0x67);
  CHECK(picture.payload(2).size() == 700);
}

TEST_CASE("an H.263 picture goes in pieces that fit, and its first two bytes, which are zero, as one bit") {
  auto bytes = counted(3000);
  bytes[0] = bytes[1] = 0;
  const auto picture = cut_as(gst::Coding::h263_1998, bytes);
  CHECK(picture.count() == 3);
  CHECK(picture.payload(0)[0] == 0x04);
  CHECK(picture.payload(1)[0] == 0x00);
  for (std::size_t i = 0; i < picture.count(); ++i) CHECK(picture.payload(i).size() <= longest_payload);
  CHECK(joined(picture, 2) == std::vector<std::uint8_t>(bytes.begin() + 2, bytes.end()));
}
