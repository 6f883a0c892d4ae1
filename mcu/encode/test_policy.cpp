#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <vector>

#include "mcu/encode/frame_choice.h"
#include "mcu/encode/key_frames.h"
#include "mcu/encode/shedding.h"
#include "mcu/encode/sound_encoders.h"
#include "mcu/encode/subscribers.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;
using std::chrono::milliseconds;

namespace {

/// Thirty pictures a second from `from` to `until`; `ask` is called before each. Returns when the key frames were.
template <class Ask>
std::vector<milliseconds> key_frames(KeyFramePolicy& policy, milliseconds from, milliseconds until, Ask ask) {
  std::vector<milliseconds> keys;
  for (milliseconds now = from; now < until; now += milliseconds(33)) {
    ask(now);
    if (policy.due(now)) keys.push_back(now);
  }
  return keys;
}

}  // namespace

TEST_CASE("the first picture is a key frame, the next is not unless asked for") {
  KeyFramePolicy policy;
  CHECK(policy.due(milliseconds(0)));
  CHECK_FALSE(policy.due(milliseconds(10000)));
  policy.ask(KeyFrameAsk::repair);
  CHECK(policy.due(milliseconds(10033)));
}

TEST_CASE("however often receivers ask for repair, a cohort has one key frame in two seconds") {
  KeyFramePolicy policy;
  const auto keys =
      key_frames(policy, milliseconds(0), milliseconds(20'000), [&](milliseconds) { policy.ask(KeyFrameAsk::repair); });
  CHECK(keys.size() == 10);
  for (std::size_t i = 1; i < keys.size(); ++i) CHECK(keys[i] - keys[i - 1] >= milliseconds(2000));
}

TEST_CASE("a wish for repair that came too early is answered when its time has come") {
  KeyFramePolicy policy;
  const auto keys = key_frames(policy, milliseconds(0), milliseconds(5000), [&](milliseconds now) {
    if (now > milliseconds(300) && now < milliseconds(400)) policy.ask(KeyFrameAsk::repair);
  });
  REQUIRE(keys.size() == 2);
  CHECK(keys[1] == milliseconds(2013));
}

TEST_CASE("one who joins need not wait for two seconds, and several who join together get one key frame") {
  KeyFramePolicy policy;
  const auto keys = key_frames(policy, milliseconds(0), milliseconds(3000), [&](milliseconds now) {
    if (now > milliseconds(100) && now < milliseconds(500)) policy.ask(KeyFrameAsk::join);
  });
  REQUIRE(keys.size() == 2);
  CHECK(keys[1] == milliseconds(528));
}

TEST_CASE("one who joins long after the last key frame gets his at once") {
  KeyFramePolicy policy;
  CHECK(policy.due(milliseconds(0)));
  policy.ask(KeyFrameAsk::join);
  CHECK(policy.due(milliseconds(4000)));
}

TEST_CASE("people who come and go all the time cost one key frame in two seconds too, in the long run") {
  KeyFramePolicy policy;
  const auto keys = key_frames(policy, milliseconds(0), milliseconds(60'000), [&](milliseconds now) {
    if (now.count() % 1000 < 33) policy.ask(KeyFrameAsk::join);
    if (now.count() % 300 < 33) policy.ask(KeyFrameAsk::repair);
  });
  CHECK(keys.size() <= 30 + 2);
  CHECK(keys.size() >= 28);
}

TEST_CASE("an encoder of half the rate takes every second picture, whenever it began") {
  FrameChoice full(30), half(15), late(15), tiny(5), odd(25);
  int taken = 0, tiny_taken = 0, odd_taken = 0;
  for (int tick = 0; tick < 300; ++tick) {
    const std::chrono::nanoseconds now(7'000'123'456 + tick * 1'000'000'000LL / 30);
    CHECK(full.take(now, true, false));
    const bool took = half.take(now, true, false);
    taken += took ? 1 : 0;
    tiny_taken += tiny.take(now, true, false) ? 1 : 0;
    odd_taken += odd.take(now, true, false) ? 1 : 0;
    if (tick == 101) CHECK(late.take(now, true, false));
    if (tick > 101) CHECK(late.take(now, true, false) == took);
  }
  CHECK(taken == 150);
  CHECK(tiny_taken >= 50);
  CHECK(tiny_taken <= 51);
  CHECK(odd_taken == 250);
}

TEST_CASE("while nothing changes one picture a second is encoded, and the next change at once") {
  FrameChoice choice(30);
  int taken = 0;
  const auto at = [](int tick) { return std::chrono::nanoseconds(tick * 1'000'000'000LL / 30); };
  for (int tick = 0; tick < 300; ++tick) taken += choice.take(at(tick), tick == 0, false) ? 1 : 0;
  CHECK(taken == FrameChoice::sharpening + 1 + 9);
  CHECK(choice.take(at(300), true, false));
  for (int tick = 301; tick < 330; ++tick) taken += choice.take(at(tick), false, false) ? 1 : 0;
  CHECK(taken == 2 * (FrameChoice::sharpening + 1) + 8);
  CHECK(choice.take(at(330), false, true));
}

TEST_CASE("a change that a slow encoder's turn did not meet is seen at its next turn") {
  FrameChoice choice(5);
  const auto at = [](int tick) { return std::chrono::nanoseconds(tick * 1'000'000'000LL / 30); };
  for (int tick = 0; tick < 180; ++tick) (void)choice.take(at(tick), tick == 0, false);
  std::vector<int> turns;
  for (int tick = 180; tick < 200; ++tick)
    if (choice.take(at(tick), tick == 182, false)) turns.push_back(tick);
  CHECK(turns.size() >= 2);
}

TEST_CASE("effort is shed in the stated order: a big grid's frame rate, then the size, then the speed") {
  CHECK(effort_at(0, 16) == Effort{});
  CHECK(effort_at(1, 16).frame_rate == 25);
  CHECK(effort_at(2, 16).frame_rate == 15);
  CHECK(effort_at(2, 4) == Effort{});
  for (const std::size_t tiles : {1, 16}) {
    for (int level = 1; level <= most_shed; ++level) {
      const Effort before = effort_at(level - 1, tiles), now = effort_at(level, tiles);
      CHECK(now.frame_rate <= before.frame_rate);
      CHECK(now.height <= before.height);
      CHECK(now.speed >= before.speed);
    }
    CHECK(effort_at(3, tiles).height == 540);
    CHECK(effort_at(4, tiles).height == 360);
    CHECK(effort_at(4, tiles).speed == 0);
    CHECK(effort_at(most_shed, tiles).speed == 2);
  }
}

TEST_CASE("who has unsubscribed gets nothing more, and the others go on") {
  Subscribers subscribers;
  int first = 0, second = 0;
  const auto one = subscribers.add([&](const auto&) { ++first; });
  const auto two = subscribers.add([&](const auto&) { ++second; });
  subscribers.send({});
  subscribers.remove(one);
  subscribers.send({});
  CHECK(first == 1);
  CHECK(second == 2);
  subscribers.remove(two);
  CHECK(subscribers.empty());
}

TEST_CASE("a receiver may leave while others are being served") {
  Subscribers subscribers;
  int second = 0;
  std::shared_ptr<Receiver> two;
  const auto one = subscribers.add([&](const auto&) { subscribers.remove(two); });
  two = subscribers.add([&](const auto&) { ++second; });
  subscribers.send({});
  CHECK(second == 0);
}

TEST_CASE("a moved subscription ends once") {
  int ended = 0;
  {
    Subscription first([&] { ++ended; });
    Subscription second(std::move(first));
    Subscription third;
    third = std::move(second);
    CHECK(third.active());
    CHECK(ended == 0);
  }
  CHECK(ended == 1);
}

TEST_CASE("all who hear the same share one encoder") {
  SoundEncoders encoders;
  std::vector<Subscription> subscriptions;
  std::vector<const std::uint8_t*> heard(4);
  for (int i = 0; i < 4; ++i)
    subscriptions.push_back(encoders.subscribe(
        std::to_string(i), gst::Coding::opus,
        [&heard, i](const gst::EncodedSound& sound) { heard[static_cast<std::size_t>(i)] = sound.payload.data(); }));
  const std::vector<std::int16_t> block(960);
  encoders.encode(0, {}, block,
                  [&](const std::string& id) { return id == "1" ? std::optional<SoundBlock>(block) : std::nullopt; });
  CHECK(encoders.blocks_encoded() == 2);
  CHECK(heard[0] == heard[2]);
  CHECK(heard[0] == heard[3]);
  CHECK(heard[1] != heard[0]);
}
