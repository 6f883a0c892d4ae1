// What a conference costs this machine, without legs: N cameras of 640x360 at 30 fps and N voices in, one 1280x720
// picture and N sounds out, all encoded and thrown away. Says CPU seconds per second, frames, and the largest gap.
// usage: run_mixing PARTICIPANTS [SECONDS]
#include <gst/video/video.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "mcu/conference/mixing.h"
#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/voice/test_sender.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::conference;

namespace {

constexpr int pictures_in_loop = 60;

/// A soft pattern that moves, with a camera's noise.
gst::SamplePtr camera_picture(int number) {
  gst::SamplePtr sample = mixer::solid_picture({640, 360}, {120, 130, 140});
  GstMapInfo map;
  GstBuffer* buffer = gst_sample_get_buffer(sample.get());
  gst_buffer_map(buffer, &map, GST_MAP_WRITE);
  std::uint32_t noise = static_cast<std::uint32_t>(number) * 2654435761U + 1;
  for (int y = 0; y < 360; ++y)
    for (int x = 0; x < 640; ++x) {
      noise = noise * 1664525U + 1013904223U;
      const int wave = ((x + 2 * number) / 8 % 64) + (y / 6 % 64);
      map.data[y * 640 + x] = static_cast<std::uint8_t>(50 + wave + static_cast<int>(noise >> 29));
    }
  gst_buffer_unmap(buffer, &map);
  return sample;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * time.tv_usec; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void feed(std::vector<std::unique_ptr<Input>>& inputs, const std::vector<gst::SamplePtr>& pictures, int ticks) {
  std::vector<std::unique_ptr<voice::TestStream>> streams;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    streams.push_back(std::make_unique<voice::TestStream>(voice::tone(300.0 + 90.0 * static_cast<double>(i), 0.1)));
  const auto begin = std::chrono::steady_clock::now();
  int spoken = 0;
  for (int tick = 0; tick < ticks; ++tick) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto& picture = pictures[(static_cast<std::size_t>(tick) + i * 7) % pictures.size()];
      inputs[i]->picture(gst::SamplePtr(gst_sample_ref(picture.get())));
      for (int n = spoken; n * 20 <= tick * 33; ++n) inputs[i]->sound(streams[i]->next());
    }
    while (spoken * 20 <= tick * 33) ++spoken;
    std::this_thread::sleep_until(begin + (tick + 1) * std::chrono::nanoseconds(33333333));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 3;
  const int seconds = argc > 2 ? std::atoi(argv[2]) : 10;
  gst::initialise();
  std::vector<gst::SamplePtr> pictures;
  for (int i = 0; i < pictures_in_loop; ++i) pictures.push_back(camera_picture(i));
  Mixing mixing({}, {[](const std::function<void()>&) {}, [](const std::string&) {},
                     [](const std::string& text) { std::cerr << text << '\n'; }});
  std::vector<std::unique_ptr<Input>> inputs;
  std::vector<encode::Subscription> subscriptions;
  for (int i = 0; i < count; ++i) {
    const std::string id = "participant " + std::to_string(i);
    inputs.push_back(std::make_unique<Input>());
    mixing.add(id, {id}, *inputs.back());
    subscriptions.push_back(mixing.listen(id, gst::Coding::opus, [](const gst::EncodedSound&) {}));
    subscriptions.push_back(mixing.watch({}, [](const gst::PicturePtr&) {}));
  }
  const double before = cpu_seconds();
  const Figures start = mixing.figures();
  feed(inputs, pictures, seconds * 30);
  const Figures end = mixing.figures();
  std::cout << "participants=" << count << " cpu=" << (cpu_seconds() - before) / seconds
            << " fps=" << static_cast<double>(end.picture.frames - start.picture.frames) / seconds
            << " late=" << end.picture.late << " gap_ms=" << end.picture.max_gap.count() / 1000
            << " sound_late=" << end.sound.late << " sound_gap_ms=" << end.sound.max_gap.count() / 1000 << '\n';
  subscriptions.clear();
  for (int i = 0; i < count; ++i) mixing.remove("participant " + std::to_string(i));
}
