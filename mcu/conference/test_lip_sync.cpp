// What is seen and heard at the same moment must leave with the same running time, or nearly.
#include <doctest/doctest.h>
#include <gst/gst.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"
#include "mcu/mixer/picture_mixer.h"
#include "mcu/mixer/sound_mixer.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/voice/test_sender.h"
#include "mcu/voice/voice.h"

using namespace rollcall::mcu;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

namespace {

/// The running times at which it became light, or loud.
class Onsets {
 public:
  void see(nanoseconds running_time, bool on) {
    const std::lock_guard lock(mutex_);
    if (!on) return;
    // Less dark or quiet in between is no pause: a busy machine tears a sound.
    if (times_.empty() || running_time - last_on_ > milliseconds(150)) times_.push_back(running_time);
    last_on_ = running_time;
  }
  [[nodiscard]] std::vector<nanoseconds> times() const {
    const std::lock_guard lock(mutex_);
    return times_;
  }

 private:
  mutable std::mutex mutex_;
  nanoseconds last_on_{};
  std::vector<nanoseconds> times_;
};

bool is_light(GstBuffer* picture) {
  std::uint8_t luma = 0;
  gst_buffer_extract(picture, 200 * 1280 + 400, &luma, 1);  // no text there
  return luma > 128;
}

}  // namespace

TEST_CASE("a flash and a click of the same moment leave within 40 ms of each other") {
  gst::initialise();
  Onsets flashes, clicks;
  mixer::PictureMixer pictures(
      {}, [&](GstBuffer* picture, bool) { flashes.see(nanoseconds(GST_BUFFER_PTS(picture)), is_light(picture)); });
  mixer::SoundMixer sounds(
      {[&](const mixer::SoundMix& mix) { clicks.see(mix.running_time, voice::root_mean_square(*mix.common) > 1000); },
       [](const std::string&) {}});
  const gst::SamplePtr dark = mixer::solid_picture({640, 360}, {10, 10, 10});
  const gst::SamplePtr light = mixer::solid_picture({640, 360}, {250, 250, 250});
  mixer::PictureSlot slot;
  slot.put(gst::SamplePtr(gst_sample_ref(dark.get())), std::chrono::steady_clock::now());
  voice::Voice voice;
  pictures.add("one", {"one"}, slot);
  sounds.add("one", voice);
  pictures.start();
  sounds.start();
  voice::TestStream stream(voice::tone(440));
  constexpr int flashes_wanted = 15, period = 19;  // of 20 ms: each at another phase of the pictures' tick
  const auto begin = std::chrono::steady_clock::now();
  // A packet arrives when its 20 ms are over, its picture when they begin.
  for (int i = 0; i < (flashes_wanted + 1) * period; ++i) {
    const bool on = i >= period && i % period<5, was_on = i> period && (i - 1) % period < 5;
    std::this_thread::sleep_until(begin + i * milliseconds(20));
    slot.put(gst::SamplePtr(gst_sample_ref((on ? light : dark).get())), std::chrono::steady_clock::now());
    if (i > 0) voice.put(stream.next(!was_on));
  }
  REQUIRE(encode::eventually([&] { return clicks.times().size() >= flashes_wanted; }));
  pictures.stop();
  sounds.stop();
  const auto seen = flashes.times(), heard = clicks.times();
  REQUIRE(seen.size() == heard.size());
  std::vector<double> apart;
  for (std::size_t i = 0; i < seen.size(); ++i)
    apart.push_back(std::chrono::duration<double, std::milli>(heard[i] - seen[i]).count());
  std::sort(apart.begin(), apart.end());
  MESSAGE("sound behind picture, ms: least " << apart.front() << ", median " << apart[apart.size() / 2] << ", most "
                                             << apart.back());
  CHECK(std::abs(apart[apart.size() / 2]) < 40);
}
