#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <vector>

#include "mcu/gst/frames.h"

struct OpusEncoder;

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

/// One Opus encoder (RFC 6716): mono, 32 kbit/s, with in-band FEC. Tick thread.
class SoundEncoder {
 public:
  SoundEncoder();
  ~SoundEncoder();
  SoundEncoder(const SoundEncoder&) = delete;
  SoundEncoder& operator=(const SoundEncoder&) = delete;

  /// Block `number` of a sound. If the one before it was not encoded here, the encoder starts anew from `history`,
  /// which is what the listener heard until now.
  [[nodiscard]] gst::BufferPtr encode(std::uint64_t number, SoundBlock block, std::chrono::nanoseconds running_time,
                                      const SoundHistory& history);

 private:
  struct Destroy {
    void operator()(OpusEncoder* encoder) const;
  };
  std::unique_ptr<OpusEncoder, Destroy> encoder_;
  std::uint64_t next_number_ = 0;
};

}  // namespace rollcall::mcu::encode
