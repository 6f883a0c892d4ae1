#pragma once

#include <gst/app/gstappsink.h>

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"

namespace rollcall::mcu::leg {

/// A decoder of GStreamer's without a pipeline, a clock, a queue or a thread: what is pushed comes out before push()
/// returns. One thread at a time.
class DecoderChain {
 public:
  using Picture = std::function<void(gst::SamplePtr)>;
  static constexpr int largest_side = 1920;
  static constexpr int largest_area = 1920 * 1088;
  static constexpr int smallest_side = 16;

  /// Throws std::runtime_error if the plugin is missing.
  DecoderChain(gst::Coding coding, Picture picture);
  ~DecoderChain();
  DecoderChain(const DecoderChain&) = delete;
  DecoderChain& operator=(const DecoderChain&) = delete;

  /// One encoded picture. False: the decoder gave up; to be replaced by a new one. Pictures of an unacceptable size are
  /// dropped before room is made for them.
  bool push(std::vector<std::uint8_t>&& bytes, bool key);

 private:
  static GstFlowReturn on_sample(GstAppSink* sink, gpointer self);
  static GstPadProbeReturn on_parsed(GstPad* pad, GstPadProbeInfo* info, gpointer self);
  void take(gst::SamplePtr sample);
  void open();

  gst::Coding coding_;
  Picture picture_;
  gst::ObjectPtr<GstElement> bin_;
  gst::ObjectPtr<GstElement> appsink_;
  gst::ObjectPtr<GstPad> source_;
  gst::PadProbe size_gate_;
  bool acceptable_ = true;
};

/// Whether a picture of this size is taken.
[[nodiscard]] bool is_acceptable_size(int width, int height);
/// The size in a VP8 key frame (RFC 6386 §9.1); false for other frames.
[[nodiscard]] bool read_vp8_size(std::span<const std::uint8_t> frame, int& width, int& height);

}  // namespace rollcall::mcu::leg
