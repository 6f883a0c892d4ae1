#include <doctest/doctest.h>

#include <cstdlib>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "mcu/encode/payloads.h"
#include "mcu/encode/picture_encoders.h"
#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;
using std::chrono::milliseconds;

namespace {

/// A picture of grey noise whose colour planes say `u`.
gst::BufferPtr picture(const PictureClass& wanted, int number, std::uint8_t u) {
  const auto luma = static_cast<std::size_t>(wanted.width) * static_cast<std::size_t>(wanted.height);
  gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, luma * 3 / 2, nullptr));
  GstMapInfo map;
  gst_buffer_map(buffer.get(), &map, GST_MAP_WRITE);
  for (std::size_t i = 0; i < luma; ++i) map.data[i] = static_cast<std::uint8_t>(100 + (i / 64 + number) % 16);
  for (std::size_t i = luma; i < map.size; ++i) map.data[i] = u;
  gst_buffer_unmap(buffer.get(), &map);
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(number) * GST_SECOND / 30;
  return buffer;
}

struct Fixture {
  Fixture() { gst::initialise(); }
  bool in_use = false;
  std::string failure = {};
  std::mutex mutex = {};
  std::vector<std::function<void()>> posted = {};
  PictureEncoders encoders{{320, 180},
                           {[this](std::function<void()> task) {
                              const std::lock_guard lock(mutex);
                              posted.push_back(std::move(task));
                            },
                            [this](bool used) { in_use = used; }, [this](const std::string& text) { failure = text; }}};
  int next = 0;

  void run_posted() {
    std::vector<std::function<void()>> tasks;
    {
      const std::lock_guard lock(mutex);
      tasks.swap(posted);
    }
    for (const auto& task : tasks) task();
  }

  void put(const PictureClass& wanted, int count) {
    for (int i = 0; i < count; ++i) encoders.put(picture(wanted, next++, 90).get());
  }
  /// One by one, so that a slow machine leaves none out.
  void put_patiently(const PictureClass& wanted, int count, const ViewerForTest& viewer) {
    for (int i = 0; i < count; ++i) {
      const int before = viewer.seen().put;
      put(wanted, 1);
      REQUIRE(eventually([&] { return viewer.seen().put > before; }));
    }
  }
};

const PictureClass small{gst::Coding::vp8, 320, 180, 30, 300};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what is encoded can be decoded from its packets and looks the same, in every coding") {
  for (const gst::Coding coding : {gst::Coding::vp8, gst::Coding::h264, gst::Coding::h264_single, gst::Coding::vp9}) {
    CAPTURE(static_cast<int>(coding));
    const PictureClass wanted{coding, 320, 180, 30, 300};
    ViewerForTest viewer(coding);
    const Subscription subscription =
        encoders.subscribe(wanted, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
    next = 0;
    put_patiently(wanted, 10, viewer);
    REQUIRE(eventually([&] { return viewer.seen().decoded >= 8; }));
    const Pixel middle = viewer.pixel(160, 90);
    CHECK(std::abs(middle.u - 90) < 4);
    CHECK(std::abs(middle.y - 108) < 12);
    CHECK(viewer.seen().keys == 1);
    CHECK(viewer.seen().longest <= 1150);
    CHECK(viewer.seen().times[0] == milliseconds(0));
    CHECK(viewer.seen().times[9] == std::chrono::nanoseconds(300000000));
    put_patiently(wanted, 10, viewer);
    encoders.ask_key_frame(wanted, KeyFrameAsk::join);
    put_patiently(wanted, 10, viewer);
    CHECK(viewer.seen().keys == 2);
    CHECK(eventually([&] { return viewer.seen().decoded == viewer.seen().put; }));
  }
  run_posted();
  CHECK(failure.empty());
}

