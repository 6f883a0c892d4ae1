// The listener's and the viewer's end, for tests: what was encoded is judged by what comes out.
#pragma once

#include <gst/gst.h>
#include <opus/opus.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"
#include "mcu/gst/packets.h"

namespace rollcall::mcu::encode {

/// Polls until `holds` or half a minute has passed.
[[nodiscard]] bool eventually(const std::function<bool()>& holds);

struct Pixel {
  int y = 0, u = 0, v = 0;
};

/// Decodes pictures on a pipeline of its own, from RTP packets as any receiver would; put() on any thread.
class ViewerForTest {
 public:
  explicit ViewerForTest(gst::Coding coding = gst::Coding::vp8);
  ~ViewerForTest();
  void put(const gst::PicturePtr& picture);

  struct Seen {
    int put = 0;
    int keys = 0;
    int decoded = 0;
    int width = 0;
    int height = 0;
    std::size_t longest = 0;                           ///< payload
    std::vector<std::chrono::nanoseconds> times = {};  ///< running times of what was put
    std::size_t bytes = 0;
  };
  [[nodiscard]] Seen seen() const;
  /// Of the last decoded picture.
  [[nodiscard]] Pixel pixel(int x, int y) const;

 private:
  static GstFlowReturn on_sample(GstElement* sink, gpointer self);
  void push(std::span<const std::uint8_t> payload, bool last, std::uint32_t timestamp);

  mutable std::mutex mutex_;
  Seen seen_;
  std::uint16_t sequence_ = 0;
  gst::SamplePtr last_;
  gst::ObjectPtr<GstElement> pipeline_;
  gst::ObjectPtr<GstElement> source_;
};

/// Decodes Opus; put() on one thread, heard() when that is done.
class ListenerForTest {
 public:
  ListenerForTest();
  void put(const gst::EncodedSound& sound);
  [[nodiscard]] std::vector<std::int16_t> heard() const;
  [[nodiscard]] std::vector<std::chrono::nanoseconds> times() const;
  /// How often sound was missing: a packet neither 20 ms behind the one before nor after a pause in which nothing was to
  /// be heard.
  [[nodiscard]] int holes() const;

 private:
  struct Destroy {
    void operator()(OpusDecoder* decoder) const { opus_decoder_destroy(decoder); }
  };
  void hear(std::span<const std::uint8_t> payload, std::chrono::nanoseconds running_time, bool after_pause);

  std::unique_ptr<OpusDecoder, Destroy> decoder_;
  mutable std::mutex mutex_;
  std::vector<std::int16_t> heard_;
  std::vector<std::chrono::nanoseconds> times_;
  int holes_ = 0;
};

}  // namespace rollcall::mcu::encode
