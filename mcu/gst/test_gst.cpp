#include <doctest/doctest.h>

#include <functional>
#include <mutex>
#include <vector>

#include "mcu/gst/bus_watch.h"
#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;

namespace {

/// Collects what was posted and runs it when told.
struct Posted {
  std::mutex mutex;
  std::vector<std::function<void()>> closures;
  gst::BusWatch::Post post() {
    return [this](std::function<void()> closure) {
      const std::lock_guard lock(mutex);
      closures.push_back(std::move(closure));
    };
  }
  void run() {
    std::vector<std::function<void()>> taken;
    {
      const std::lock_guard lock(mutex);
      taken.swap(closures);
    }
    for (auto& closure : taken) {
      closure();
    }
  }
};

void post_error(GstElement* pipeline) {
  GError* error = g_error_new(GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "it broke");
  gst_element_post_message(pipeline, gst_message_new_error(GST_OBJECT(pipeline), error, "detail"));
  g_error_free(error);
}

}  // namespace

TEST_CASE("all pipelines have one zero of time") {
  gst::initialise();
  const auto first = gst::sink_floating(gst_pipeline_new("first"));
  const auto second = gst::sink_floating(gst_pipeline_new("second"));
  gst::use_media_clock(first.get());
  gst::use_media_clock(second.get());
  CHECK(gst_element_get_base_time(first.get()) == gst_element_get_base_time(second.get()));
  CHECK(gst_element_get_start_time(first.get()) == GST_CLOCK_TIME_NONE);
  const auto before = gst::running_time_now();
  CHECK(gst::running_time_now() >= before);
}

TEST_CASE("a pipeline's error arrives by post, and not after the watch has gone") {
  gst::initialise();
  const auto pipeline = gst::sink_floating(gst_pipeline_new("broken"));
  Posted posted;
  std::vector<std::string> errors;
  auto watch = std::make_unique<gst::BusWatch>(pipeline.get(), posted.post(),
                                               [&](const std::string& text) { errors.push_back(text); });
  post_error(pipeline.get());
  CHECK(errors.empty());
  posted.run();
  REQUIRE(errors.size() == 1);
  CHECK(errors[0] == "broken: it broke");
  post_error(pipeline.get());
  watch.reset();
  posted.run();
  CHECK(errors.size() == 1);
}

TEST_CASE("many latency messages become one recalculation on the loop") {
  gst::initialise();
  const auto pipeline = gst::sink_floating(gst_pipeline_new("late"));
  Posted posted;
  const gst::BusWatch watch(pipeline.get(), posted.post(), {});
  for (int i = 0; i < 5; ++i) {
    gst_element_post_message(pipeline.get(), gst_message_new_latency(GST_OBJECT(pipeline.get())));
  }
  CHECK(posted.closures.size() == 1);
  posted.run();
  gst_element_post_message(pipeline.get(), gst_message_new_latency(GST_OBJECT(pipeline.get())));
  CHECK(posted.closures.size() == 1);
}

TEST_CASE("a signal connection ends with its handle") {
  gst::initialise();
  const auto bin = gst::sink_floating(gst_bin_new("bin"));
  int added = 0;
  {
    const gst::SignalConnection connection(bin.get(), "element-added",
                                           G_CALLBACK(+[](GstBin*, GstElement*, int* count) { ++*count; }), &added);
    gst_bin_add(GST_BIN(bin.get()), gst::make_element("identity").release());
  }
  gst_bin_add(GST_BIN(bin.get()), gst::make_element("identity").release());
  CHECK(added == 1);
}

TEST_CASE("a missing plugin is named") {
  gst::initialise();
  CHECK_THROWS_WITH(gst::make_element("nosuchelement"), doctest::Contains("nosuchelement"));
}
