#include <doctest/doctest.h>

#include "mcu/leg/decoder_chain.h"
#include "mcu/leg/health.h"

using namespace rollcall::mcu::leg;
using namespace std::chrono_literals;
using rollcall::model::Reason;

namespace {

constexpr HealthWatch::Time start{1000s};

}  // namespace

TEST_CASE("a call has fifteen seconds to connect") {
  HealthWatch watch({}, start);
  CHECK_FALSE(watch.look({.now = start + 14900ms}).over.has_value());
  CHECK_FALSE(watch.look({.now = start + 14900ms}).health.has_value());
  CHECK(watch.look({.now = start + 15s}).over == Reason::connectivity);
}

TEST_CASE("JC-48: no packet for five seconds is stalled, for thirty over") {
  HealthWatch watch({}, start);
  CHECK_FALSE(watch.look({.now = start + 10s, .connected = true}).health->stalled);
  CHECK(watch.look({.now = start + 15s, .connected = true}).health->stalled);
  CHECK_FALSE(watch.look({.now = start + 20s, .connected = true, .last_packet = start + 18s}).health->stalled);
  CHECK(watch.look({.now = start + 47s, .connected = true, .last_packet = start + 18s}).health->stalled);
  CHECK(watch.look({.now = start + 48s, .connected = true, .last_packet = start + 18s}).over == Reason::connectivity);
}

TEST_CASE("who holds the call may be silent as long as he likes; after that he has thirty seconds again") {
  HealthWatch watch({}, start);
  CHECK_FALSE(watch.look({.now = start + 1s, .connected = true, .last_packet = start + 1s}).over);
  for (auto now = start + 2s; now < start + 300s; now += 1s) {
    const auto verdict = watch.look({.now = now, .connected = true, .last_packet = start + 1s, .held = true});
    REQUIRE_FALSE(verdict.over.has_value());
    CHECK_FALSE(verdict.health->stalled);
  }
  CHECK(watch.look({.now = start + 310s, .connected = true, .last_packet = start + 1s}).health->stalled);
  CHECK(watch.look({.now = start + 330s, .connected = true, .last_packet = start + 1s}).over == Reason::connectivity);
}

TEST_CASE("sound and pictures are there if they came within a second") {
  HealthWatch watch({}, start);
  const auto health = watch
                          .look({.now = start + 10s,
                                 .connected = true,
                                 .last_packet = start + 10s,
                                 .last_sound = start + 9s,
                                 .last_picture = start + 8900ms})
                          .health;
  CHECK(health->audio);
  CHECK_FALSE(health->video);
}

TEST_CASE("a picture that moved once and comes no more while it is shown stands still") {
  HealthWatch watch({}, start);
  const auto frozen = [&](std::chrono::milliseconds at, std::chrono::milliseconds last, bool due = true) {
    return watch
        .look({.now = start + at,
               .connected = true,
               .last_packet = start + at,
               .last_picture = last == 0ms ? HealthWatch::Time{} : start + last,
               .picture_due = due})
        .health->frozen_ms;
  };
  CHECK(frozen(3s, 0ms) == 0);  // never came
  CHECK(frozen(4s, 3900ms) == 0);
  CHECK(frozen(5s, 4000ms) == 0);
  CHECK(frozen(6s, 4000ms) == 2000);
  CHECK(frozen(16s, 4000ms) == 12000);
  CHECK(frozen(17s, 4000ms, false) == 0);  // not shown, or not to be sent
  CHECK(frozen(30s, 4000ms) == 0);         // shown again just now
  CHECK(frozen(32s, 4000ms) == 2000);
  CHECK(frozen(33s, 32900ms) == 0);
}

TEST_CASE("loss is that of the time since the last look") {
  HealthWatch watch({}, start);
  const auto look = [&](std::uint64_t received, std::int64_t lost) {
    return watch.look({.now = start, .connected = true, .last_packet = start, .received = received, .lost = lost})
        .health->loss;
  };
  CHECK(look(90, 10) == doctest::Approx(0.1));
  CHECK(look(190, 10) == 0);
  CHECK(look(193, 11) == doctest::Approx(0.25));
  CHECK(look(10, 5) == 0);
}

TEST_CASE("pictures are taken from 16x16 to 1920x1088, upright too") {
  CHECK(is_acceptable_size(1920, 1080));
  CHECK(is_acceptable_size(1088, 1920));
  CHECK(is_acceptable_size(16, 16));
  CHECK_FALSE(is_acceptable_size(15, 400));
  CHECK_FALSE(is_acceptable_size(1922, 16));
  CHECK_FALSE(is_acceptable_size(1920, 1090));
  CHECK_FALSE(is_acceptable_size(0, 0));
}

TEST_CASE("a VP8 key frame tells its size, other frames none") {
  const std::vector<std::uint8_t> key = {0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x01};
  int width = 0;
  int height = 0;
  CHECK(read_vp8_size(key, width, height));
  CHECK(width == 640);
  CHECK(height == 360);
  CHECK_FALSE(read_vp8_size(std::vector<std::uint8_t>{0x11, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0}, width, height));
  CHECK_FALSE(read_vp8_size(std::vector<std::uint8_t>{0x10, 0}, width, height));
}

TEST_CASE("bitrates are those of the time since the last look") {
  HealthWatch watch({}, start);
  const auto look = [&](HealthWatch::Time now, std::uint64_t received, std::uint64_t sent) {
    return *watch
                .look({.now = now,
                       .connected = true,
                       .last_packet = now,
                       .received_octets = received,
                       .sent_octets = sent})
                .health;
  };
  CHECK(look(start + 1s, 100'000, 200'000).receive_kbit == 0);
  const auto health = look(start + 3s, 225'000, 700'000);
  CHECK(health.receive_kbit == 500);
  CHECK(health.send_kbit == 2000);
  CHECK(look(start + 4s, 0, 700'000).receive_kbit == 0);
}

TEST_CASE("who lost his way has thirty seconds to find another one") {
  HealthWatch watch({}, start);
  const auto look = [&](HealthWatch::Time now, HealthWatch::Time lost) {
    return watch.look({.now = now, .connected = true, .last_packet = now, .lost_since = lost}).over;
  };
  CHECK_FALSE(look(start + 10s, start + 9s).has_value());
  CHECK_FALSE(look(start + 38s, start + 9s).has_value());
  CHECK_FALSE(look(start + 40s, {}).has_value());  // he restarted ICE
  CHECK(look(start + 90s, start + 60s) == Reason::connectivity);
}
