#include <doctest/doctest.h>

#include <memory>
#include <optional>

#include "mcu/encode/key_frames.h"
#include "mcu/encode/sound_encoders.h"
#include "mcu/encode/subscribers.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;
using std::chrono::milliseconds;

TEST_CASE("the first picture is a key frame, the next is not unless wanted") {
  KeyFramePolicy policy;
  CHECK(policy.due(milliseconds(0)));
  CHECK_FALSE(policy.due(milliseconds(10000)));
  policy.want();
  CHECK(policy.due(milliseconds(10033)));
}

TEST_CASE("many wishes within half a second are one key frame, and none is forgotten") {
  KeyFramePolicy policy;
  CHECK(policy.due(milliseconds(0)));
  int keys = 0;
  for (int time = 33; time < 1000; time += 33) {
    if (time < 400) policy.want();
    keys += policy.due(milliseconds(time)) ? 1 : 0;
  }
  CHECK(keys == 1);
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
  gst::initialise();
  SoundEncoders encoders;
  std::vector<Subscription> subscriptions;
  std::vector<GstBuffer*> heard(4);
  for (int i = 0; i < 4; ++i)
    subscriptions.push_back(encoders.subscribe(std::to_string(i), [&heard, i](const gst::EncodedFrame& frame) {
      heard[static_cast<std::size_t>(i)] = frame.buffer;
    }));
  const std::vector<std::int16_t> block(960);
  encoders.encode(0, {}, block,
                  [&](const std::string& id) { return id == "1" ? std::optional<SoundBlock>(block) : std::nullopt; });
  CHECK(encoders.blocks_encoded() == 2);
  CHECK(heard[0] == heard[2]);
  CHECK(heard[0] == heard[3]);
  CHECK(heard[1] != heard[0]);
}
