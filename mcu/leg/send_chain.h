#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "mcu/gst/frames.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/leg/pads.h"
#include "mcu/leg/rtp_bin.h"

namespace rollcall::mcu::leg {

/// Encoded frames into RTP packets of one media: payloader → rtpbin's session → `packet`. Made on the loop thread.
class SendChain {
 public:
  struct Setup {
    unsigned index = 0;
    Choice choice;
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
  };

  SendChain(RtpBin& bin, const Setup& setup, OutPad::Packet rtp, std::function<void()> key_frame_wanted);

  /// One encoder thread. Pictures before the first key frame after enable() are dropped.
  void send(const gst::EncodedFrame& frame);
  /// Any thread. Off: frames are dropped.
  void enable(bool on);
  void close();

 private:
  std::atomic<bool> enabled_ = false;
  std::atomic<bool> started_ = false;
  std::unique_ptr<OutPad> out_;
  std::unique_ptr<InPad> in_;
};

/// Sends again what was lost (RFC 4588); for rtpbin's request-aux-sender.
[[nodiscard]] gst::ObjectPtr<GstElement> make_rtx_sender(const SendChain::Setup& setup);

}  // namespace rollcall::mcu::leg