TEST_CASE_FIXTURE(Fixture, "who knows H.261 or H.263 only gets the whole picture, of 4:3, between black bars") {
  for (const gst::Coding coding : {gst::Coding::h263, gst::Coding::h263_1998, gst::Coding::h261}) {
    for (const auto& [width, height] : {std::pair{352, 288}, std::pair{176, 144}}) {
      CAPTURE(static_cast<int>(coding));
      CAPTURE(width);
      const PictureClass wanted{coding, width, height, 30, 384};
      ViewerForTest viewer(coding);
      const Subscription subscription =
          encoders.subscribe(wanted, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
      next = 0;
      put_patiently(small, 10, viewer);
      REQUIRE(eventually([&] { return viewer.seen().decoded >= 8; }));
      CHECK(viewer.seen().keys >= 1);
      CHECK(viewer.seen().longest <= longest_payload);
      CHECK(viewer.seen().width == width);
      CHECK(viewer.seen().height == height);
      CHECK(std::abs(viewer.pixel(width / 2, height / 2).y - 107) < 20);
      CHECK(std::abs(viewer.pixel(width / 2, height / 2).u - 90) < 12);
      CHECK(viewer.pixel(width / 2, 8).y < 40);
      CHECK(viewer.pixel(width / 2, height - 8).y < 40);
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "an encoder runs from its first subscriber to its last") {
  CHECK_FALSE(in_use);
  ViewerForTest viewer;
  Subscription one = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  Subscription two = encoders.subscribe(small, [](const gst::PicturePtr&) {});
  CHECK(in_use);
  CHECK(encoders.running() == 1);
  put_patiently(small, 3, viewer);
  one = {};
  CHECK(encoders.running() == 1);
  two = {};
  CHECK(encoders.running() == 0);
  CHECK_FALSE(in_use);
  put(small, 3);
}

TEST_CASE_FIXTURE(Fixture, "two classes are two encoders, each with its own size") {
  const PictureClass other{gst::Coding::vp8, 320, 180, 30, 150};
  ViewerForTest viewer, other_viewer;
  const Subscription one = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  const Subscription two =
      encoders.subscribe(other, [&](const gst::PicturePtr& picture) { other_viewer.put(picture); });
  CHECK(encoders.running() == 2);
  put_patiently(small, 3, viewer);
  CHECK(eventually([&] { return other_viewer.seen().decoded > 0 && viewer.seen().decoded > 0; }));
}

TEST_CASE_FIXTURE(Fixture, "a class of a smaller size sees the same picture, scaled, and as often as it says") {
  const PictureClass tiny{gst::Coding::vp8, 160, 90, 15, 60};
  ViewerForTest viewer, tiny_viewer;
  const Subscription one = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  const Subscription two = encoders.subscribe(tiny, [&](const gst::PicturePtr& picture) { tiny_viewer.put(picture); });
  put_patiently(small, 20, viewer);
  REQUIRE(eventually([&] { return tiny_viewer.seen().decoded == 10; }));
  CHECK(tiny_viewer.seen().width == 160);
  CHECK(std::abs(tiny_viewer.pixel(80, 45).u - 90) < 4);
  CHECK(tiny_viewer.seen().times[1] - tiny_viewer.seen().times[0] > milliseconds(60));
}

TEST_CASE_FIXTURE(Fixture, "a key frame comes when one is asked for and at most once in two seconds") {
  ViewerForTest viewer;
  const Subscription subscription =
      encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  put_patiently(small, 30, viewer);
  CHECK(viewer.seen().keys == 1);
  for (int i = 0; i < 120; ++i) {
    encoders.ask_key_frame(small, KeyFrameAsk::repair);
    put_patiently(small, 1, viewer);
  }
  CHECK(viewer.seen().keys == 3);
  CHECK(encoders.key_frames() == static_cast<std::uint64_t>(viewer.seen().keys));
}

TEST_CASE_FIXTURE(Fixture, "the key frames of one class cost another nothing") {
  const PictureClass other{gst::Coding::vp8, 320, 180, 30, 150};
  ViewerForTest viewer, asking;
  const Subscription one = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  const Subscription two = encoders.subscribe(other, [&](const gst::PicturePtr& picture) { asking.put(picture); });
  for (int i = 0; i < 150; ++i) {
    encoders.ask_key_frame(other, KeyFrameAsk::repair);
    put_patiently(small, 1, viewer);
  }
  CHECK(encoders.key_frames(other) == 3);
  CHECK(viewer.seen().keys == 1);
}

TEST_CASE_FIXTURE(Fixture, "a picture that does not change is not encoded again, but once a second") {
  ViewerForTest viewer;
  const Subscription subscription =
      encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  put_patiently(small, 1, viewer);
  for (int i = 0; i < 90; ++i) {
    const auto same = picture(small, next++, 90);
    encoders.put(same.get(), false);
    std::this_thread::sleep_for(milliseconds(2));  // the encoder may not be the reason
  }
  put_patiently(small, 1, viewer);
  CHECK(viewer.seen().put == 1 + FrameChoice::sharpening + 2 + 1);
  CHECK(eventually([&] { return viewer.seen().decoded == viewer.seen().put; }));
}

TEST_CASE_FIXTURE(Fixture, "with less effort the picture becomes smaller and rarer, and comes back") {
  ViewerForTest viewer;
  const Subscription subscription =
      encoders.subscribe(small, [&](const gst::PicturePtr& picture) { viewer.put(picture); });
  put_patiently(small, 5, viewer);
  encoders.set_effort({.frame_rate = 15, .height = 90, .speed = 2});
  const int before = viewer.seen().put;
  for (int i = 0; i < 20; ++i) {
    put(small, 1);
    std::this_thread::sleep_for(milliseconds(10));
  }
  CHECK(eventually([&] { return viewer.seen().put >= before + 10; }));
  CHECK(viewer.seen().put <= before + 11);
  CHECK(eventually([&] { return viewer.seen().height == 90; }));
  encoders.set_effort({});
  put_patiently(small, 5, viewer);
  CHECK(eventually([&] { return viewer.seen().height == 180; }));
  CHECK(eventually([&] { return viewer.seen().decoded == viewer.seen().put; }));
  run_posted();
  CHECK(failure.empty());
}

TEST_CASE_FIXTURE(Fixture, "one who joins later gets a key frame soon") {
  ViewerForTest early, late;
  const Subscription one = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { early.put(picture); });
  put_patiently(small, 40, early);
  const Subscription two = encoders.subscribe(small, [&](const gst::PicturePtr& picture) { late.put(picture); });
  put_patiently(small, 3, early);
  CHECK(late.seen().keys == 1);
  CHECK(eventually([&] { return late.seen().decoded > 0; }));
}
