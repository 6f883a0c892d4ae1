#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "mcu/leg/receive_chain.h"
#include "mcu/leg/rtp_bin.h"
#include "mcu/leg/send_chain.h"
#include "mcu/transport/packet.h"

namespace rollcall::mcu::leg {

/// One media of a leg: one session of rtpbin with its two chains. Its codec and its SSRCs stay for life. Owned by the
/// leg; loop thread, except receive() (I/O thread) and send() (one encoder thread).
class MediaSession {
 public:
  struct Events {
    std::function<void(transport::PacketKind kind, transport::Bytes packet)> packet;  ///< to be sent
    ReceiveChain::Sinks sinks;
    std::function<void()> key_frame_wanted;
  };
  struct Statistics {
    std::uint64_t received = 0;
    std::int64_t lost = 0;
    int round_trip_ms = 0;
  };

  MediaSession(RtpBin& bin, const SendChain::Setup& setup, Events events);
  ~MediaSession();
  MediaSession(const MediaSession&) = delete;
  MediaSession& operator=(const MediaSession&) = delete;

  void receive(transport::PacketKind kind, transport::Bytes packet);
  void send(const gst::EncodedFrame& frame) { sending_.send(frame); }

  /// What passes: ours out, theirs in.
  void set_direction(model::Direction ours);
  void request_key_frame() { receiving_.request_key_frame(); }
  /// No packet gets in or out any more.
  void close();

  [[nodiscard]] const Choice& choice() const { return setup_.choice; }
  [[nodiscard]] std::uint32_t ssrc() const { return setup_.ssrc; }
  [[nodiscard]] std::chrono::steady_clock::time_point last_rtp() const;
  [[nodiscard]] std::chrono::steady_clock::time_point last_decoded() const { return receiving_.last_decoded(); }
  [[nodiscard]] Statistics statistics() const;

 private:
  [[nodiscard]] RtpBin::Hooks hooks();
  [[nodiscard]] gst::CapsPtr caps(unsigned payload_type) const;

  SendChain::Setup setup_;
  std::function<void()> key_frame_wanted_;
  std::atomic<bool> wanted_ = true;
  std::atomic<std::chrono::steady_clock::rep> last_rtp_ = 0;
  ReceiveChain receiving_;
  RtpBin& registered_;
  SendChain sending_;
  InPad rtp_in_;
  InPad rtcp_in_;
  OutPad rtcp_out_;
  gst::ObjectPtr<GObject> session_;
};

}  // namespace rollcall::mcu::leg
