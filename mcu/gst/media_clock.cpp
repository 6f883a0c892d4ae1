#include "mcu/gst/media_clock.h"

#include "mcu/gst/handle.h"

namespace rollcall::mcu::gst {
namespace {

struct MediaClock {
  MediaClock() {
    gst_init(nullptr, nullptr);
    clock = adopt(gst_system_clock_obtain());
    base = gst_clock_get_time(clock.get());
  }
  ObjectPtr<GstClock> clock;
  GstClockTime base = 0;
};

const MediaClock& media_clock() {
  static const MediaClock clock;
  return clock;
}

}  // namespace

void initialise() {
  (void)media_clock();
}

std::chrono::nanoseconds running_time_now() {
  const auto& media = media_clock();
  return std::chrono::nanoseconds(gst_clock_get_time(media.clock.get()) - media.base);
}

void use_media_clock(GstElement* pipeline) {
  const auto& media = media_clock();
  gst_pipeline_use_clock(GST_PIPELINE(pipeline), media.clock.get());
  // Without this the pipeline would choose a new base time of its own when it starts.
  gst_element_set_start_time(pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time(pipeline, media.base);
}

}  // namespace rollcall::mcu::gst
