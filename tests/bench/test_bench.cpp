// The bench's own eyes and ears: what it says of others must be right itself.
#include <doctest/doctest.h>
#include <libyuv/scale.h>
#include <opus/opus.h>

#include <filesystem>
#include <memory>

#include "tests/bench/arrival_log.h"
#include "tests/bench/barcode.h"
#include "tests/bench/ears.h"
#include "tests/bench/rtp.h"
#include "tests/bench/scene.h"
#include "tests/bench/statistics.h"

using namespace rollcall::bench;

namespace {

std::vector<Time> every(std::initializer_list<int> milliseconds) {
  std::vector<Time> times;
  for (const int one : milliseconds) times.push_back(Time(std::chrono::milliseconds(one)));
  return times;
}

Payloads opus_of(const std::vector<std::int16_t>& samples) {
  OpusEncoder* encoder = opus_encoder_create(48000, 1, OPUS_APPLICATION_VOIP, nullptr);
  opus_encoder_ctl(encoder, OPUS_SET_BITRATE(32000));
  Payloads payloads;
  for (std::size_t at = 0; at + 960 <= samples.size(); at += 960) {
    std::vector<std::uint8_t> payload(1275);
    payload.resize(static_cast<std::size_t>(opus_encode(encoder, &samples[at], 960, payload.data(), 1275)));
    payloads.push_back(std::move(payload));
  }
  opus_encoder_destroy(encoder);
  return payloads;
}

}  // namespace

TEST_CASE("a barcode is read from a picture that was scaled down to a small tile") {
  for (const int frame : {0, 1, 170, 299}) {
    Camera camera(2);
    auto picture = camera.picture(frame);
    for (const int width : {640, 320, 182}) {
      const int height = width * 9 / 16;
      std::vector<std::uint8_t> tile(static_cast<std::size_t>(width * height));
      libyuv::ScalePlane(picture.data(), 640, 640, 360, tile.data(), width, width, height, libyuv::kFilterBilinear);
      CAPTURE(width);
      CHECK(read({tile.data(), width, width, height}) == Barcode{2, frame});
    }
  }
}

TEST_CASE("no barcode is read where none is") {
  std::vector<std::uint8_t> grey(640 * 360, 128);
  CHECK_FALSE(read({grey.data(), 640, 640, 360}).has_value());
  Camera camera(1);
  auto picture = camera.picture(5);
  draw({1, 5}, {picture.data(), 640, 640, 360});
  // One block painted over: a bit is wrong.
  for (int y = 96; y < 128; ++y)
    for (int x = 192; x < 224; ++x) picture[static_cast<std::size_t>(y * 640 + x)] ^= 0xff;
  CHECK_FALSE(read({picture.data(), 640, 640, 360}).has_value());
}

TEST_CASE("a picture is late that comes more than one and a half ticks after the one before") {
  const auto times = every({0, 33, 66, 117, 150, 183, 300});
  CHECK(late(times, std::chrono::milliseconds(33)) == 2);
  CHECK(longest_gap_ms(times) == doctest::Approx(117));
}

TEST_CASE("percentiles are values that occurred") {
  CHECK(percentile({5, 1, 3, 2, 4}, 0.5) == 3);
  CHECK(percentile({5, 1, 3, 2, 4}, 1) == 5);
  CHECK(percentile({}, 0.5) == 0);
}

TEST_CASE("a difference of one step is 48 dB") {
  CHECK(psnr_db(100, 100) == doctest::Approx(48.13).epsilon(0.001));
}

TEST_CASE("the clicks of a microphone are heard, one each second and nowhere else") {
  const auto payloads = opus_of(microphone(Voice::click, 5));
  const std::vector<Bytes> packets(payloads.begin(), payloads.end());
  const auto clicks = clicks_in(packets);
  REQUIRE(clicks.size() == 10);
  // Half a second into each second, and the 6.5 ms that Opus needs to look ahead.
  for (std::size_t index = 0; index < clicks.size(); ++index) {
    const double at = static_cast<double>(clicks[index].packet) * 20 + clicks[index].into_ms;
    CHECK(at == doctest::Approx(static_cast<double>(index) * 1000 + 506).epsilon(0.01));
  }
  const auto talk = opus_of(microphone(Voice::talk, 1));
  CHECK(clicks_in(std::vector<Bytes>(talk.begin(), talk.end())).empty());
}

TEST_CASE("what is cut into packets is found in them again") {
  Frame frame{.data = std::vector<std::uint8_t>(2500, 7), .key = true};
  frame.data[0] = 0x10;  // an even first byte: a key frame
  const auto payloads = cut(frame, Packing::vp8);
  REQUIRE(payloads.size() == 3);
  std::vector<std::uint8_t> packet;
  write(packet,
        {.payload_type = 96,
         .marker = true,
         .sequence = 65535,
         .timestamp = 9,
         .ssrc = 8,
         .mid_id = 2,
         .mid = 'v',
         .twcc_id = 3,
         .twcc = 777},
        payloads[0]);
  const auto seen = look_at(packet, 3);
  REQUIRE(seen.has_value());
  CHECK(seen->sequence == 65535);
  CHECK(seen->twcc == 777);
  CHECK(seen->payload.size() == payloads[0].size());
  CHECK(begins_key_frame(seen->payload, Packing::vp8));
  CHECK_FALSE(begins_key_frame(payloads[1], Packing::vp8));
}

TEST_CASE("an H.264 picture is cut at its units, and large ones into fragments") {
  Frame frame{.data = {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 1, 0x68, 3, 0, 0, 1, 0x65}, .key = true};
  frame.data.insert(frame.data.end(), 1500, 9);
  const auto payloads = cut(frame, Packing::h264);
  REQUIRE(payloads.size() == 4);
  CHECK(payloads[0] == std::vector<std::uint8_t>{0x67, 1, 2});
  CHECK(payloads[1] == std::vector<std::uint8_t>{0x68, 3});
  CHECK(payloads[2][0] == 0x7c);
  CHECK(payloads[2][1] == 0x85);
  CHECK(payloads[3][1] == 0x45);
  CHECK(begins_key_frame(payloads[0], Packing::h264));
  CHECK_FALSE(begins_key_frame(payloads[2], Packing::h264));
}

TEST_CASE("a log of arrivals tells what came, what did not, and the time between") {
  ArrivalLog log;
  const Time zero = std::chrono::steady_clock::now();
  log.note(65534, zero);
  log.note(65535, zero + std::chrono::milliseconds(1));
  log.note(1, zero + std::chrono::milliseconds(201));
  std::vector<std::uint8_t> packet;
  log.append(packet, 1, 2);
  REQUIRE(packet.size() % 4 == 0);
  CHECK(packet[0] == 0x8f);
  CHECK(read16(packet, 2) == packet.size() / 4 - 1);
  CHECK(read16(packet, 12) == 65534);
  CHECK(read16(packet, 14) == 4);
  // Received, received, missing, received after a long time.
  CHECK(read16(packet, 20) == (0xc000 | 1 << 12 | 1 << 10 | 0 << 8 | 2 << 6));
  CHECK(packet[23] == 4);
  CHECK(read16(packet, 24) == 800);
  packet.clear();
  log.append(packet, 1, 2);
  CHECK(packet.empty());
}
