#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "mcu/voice/amr_decoder.h"
#include "mcu/voice/packet.h"

struct OpusDecoder;
struct SpeexResamplerState_;
struct g722_decode_state_s;

namespace rollcall::mcu::voice {

/// One sender's decoder: Opus (RFC 6716), G.711, G.722 and AMR, whatever comes, to 48 kHz mono. What cannot be decoded
/// is concealed; nothing that a packet holds is an error. Tick thread.
class Decoder {
 public:
  using Sound = std::vector<std::int16_t>;

  Decoder() = default;
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;

  /// Forgets what it heard.
  void reset();
  /// Appends the packet's duration.
  void decode(const Packet& packet, Sound& sound);
  /// Appends `length` of what was lost right before `next`: from the copy that Opus carries for that (RFC 6716, 2.1.7)
  /// if it is there, else concealed.
  void recover(const Packet& next, Samples length, Sound& sound);
  /// Appends `length` made up from what was heard before, quieter and quieter.
  void conceal(Samples length, Sound& sound);

 private:
  struct Destroy {
    void operator()(OpusDecoder* decoder) const;
    void operator()(g722_decode_state_s* decoder) const;
    void operator()(SpeexResamplerState_* resampler) const;
  };
  void become(gst::Coding coding);
  void decode_opus(const std::uint8_t* data, std::size_t size, Samples length, bool recovery, Sound& sound);
  void decode_telephone(const Packet& packet, Sound& sound);
  void resample(Samples length, Sound& sound);
  void repeat(Samples length, Sound& sound);
  void remember(std::span<const std::int16_t> sound);

  std::optional<gst::Coding> coding_ = {};
  std::unique_ptr<OpusDecoder, Destroy> opus_;
  std::unique_ptr<g722_decode_state_s, Destroy> g722_;
  std::unique_ptr<SpeexResamplerState_, Destroy> resampler_;
  std::unique_ptr<AmrDecoder> amr_;
  std::vector<std::int16_t> narrow_;  ///< 8 or 16 kHz, on its way to 48
  std::vector<std::int16_t> past_;    ///< the last 20 ms, for repeat()
  int repeated_ = 0;                  ///< samples in a row
};

}  // namespace rollcall::mcu::voice
