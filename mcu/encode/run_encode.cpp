// What an encoder costs this machine and what its picture is worth: the bare GStreamer element against the same one in
// a conference's encoders, with scaling, cutting and fan-out. Says CPU seconds per second of picture, kbit/s, and the
// luma's PSNR against what went in.
// usage: run_encode SECONDS ours CODING KBIT [SPEED] | run_encode SECONDS bare "ELEMENT DESCRIPTION" CODING
//   run_encode 10 ours vp8 1500
//   run_encode 10 bare "vp8enc deadline=1 cpu-used=-6 threads=1 end-usage=cbr target-bitrate=1500000" vp8
#include <gst/app/app.h>
#include <gst/video/video.h>
#include <sys/resource.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "mcu/encode/payloads.h"
#include "mcu/encode/picture_encoders.h"
#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::encode;

namespace {

constexpr int width = 1280, height = 720, rate = 30, pictures_in_loop = 60;
constexpr std::size_t luma = std::size_t{width} * height;

/// Soft shapes and edges that move before a still ground, with a camera's noise.
gst::BufferPtr camera_picture(int number) {
  gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, luma * 3 / 2, nullptr));
  GstMapInfo map;
  gst_buffer_map(buffer.get(), &map, GST_MAP_WRITE);
  const double angle = 2 * M_PI * number / pictures_in_loop;
  const int cx = 640 + static_cast<int>(150 * std::sin(angle)), cy = 380 + static_cast<int>(60 * std::cos(angle));
  std::uint32_t noise = static_cast<std::uint32_t>(number) * 2654435761U + 1;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      noise = noise * 1664525U + 1013904223U;
      const int dx = x - cx, dy = y - cy;
      const bool person = dx * dx + dy * dy / 2 < 40000;
      const int ground = 60 + (x / 37 + y / 23) % 5 * 20 + (x ^ y) % 16;
      const int face = 120 + static_cast<int>(50 * std::sin(dx / 23.0) * std::cos(dy / 31.0));
      map.data[y * width + x] = static_cast<std::uint8_t>((person ? face : ground) + static_cast<int>(noise >> 29));
    }
  for (std::size_t i = luma; i < map.size; ++i) map.data[i] = static_cast<std::uint8_t>(120 + i / 640 % 16);
  gst_buffer_unmap(buffer.get(), &map);
  return buffer;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * time.tv_usec; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Result {
  double cpu = 0;
  std::vector<gst::PicturePtr> pictures = {};
};

gst::BufferPtr stamped(const std::vector<gst::BufferPtr>& source, int number) {
  gst::BufferPtr picture(gst_buffer_copy(source[static_cast<std::size_t>(number % pictures_in_loop)].get()));
  GST_BUFFER_PTS(picture.get()) = static_cast<GstClockTime>(number) * GST_SECOND / rate;
  GST_BUFFER_DURATION(picture.get()) = GST_SECOND / rate;
  return picture;
}

gst::Coding coding_named(const std::string& name) {
  if (name == "h264") return gst::Coding::h264;
  return name == "vp9" ? gst::Coding::vp9 : gst::Coding::vp8;
}

Result run_ours(const std::vector<gst::BufferPtr>& source, int count, const PictureClass& wanted, int speed) {
  Result result;
  std::atomic<int> done = 0;
  PictureEncoders encoders({width, height}, {[](const std::function<void()>&) {}, [](bool) {},
                                             [](const std::string& text) { std::cerr << text << '\n'; }});
  encoders.set_effort({.speed = speed});
  const Subscription subscription = encoders.subscribe(wanted, [&](const gst::PicturePtr& picture) {
    result.pictures.push_back(picture);
    ++done;
    done.notify_one();
  });
  const double before = cpu_seconds();
  for (int i = 0; i < count; ++i) {
    encoders.put(stamped(source, i).get());
    done.wait(i);
  }
  result.cpu = cpu_seconds() - before;
  return result;
}

Result run_bare(const std::vector<gst::BufferPtr>& source, int count, const std::string& element, gst::Coding coding) {
  Result result;
  const std::string text =
      "appsrc name=in format=time caps=video/x-raw,format=I420,width=1280,height=720,framerate=30/1 ! " + element +
      " ! appsink name=out sync=false";
  const auto pipeline = gst::sink_floating(gst_parse_launch(text.c_str(), nullptr));
  const auto in = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), "in"));
  const auto out = gst::adopt(gst_bin_get_by_name(GST_BIN(pipeline.get()), "out"));
  gst_element_set_state(pipeline.get(), GST_STATE_PLAYING);
  const double before = cpu_seconds();
  for (int i = 0; i < count; ++i) {
    gst_app_src_push_buffer(GST_APP_SRC(in.get()), stamped(source, i).release());
    const gst::SamplePtr sample(gst_app_sink_pull_sample(GST_APP_SINK(out.get())));
    GstBuffer* buffer = gst_sample_get_buffer(sample.get());
    GstMapInfo map;
    gst_buffer_map(buffer, &map, GST_MAP_READ);
    auto picture = std::make_shared<gst::PacketizedPicture>();
    *picture = {coding, i == 0, std::chrono::nanoseconds(i * 1'000'000'000LL / rate), {}, {}};
    encode::cut(*picture, {map.data, map.size});
    gst_buffer_unmap(buffer, &map);
    result.pictures.push_back(std::move(picture));
  }
  result.cpu = cpu_seconds() - before;
  gst_element_set_state(pipeline.get(), GST_STATE_NULL);
  return result;
}

double psnr(const std::vector<gst::BufferPtr>& source, const Result& result, gst::Coding coding) {
  ViewerForTest viewer(coding);
  double error = 0;
  std::size_t points = 0;
  for (std::size_t i = 0; i < result.pictures.size(); ++i) {
    viewer.put(result.pictures[i]);
    if (!eventually([&] { return viewer.seen().decoded > static_cast<int>(i); })) return 0;
    if (i % 10 != 9) continue;
    GstMapInfo map;
    gst_buffer_map(source[i % pictures_in_loop].get(), &map, GST_MAP_READ);
    for (int y = 1; y < height; y += 7)
      for (int x = static_cast<int>(i % 3); x < width; x += 5) {
        const double difference = map.data[y * width + x] - viewer.pixel(x, y).y;
        error += difference * difference;
        ++points;
      }
    gst_buffer_unmap(source[i % pictures_in_loop].get(), &map);
  }
  return 10 * std::log10(255.0 * 255.0 * static_cast<double>(points) / error);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 64;
  gst::initialise();
  const int count = std::atoi(argv[1]) * rate;
  const bool ours = std::string(argv[2]) == "ours";
  const gst::Coding coding = coding_named(argv[ours ? 3 : 4]);
  std::vector<gst::BufferPtr> source;
  for (int i = 0; i < pictures_in_loop; ++i) source.push_back(camera_picture(i));
  const Result result = ours ? run_ours(source, count, {coding, width, height, rate, std::atoi(argv[4])},
                                        argc > 5 ? std::atoi(argv[5]) : 0)
                             : run_bare(source, count, argv[3], coding);
  std::size_t bytes = 0;
  for (const auto& picture : result.pictures) bytes += picture->bytes.size();
  std::cout << "cpu=" << result.cpu * rate / count << " ms_per_picture=" << result.cpu * 1000 / count
            << " kbit=" << static_cast<int>(bytes) * 8 * rate / count / 1000
            << " first_bytes=" << result.pictures.front()->bytes.size() << " psnr=" << psnr(source, result, coding)
            << '\n';
}
