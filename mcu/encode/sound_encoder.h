#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "mcu/encode/amr_encoder.h"
#include "mcu/gst/frames.h"

struct OpusEncoder;
struct SpeexResamplerState_;
struct g722_encode_state_s;

namespace rollcall::mcu::encode {

/// 20 ms of 48 kHz mono.
using SoundBlock = std::span<const std::int16_t>;

/// The last blocks of the common mix, with which an encoder that was idle is brought to the state that its listener's
/// decoder is in. Without it each change from one encoder's packets to another's would be heard as a click.
class SoundHistory {
 public:
  void add(SoundBlock block);
  [[nodiscard]] const std::deque<std::vector<std::int16_t>>& blocks() const { return blocks_; }

 private:
  std::deque<std::vector<std::int16_t>> blocks_;
};

/// One encoder: Opus (RFC 6716; mono, 32 kbit/s, complexity 4, in-band FEC), G.722, G.711 in either law, AMR
/// or AMR-WB. Tick thread.
class SoundEncoder {
 public:
  /// `coding`: one of sound.
  explicit SoundEncoder(gst::Coding coding);
  ~SoundEncoder();
  SoundEncoder(const SoundEncoder&) = delete;
  SoundEncoder& operator=(const SoundEncoder&) = delete;

  /// Block `number` of a sound. If the one before it was neither encoded here nor skipped, the encoder starts anew from
  /// `history`, which is what the listener heard until now. Valid until the next call.
  [[nodiscard]] std::span<const std::uint8_t> encode(std::uint64_t number, SoundBlock block,
                                                     const SoundHistory& history);
  /// Block `number` is silence after silence: to leave it out changes nothing.
  void skip(std::uint64_t number);
  /// Opus: how much of what is sent gets lost, 0…100; the more, the more room its FEC takes.
  void expect_loss(int percent);

  [[nodiscard]] std::uint64_t last_number() const { return next_number_ - 1; }

 private:
  struct Destroy {
    void operator()(OpusEncoder* encoder) const;
    void operator()(g722_encode_state_s* encoder) const;
    void operator()(SpeexResamplerState_* resampler) const;
  };
  void reset();
  void encode_one(SoundBlock block);
  void encode_telephone(SoundBlock block);

  gst::Coding coding_;
  std::unique_ptr<OpusEncoder, Destroy> opus_;
  std::unique_ptr<g722_encode_state_s, Destroy> g722_;
  std::unique_ptr<SpeexResamplerState_, Destroy> resampler_;
  std::unique_ptr<AmrEncoder> amr_;
  std::vector<std::int16_t> narrow_;  ///< 8 or 16 kHz
  std::vector<std::uint8_t> payload_;
  int loss_percent_ = 0;
  std::uint64_t next_number_ = 0;
};

}  // namespace rollcall::mcu::encode
