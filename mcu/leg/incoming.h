#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/leg/frame_assembler.h"
#include "mcu/leg/picture_decoder.h"
#include "mcu/rtp/receive_stream.h"

namespace rollcall::mcu::leg {

/// What one media of a leg receives: one stream at a time, put in order, to its sink. Made on the loop thread, used on
/// the I/O thread.
class Incoming {
 public:
  using Time = rtp::Time;
  struct Sinks {
    std::function<void(gst::SamplePtr)> picture;         ///< threads of the decode pool
    std::function<void(const gst::SoundPacket&)> sound;  ///< I/O thread
  };

  Incoming(const Choice& choice, Sinks sinks);

  void receive(const rtp::Packet& packet, bool is_retransmission, Time now);
  /// Every 20 ms: gives up what was waited for too long.
  void poll(Time now);
  /// Nothing is decoded while pictures are not shown; shown again, they begin with a key frame.
  void show(bool shown);

  /// There may be something to ask for that should not wait for the next tick.
  [[nodiscard]] bool has_news() const { return key_frame_due_ || (repairs_ && stream_ && stream_->waiting()); }
  /// A key frame is needed, and was not asked for lately. True counts as asked.
  [[nodiscard]] bool take_key_frame_need(Time now);
  /// What to ask for again now; empty where losses are not repaired.
  [[nodiscard]] const std::vector<std::uint16_t>& missing(Time now);
  void on_sender_report(const rtp::SenderInfo& report, Time now);
  void set_round_trip(rtp::ReceiveStream::Duration round_trip);
  [[nodiscard]] std::optional<rtp::ReportBlock> report_block(Time now);

  /// The stream that is received now.
  [[nodiscard]] std::optional<std::uint32_t> ssrc() const;
  [[nodiscard]] Time last_packet() const { return last_packet_; }
  /// Of the last picture that was decoded, or the last sound.
  [[nodiscard]] Time last_media() const;
  [[nodiscard]] bool given_up() const { return decoder_ && decoder_->given_up(); }
  [[nodiscard]] rtp::ReceiveStream::Figures figures() const;
  [[nodiscard]] rtp::ReceiveStream::Duration jitter() const;

 private:
  void begin_stream(std::uint32_t ssrc);
  void take(const rtp::Released& released);
  void take_picture(EncodedPicture&& picture);
  void need_key_frame();

  const Choice choice_;
  const int level_id_;
  const bool repairs_;
  const Sinks sinks_;
  std::optional<rtp::ReceiveStream> stream_ = {};
  std::uint32_t ssrc_ = 0;
  FrameAssembler assembler_;
  std::unique_ptr<PictureDecoder> decoder_;  ///< none for sound
  std::vector<std::uint16_t> missing_;
  bool shown_ = true;
  bool first_ = true;  ///< the next packet is the stream's first
  bool waits_for_key_ = true;
  bool key_frame_due_ = false;
  Time last_request_ = {};
  Time last_packet_ = {};
};

}  // namespace rollcall::mcu::leg
