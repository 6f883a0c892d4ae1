#pragma once

#include <gst/app/gstappsink.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <span>

#include "mcu/gst/frames.h"
#include "mcu/gst/handle.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/leg/rtp_bin.h"

namespace rollcall::mcu::leg {

/// One media's packets, in order, into raw media: depayloader → decoder → sink. Waits for its stream from the start.
/// Made on the loop thread; the sinks are called on the jitterbuffer's thread.
class ReceiveChain {
 public:
  struct Sinks {
    std::function<void(gst::SamplePtr)> picture;
    std::function<void(std::span<const std::int16_t>)> sound;
  };
  static constexpr int largest_side = 1920;
  static constexpr int largest_area = 1920 * 1080;
  static constexpr int smallest_side = 16;

  ReceiveChain(RtpBin& bin, const Choice& choice, Sinks sinks);
  ~ReceiveChain();
  ReceiveChain(const ReceiveChain&) = delete;
  ReceiveChain& operator=(const ReceiveChain&) = delete;

  /// A stream to decode from now on; the one before, if any, is let go. Streaming thread.
  void link(GstPad* stream);
  /// Asks the sender for a key frame (PLI). Loop thread.
  void request_key_frame();
  /// The last decoded picture or sound. Any thread.
  [[nodiscard]] std::chrono::steady_clock::time_point last_decoded() const;

 private:
  static GstFlowReturn on_sample(GstAppSink* sink, gpointer self);
  static GstPadProbeReturn on_encoded_picture(GstPad* pad, GstPadProbeInfo* info, gpointer self);
  void deliver(gst::SamplePtr sample);

  Sinks sinks_;
  model::MediaKind kind_;
  gst::ObjectPtr<GstElement> chain_;
  gst::ObjectPtr<GstElement> appsink_;
  gst::PadProbe size_gate_;
  std::atomic<std::chrono::steady_clock::rep> last_decoded_ = 0;
};

/// Whether a picture of this size is taken; others are dropped before the decoder makes room for them.
[[nodiscard]] bool is_acceptable_size(int width, int height);
/// The size in a VP8 key frame (RFC 6386 §9.1); false for other frames.
[[nodiscard]] bool read_vp8_size(std::span<const std::uint8_t> frame, int& width, int& height);

/// Puts retransmitted packets back in their place (RFC 4588); for rtpbin's request-aux-receiver.
[[nodiscard]] gst::ObjectPtr<GstElement> make_rtx_receiver(unsigned index, const Choice& choice);

}  // namespace rollcall::mcu::leg
