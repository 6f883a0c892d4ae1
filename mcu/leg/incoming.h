#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/leg/codec_choice.h"
#include "mcu/leg/frame_assembler.h"
#include "mcu/leg/picture_decoder.h"
#include "mcu/rtp/layer_choice.h"
#include "mcu/rtp/receive_stream.h"

namespace rollcall::mcu::leg {

/// What one media of a leg receives: one stream at a time, put in order, to its sink; or the same picture in layers,
/// one stream each, of which one is decoded and the others only counted. Made on the loop thread, used on the I/O
/// thread.
class Incoming {
 public:
  using Time = rtp::Time;
  struct Sinks {
    std::function<void(gst::SamplePtr)> picture;         ///< threads of the decode pool
    std::function<void(const gst::SoundPacket&)> sound;  ///< I/O thread
    std::function<void(char)> key = {};                  ///< pressed on a telephone, once each; I/O thread
  };
  /// What to ask for again of one stream.
  struct Missing {
    std::uint32_t ssrc = 0;
    std::vector<std::uint16_t> sequences = {};
  };

  Incoming(const Choice& choice, Sinks sinks);

  void receive(const rtp::Packet& packet, bool is_retransmission, std::size_t layer, Time now);
  /// Every 20 ms: gives up what was waited for too long, and chooses the layer.
  void poll(Time now);
  /// Nothing is decoded while pictures are not shown; shown again, they begin with a key frame.
  void show(bool shown);
  /// How high they are shown; 0: as large as they come.
  void set_height(int height) { layer_choice_.set_shown(height); }

  /// There may be something to ask for that should not wait for the next tick.
  [[nodiscard]] bool has_news() const;
  /// The stream of which a key frame is needed and was not asked for lately. An answer counts as asked.
  [[nodiscard]] std::optional<std::uint32_t> take_key_frame_need(Time now);
  /// What to ask for again now; empty where losses are not repaired.
  [[nodiscard]] std::span<const Missing> missing(Time now);
  void on_sender_report(const rtp::SenderInfo& report, Time now);
  void set_round_trip(rtp::ReceiveStream::Duration round_trip);
  /// One for each stream. Begins a new interval of each.
  [[nodiscard]] std::span<const rtp::ReportBlock> report_blocks(Time now);

  /// The streams that are received now; the first is the one to name where there is room for one.
  [[nodiscard]] std::span<const std::uint32_t> ssrcs() const { return ssrcs_; }
  [[nodiscard]] Time last_packet() const { return last_packet_; }
  /// Of the last picture that was decoded, or came while it is not shown; or of the last sound.
  [[nodiscard]] Time last_media() const;
  /// Lines of the picture that was decoded last; 0: none.
  [[nodiscard]] int height() const { return decoder_ ? decoder_->height() : 0; }
  [[nodiscard]] bool given_up() const { return decoder_ && decoder_->given_up(); }
  [[nodiscard]] rtp::ReceiveStream::Figures figures() const;
  [[nodiscard]] rtp::ReceiveStream::Duration jitter() const;

 private:
  struct Layer {
    explicit Layer(gst::Coding coding) : assembler(coding) {}
    std::optional<rtp::ReceiveStream> stream = {};
    std::uint32_t ssrc = 0;
    FrameAssembler assembler;
    bool followed = false;  ///< its packets were put together so far; else the next one is the first
    bool waits_for_key = true;
    bool key_frame_due = false;
  };

  void begin_stream(Layer& layer, std::uint32_t ssrc);
  void take(std::size_t layer, const rtp::Released& released);
  void take_sound(const rtp::Released& released) const;
  void take_key(const rtp::Packet& packet);
  void take_picture(std::size_t layer, EncodedPicture&& picture);
  void choose_layer(Time now);
  [[nodiscard]] bool is_followed(std::size_t layer) const;
  static void need_key_frame(Layer& layer);

  const Choice choice_;
  const int level_id_;
  const bool repairs_;
  const Sinks sinks_;
  std::vector<Layer> layers_;
  rtp::LayerChoice layer_choice_;
  std::optional<std::size_t> wanted_ = {};
  std::unique_ptr<PictureDecoder> decoder_;  ///< none for sound
  std::vector<std::uint32_t> ssrcs_;
  std::vector<Missing> missing_;
  std::vector<rtp::ReportBlock> reports_;
  bool shown_ = true;
  std::optional<std::uint32_t> last_key_ = {};  ///< its timestamp: the packets of one press have the same
  Time last_request_ = {};
  Time last_packet_ = {};
};

}  // namespace rollcall::mcu::leg
