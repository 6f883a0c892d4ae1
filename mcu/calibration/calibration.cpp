#include "mcu/calibration/calibration.h"

#include <gst/app/app.h>
#include <gst/gst.h>

#include <cstdint>
#include <ctime>
#include <stdexcept>
#include <string>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::calibration {
namespace {

constexpr int warm_up = 4;  // pictures that pay for what is made once
constexpr int pictures = 40;
constexpr int rate = 30;

double cpu_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Soft surfaces that move, with a little of a camera's noise: about as much work as a face.
gst::BufferPtr drawn(int width, int height, int number) {
  const auto size = static_cast<gsize>(width * height * 3 / 2);
  gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, size, nullptr));
  GstMapInfo map;
  gst_buffer_map(buffer.get(), &map, GST_MAP_WRITE);
  std::uint32_t noise = 1 + static_cast<std::uint32_t>(number);
  for (int y = 0; y < height * 3 / 2; ++y) {
    for (int x = 0; x < width; ++x) {
      noise = noise * 1664525U + 1013904223U;
      const int surface = ((x + 3 * number) / 5 + (y + 2 * number) / 3) & 0x7f;
      const int edge = (((x + 4 * number) / 96) ^ (y / 72)) & 1 ? 40 : 0;
      map.data[y * width + x] = static_cast<guint8>(40 + surface + edge + static_cast<int>(noise >> 30));
    }
  }
  gst_buffer_unmap(buffer.get(), &map);
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(number) * GST_SECOND / rate;
  GST_BUFFER_DURATION(buffer.get()) = GST_SECOND / rate;
  return buffer;
}

/// One pipeline between an appsrc and an appsink, that gives one buffer for each that it is given.
class Bench {
 public:
  explicit Bench(const std::string& between) {
    const std::string text = "appsrc name=in format=time " + between + " ! appsink name=out sync=false";
    GError* error = nullptr;
    pipeline_ = gst::sink_floating(gst_parse_launch_full(text.c_str(), nullptr, GST_PARSE_FLAG_FATAL_ERRORS, &error));
    if (error != nullptr) {
      const std::string why = error->message;
      g_error_free(error);
      throw std::runtime_error("the machine cannot be measured: " + why);
    }
    in_ = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "in"));
    out_ = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline_.get()), "out"));
    gst_element_set_state(pipeline_.get(), GST_STATE_PLAYING);
  }
  ~Bench() { gst_element_set_state(pipeline_.get(), GST_STATE_NULL); }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  /// CPU milliseconds for each buffer, without the first few. `made` gets what came out.
  double run(const std::vector<gst::BufferPtr>& given, std::vector<gst::BufferPtr>* made = nullptr) {
    double begin = 0;
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (i == warm_up) begin = cpu_milliseconds();
      gst_app_src_push_buffer(GST_APP_SRC(in_.get()), gst_buffer_ref(given[i].get()));
      const gst::SamplePtr sample(gst_app_sink_try_pull_sample(GST_APP_SINK(out_.get()), 5 * GST_SECOND));
      if (!sample) throw std::runtime_error("the machine cannot be measured: nothing comes out of an encoder");
      if (made != nullptr) made->emplace_back(gst_buffer_ref(gst_sample_get_buffer(sample.get())));
    }
    return (cpu_milliseconds() - begin) / static_cast<double>(given.size() - warm_up);
  }

 private:
  gst::ObjectPtr<GstElement> pipeline_;
  gst::ObjectPtr<GstElement> in_;
  gst::ObjectPtr<GstElement> out_;
};

std::string raw(int width, int height) {
  return "caps=video/x-raw,format=I420,framerate=30/1,width=" + std::to_string(width) +
         ",height=" + std::to_string(height);
}

std::string vp8(int kbit) {
  return " ! vp8enc deadline=1 cpu-used=-8 threads=1 end-usage=cbr keyframe-max-dist=3000 min-quantizer=2 "
         "max-quantizer=56 target-bitrate=" +
         std::to_string(kbit * 1000);
}

std::vector<gst::BufferPtr> film(int width, int height) {
  std::vector<gst::BufferPtr> made;
  for (int number = 0; number < pictures; ++number) made.push_back(drawn(width, height, number));
  return made;
}

double measure_decoding() {
  std::vector<gst::BufferPtr> encoded;
  Bench(raw(640, 360) + vp8(500)).run(film(640, 360), &encoded);
  return Bench(
             "caps=video/x-vp8,width=640,height=360,framerate=30/1 ! vp8dec threads=1 ! videoscale ! "
             "video/x-raw,width=320,height=180")
      .run(encoded);
}

double measure_sound() {
  std::vector<gst::BufferPtr> blocks;
  for (int number = 0; number < 100 + warm_up; ++number) {
    auto block = gst::BufferPtr(gst_buffer_new_allocate(nullptr, 960 * 2, nullptr));
    GstMapInfo map;
    gst_buffer_map(block.get(), &map, GST_MAP_WRITE);
    auto* samples = reinterpret_cast<std::int16_t*>(map.data);
    for (int i = 0; i < 960; ++i) samples[i] = static_cast<std::int16_t>((i * (7 + number % 13) * 97) % 16000 - 8000);
    gst_buffer_unmap(block.get(), &map);
    GST_BUFFER_PTS(block.get()) = static_cast<GstClockTime>(number) * 20 * GST_MSECOND;
    GST_BUFFER_DURATION(block.get()) = 20 * GST_MSECOND;
    blocks.push_back(std::move(block));
  }
  return 50 * Bench(
                  "caps=audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved ! opusenc bitrate=32000 "
                  "complexity=5 ! opusdec")
                  .run(blocks);
}

}  // namespace

Times measure() {
  Times times;
  times.encode = Bench(raw(1280, 720) + vp8(1500)).run(film(1280, 720));
  times.decode = measure_decoding();
  times.sound = measure_sound();
  return times;
}

}  // namespace rollcall::mcu::calibration
