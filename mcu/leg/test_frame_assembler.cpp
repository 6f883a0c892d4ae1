#include <doctest/doctest.h>

#include "mcu/leg/frame_assembler.h"

using namespace rollcall::mcu;
using leg::EncodedPicture;
using leg::FrameAssembler;

namespace {

using Octets = std::vector<std::uint8_t>;

/// What comes out, and whether all was well.
struct Assembly {
  explicit Assembly(gst::Coding coding) : assembler(coding) {}
  bool add(const Octets& payload, std::uint32_t timestamp, bool marker, bool after_loss = false) {
    const rtp::Packet packet{.header = {.marker = marker, .timestamp = timestamp}, .payload = payload};
    return assembler.add(packet, after_loss, [this](EncodedPicture&& picture) { pictures.push_back(picture); });
  }
  FrameAssembler assembler;
  std::vector<EncodedPicture> pictures;
};

}  // namespace

TEST_CASE("a VP8 picture is whole with its marker, and tells whether it is a key frame") {
  Assembly vp8(gst::Coding::vp8);
  CHECK(vp8.add({0x10, 0x10, 1}, 1, false));
  CHECK(vp8.add({0x00, 2, 3}, 1, true));
  CHECK(vp8.add({0x10, 0x11, 4}, 2, true));
  REQUIRE(vp8.pictures.size() == 2);
  CHECK(vp8.pictures[0].bytes == Octets{0x10, 1, 2, 3});
  CHECK(vp8.pictures[0].key);
  CHECK(vp8.pictures[1].bytes == Octets{0x11, 4});
  CHECK_FALSE(vp8.pictures[1].key);
}

TEST_CASE("a VP8 descriptor of any length is cut off") {
  Assembly vp8(gst::Coding::vp8);
  CHECK(vp8.add({0x90, 0x80, 0x05, 0x10, 1}, 1, true));                 // short picture id
  CHECK(vp8.add({0x90, 0xf0, 0x81, 0x05, 7, 0x20, 0x10, 2}, 2, true));  // all there is
  CHECK_FALSE(vp8.add({0x90, 0xf0, 0x81}, 3, true));                    // runs out
  CHECK_FALSE(vp8.add({0x90}, 3, true));
  REQUIRE(vp8.pictures.size() == 2);
  CHECK(vp8.pictures[0].bytes == Octets{0x10, 1});
  CHECK(vp8.pictures[1].bytes == Octets{0x10, 2});
}

TEST_CASE("a picture whose beginning or end is missing is no picture") {
  Assembly vp8(gst::Coding::vp8);
  CHECK_FALSE(vp8.add({0x00, 2}, 1, true));
  CHECK(vp8.add({0x10, 0x10, 1}, 2, false));
  CHECK_FALSE(vp8.add({0x10, 0x10, 5}, 3, true));  // the next one has begun
  CHECK(vp8.add({0x10, 0x10, 6}, 4, false));
  CHECK(vp8.add({0x10, 0x10, 7}, 5, true, true));  // its caller knows of the loss
  REQUIRE(vp8.pictures.size() == 2);
  CHECK(vp8.pictures[0].bytes == Octets{0x10, 5});
  CHECK(vp8.pictures[1].bytes == Octets{0x10, 7});
}

TEST_CASE("H.264 units, aggregated and in fragments, become one access unit") {
  Assembly h264(gst::Coding::h264);
  CHECK(h264.add({24, 0, 2, 0x67, 1, 0, 2, 0x68, 2}, 1, false));
  CHECK(h264.add({0x7c, 0x85, 3}, 1, false));
  CHECK(h264.add({0x7c, 0x05, 4}, 1, false));
  CHECK(h264.add({0x7c, 0x45, 5}, 1, true));
  CHECK(h264.add({0x41, 6}, 2, true));
  REQUIRE(h264.pictures.size() == 2);
  CHECK(h264.pictures[0].key);
  CHECK(h264.pictures[0].bytes == Octets{0, 0, 0, 1, 0x67, 1, 0, 0, 0, 1, 0x68, 2, 0, 0, 0, 1, 0x65, 3, 4, 5});
  CHECK_FALSE(h264.pictures[1].key);
  CHECK(h264.pictures[1].bytes == Octets{0, 0, 0, 1, 0x41, 6});
}

TEST_CASE("H.264 without markers ends a picture with the next timestamp") {
  Assembly h264(gst::Coding::h264);
  CHECK(h264.add({0x65, 1}, 1, false));
  CHECK(h264.add({0x41, 2}, 2, false));
  REQUIRE(h264.pictures.size() == 1);
  CHECK(h264.pictures[0].key);
}

TEST_CASE("broken H.264 packets end their picture only") {
  Assembly h264(gst::Coding::h264);
  CHECK_FALSE(h264.add({24, 0, 9, 0x67}, 1, true));
  CHECK_FALSE(h264.add({0x7c, 0x05, 4}, 2, true));  // a fragment without a beginning
  CHECK_FALSE(h264.add({0x7c, 0x85}, 3, true));
  CHECK_FALSE(h264.add({31, 1}, 4, true));
  CHECK(h264.add({0x65, 1}, 5, true));
  CHECK(h264.pictures.size() == 1);
}

