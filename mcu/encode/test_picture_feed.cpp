#include <doctest/doctest.h>

#include <mutex>
#include <vector>

#include "mcu/encode/picture_feed.h"
#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;

namespace {

const PictureClass full{gst::Coding::vp8, 320, 180, 30, 300};
const PictureClass low{gst::Coding::vp8, 160, 90, 30, 80};

/// A conference's canvas, one steady viewer of the full class, and one feed.
struct Stage {
  Stage() { steady_feed.want(full); }

  void put(int count) {
    for (int i = 0; i < count; ++i) {
      const int before = steady.seen().put;
      gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, 320 * 180 * 3 / 2, nullptr));
      gst_buffer_memset(buffer.get(), 0, static_cast<guint8>(60 + next % 100), 320 * 180 * 3 / 2);
      GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(next++) * GST_SECOND / 30;
      encoders.put(buffer.get());
      REQUIRE(eventually([&] { return steady.seen().put > before; }));
    }
  }
  void run_posted() {
    std::vector<std::function<void()>> tasks;
    {
      const std::lock_guard lock(mutex);
      tasks.swap(posted);
    }
    for (const auto& task : tasks) task();
  }
  /// Puts pictures until the feed has arrived where it is wanted.
  [[nodiscard]] bool arrives() {
    for (int i = 0; i < 200 && !feed.arrived(); ++i) {
      put(1);
      run_posted();
    }
    return feed.arrived();
  }

  const bool started = (gst::initialise(), true);
  std::mutex mutex = {};
  std::vector<std::function<void()>> posted = {};
  PictureEncoder::Post post = [this](std::function<void()> task) {
    const std::lock_guard lock(mutex);
    posted.push_back(std::move(task));
  };
  PictureEncoders encoders{{320, 180}, {post, [](bool) {}, [](const std::string&) {}}};
  ViewerForTest steady, viewer;
  PictureFeed steady_feed{encoders, post, [this](const gst::PicturePtr& picture) { steady.put(picture); }};
  PictureFeed feed{encoders, post, [this](const gst::PicturePtr& picture) { viewer.put(picture); }};
  int next = 0;
};

}  // namespace

TEST_CASE_FIXTURE(Stage, "a receiver who changes to another class sees one stream, and the others notice nothing") {
  feed.want(full);
  REQUIRE(arrives());
  put(30);
  const auto others = encoders.key_frames(full);
  feed.want(low);
  CHECK(encoders.running() == 2);
  REQUIRE(arrives());
  put(10);
  REQUIRE(eventually([&] { return viewer.seen().height == 90; }));
  CHECK(encoders.key_frames(full) == others);
  CHECK(eventually([&] { return viewer.seen().decoded == viewer.seen().put; }));
  const auto times = viewer.seen().times;
  for (std::size_t i = 1; i < times.size(); ++i) {
    CHECK(times[i] > times[i - 1]);
    CHECK(times[i] - times[i - 1] < std::chrono::milliseconds(150));
  }
}

TEST_CASE_FIXTURE(Stage, "an encoder that nobody is left with stops when the change is complete") {
  feed.want(low);
  REQUIRE(arrives());
  feed.want(full);
  CHECK(encoders.running() == 2);
  REQUIRE(arrives());
  CHECK(encoders.running() == 1);
}

TEST_CASE_FIXTURE(Stage, "one who changes his mind before the new picture has come keeps the old one") {
  feed.want(full);
  REQUIRE(arrives());
  const int before = viewer.seen().put;
  feed.want(low);
  feed.want(full);
  CHECK(feed.arrived());
  CHECK(encoders.running() == 1);
  put(5);
  CHECK(viewer.seen().put >= before + 5);
}

TEST_CASE_FIXTURE(Stage, "one who changes again just after the new picture has come goes on from there") {
  feed.want(full);
  REQUIRE(arrives());
  feed.want(low);
  REQUIRE(eventually([&] {
    put(1);
    return viewer.seen().keys == 2;
  }));
  feed.want(full);  // what was posted has not run yet
  REQUIRE(arrives());
  put(3);
  CHECK(eventually([&] { return viewer.seen().height == 180; }));
  CHECK(encoders.running() == 1);
}

TEST_CASE_FIXTURE(Stage, "no picture is sent to one who is to get none, and later it comes back with a key frame") {
  feed.want(full);
  REQUIRE(arrives());
  feed.want(std::nullopt);
  const int before = viewer.seen().put;
  put(5);
  CHECK(viewer.seen().put == before);
  feed.want(full);
  REQUIRE(arrives());
  CHECK(eventually([&] { return viewer.seen().decoded == viewer.seen().put; }));
}
