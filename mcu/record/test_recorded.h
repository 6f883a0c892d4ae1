// A conference that is recorded, for tests and for run_recording.
#pragma once

#include <stdlib.h>

#include <atomic>
#include <cmath>
#include <filesystem>
#include <functional>
#include <mutex>
#include <numbers>
#include <string>
#include <vector>

#include "mcu/encode/picture_encoders.h"
#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"
#include "mcu/record/recording.h"

namespace rollcall::mcu::record {

constexpr encode::PictureClass recorded_class{gst::Coding::vp8, 320, 180, 30, 300};

/// A conference that is recorded into `path`: each step is a tenth of a second of picture and sound.
struct Recorded {
  explicit Recorded(const std::filesystem::path& path, Recording::Limits limits = {})
      : recording(path, {320, 180, 30}, limits, post, [this](const std::string& text) { reason = text; }) {
    subscription = encoders.subscribe(recorded_class, [this](const gst::EncodedFrame& frame) {
      recording.picture(frame);
      ++frames;
    });
  }
  ~Recorded() { subscription = {}; }

  void step() {
    for (int i = 0; i < 3; ++i, ++picture_number) {
      gst::BufferPtr picture(gst_buffer_new_allocate(nullptr, 320 * 180 * 3 / 2, nullptr));
      gst_buffer_memset(picture.get(), 0, static_cast<guint8>(60 + picture_number % 100), 320 * 180 * 3 / 2);
      GST_BUFFER_PTS(picture.get()) = start + static_cast<GstClockTime>(picture_number) * GST_SECOND / 30;
      encoders.put(picture.get());
      (void)encode::eventually([&] { return frames > picture_number; });
    }
    for (int i = 0; i < 5; ++i, ++block_number) {
      std::vector<std::int16_t> samples(960);
      for (std::size_t n = 0; n < samples.size(); ++n)
        samples[n] =
            static_cast<std::int16_t>(8000 * std::sin(2 * std::numbers::pi * 440 * static_cast<double>(n) / 48000));
      recording.sound(std::chrono::nanoseconds(start) + block_number * std::chrono::milliseconds(20), samples);
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

  const bool started = (gst::initialise(), true);
  static constexpr GstClockTime start = 77 * GST_SECOND;
  std::mutex mutex = {};
  std::vector<std::function<void()>> posted = {};
  std::string reason = {};
  std::atomic<int> frames = 0;
  int picture_number = 0, block_number = 0;
  Recording::Post post = [this](std::function<void()> task) {
    const std::lock_guard lock(mutex);
    posted.push_back(std::move(task));
  };
  Recording recording;
  encode::PictureEncoders encoders{{320, 180}, {post, [](bool) {}, [](const std::string&) {}}};
  encode::Subscription subscription = {};
};

}  // namespace rollcall::mcu::record