TEST_CASE("VP9 descriptors with scalability are cut off") {
  Assembly vp9(gst::Coding::vp9);
  CHECK(vp9.add({0x88, 0x05, 1, 2}, 1, false));
  CHECK(vp9.add({0x84, 0x05, 3}, 1, true));
  // Picture id of two bytes, layer indices, a structure of one layer with its size and one group.
  CHECK(vp9.add({0xaa, 0x80, 0x06, 0x00, 0x01, 0x18, 2, 128, 1, 104, 1, 0x04, 0x01, 9}, 2, true));
  CHECK_FALSE(vp9.add({0x8a, 0x05, 0x18, 2}, 3, true));
  REQUIRE(vp9.pictures.size() == 2);
  CHECK(vp9.pictures[0].key);
  CHECK(vp9.pictures[0].bytes == Octets{1, 2, 3});
  CHECK(vp9.pictures[1].bytes == Octets{9});
}

TEST_CASE("a picture that never ends fills no memory") {
  Assembly vp8(gst::Coding::vp8);
  Octets payload(10'000, 0);
  payload[0] = 0x10;
  CHECK(vp8.add(payload, 1, false));
  payload[0] = 0;
  int refused = 0;
  for (int i = 0; i < 1000; ++i) {
    refused += vp8.add(payload, 1, false) ? 0 : 1;
  }
  CHECK(refused > 500);
  CHECK(vp8.pictures.empty());
}

TEST_CASE("the payload that begins a VP8 key frame tells its height") {
  Octets payload = {0x90, 0x80, 0x05, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01};
  CHECK(leg::key_frame_height(gst::Coding::vp8, payload) == 360);
  CHECK(leg::key_frame_height(gst::Coding::h264, payload) == 0);
  CHECK(leg::key_frame_height(gst::Coding::vp8, rtp::Bytes(payload).first(12)) == 0);
  CHECK(leg::key_frame_height(gst::Coding::vp8, {}) == 0);
  payload[3] |= 1;  // no key frame
  CHECK(leg::key_frame_height(gst::Coding::vp8, payload) == 0);
  payload[3] = 0x10;
  payload[0] = 0x80;  // no beginning
  CHECK(leg::key_frame_height(gst::Coding::vp8, payload) == 0);
}

TEST_CASE("H.261 is put together between bits, and a decoder may begin with any picture of it") {
  Assembly h261(gst::Coding::h261);
  // Start code in 20 bits; the first packet ends 3 bits before its octet does, the second begins there.
  CHECK(h261.add({3 << 2, 0, 0, 0, 0x00, 0x01, 0x0a, 0xff}, 1, false));
  CHECK(h261.add({5 << 5, 0, 0, 0, 0xff, 0x77}, 1, true));
  REQUIRE(h261.pictures.size() == 1);
  CHECK(h261.pictures[0].bytes == Octets{0x00, 0x01, 0x0a, 0xff, 0x77});
  CHECK(h261.pictures[0].key);
  CHECK_FALSE(h261.add({0, 0, 0, 0, 0x00, 0x21, 0x0a}, 2, true));  // no start code
  CHECK_FALSE(h261.add({0, 0, 0, 0}, 3, true));
}

TEST_CASE("H.263 tells whether a picture is a key frame, in either way of packing") {
  const Octets intra = {0x00, 0x00, 0x80, 0x02, 0x0c, 0x04};  // CIF
  const Octets inter = {0x00, 0x00, 0x80, 0x02, 0x0e, 0x04};
  for (const auto& [picture, key] : {std::pair{intra, true}, std::pair{inter, false}}) {
    Assembly old(gst::Coding::h263);
    Octets payload = {0, 0, 0, 0};
    payload.insert(payload.end(), picture.begin(), picture.end());
    CHECK(old.add(payload, 1, false));
    CHECK(old.add({0x80, 0, 0, 0, 0, 0, 0, 0, 0x55}, 1, true));  // within a group of blocks
    REQUIRE(old.pictures.size() == 1);
    CHECK(old.pictures[0].key == key);
    CHECK(old.pictures[0].bytes.size() == 7);

    Assembly later(gst::Coding::h263_1998);
    Octets short_by_two = {0x04, 0};
    short_by_two.insert(short_by_two.end(), picture.begin() + 2, picture.end());
    CHECK(later.add(short_by_two, 1, false));
    CHECK(later.add({0x00, 0x00, 0x55}, 1, true));
    REQUIRE(later.pictures.size() == 1);
    CHECK(later.pictures[0].key == key);
    CHECK(later.pictures[0].bytes == old.pictures[0].bytes);
  }
}

TEST_CASE("an H.263 packet that is shorter than its header, or begins no picture, is refused") {
  Assembly old(gst::Coding::h263);
  CHECK_FALSE(old.add({0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1, true));
  CHECK_FALSE(old.add({0, 0, 0, 0, 0x12, 0x34, 0x56}, 1, true));
  Assembly later(gst::Coding::h263_1998);
  CHECK_FALSE(later.add({0x05, 0xf8, 0x80}, 1, true));
  CHECK_FALSE(later.add({0x00, 0x00, 0x55}, 1, true));
}
