#pragma once

#include <cstdint>
#include <vector>

#include "mcu/voice/decoder.h"
#include "mcu/voice/packet_queue.h"

namespace rollcall::mcu::voice {

struct PlaybackFigures {
  std::uint64_t decoded = 0;    ///< packets
  std::uint64_t recovered = 0;  ///< holes filled from the next packet's copy
  std::uint64_t concealed = 0;  ///< samples made up
  std::uint64_t shortened = 0;  ///< samples left out to become less late
  std::uint64_t lengthened = 0;
};

/// One sender's packets becoming sound while he is heard: decodes in order, fills holes, waits a little for what is
/// late, and plays a trace faster or slower where the delay is to change. Tick thread.
class Playback {
 public:
  /// Starts, or starts anew, at `point`: as if it had played all the time.
  void begin(const PacketQueue& packets, Samples point);
  void end() { playing_ = false; }
  [[nodiscard]] bool playing() const { return playing_; }
  /// Nothing comes and nothing is expected: the next to come may begin wherever it should.
  [[nodiscard]] bool pausing() const { return pausing_; }
  /// The sender's time that is played next.
  [[nodiscard]] Samples position() const { return next_ - static_cast<Samples>(ready_.size()); }

  /// The next 20 ms. `excess`: how much more delay there is than needed, or less.
  void give(const PacketQueue& packets, Samples excess, Block& block);

  [[nodiscard]] const PlaybackFigures& figures() const { return figures_; }

 private:
  void fill(const PacketQueue& packets, std::size_t samples);
  void produce(const PacketQueue& packets);
  void play(const Packet& packet);
  void cross(const Packet& next);
  void wait();
  void be_silent(Samples length);
  void change_delay(const PacketQueue& packets, Samples excess);
  void shrink(const PacketQueue& packets);
  void grow();
  [[nodiscard]] bool starts_silent() const;

  Decoder decoder_;
  std::vector<std::int16_t> ready_;  ///< decoded and not yet given
  Samples next_ = 0;                 ///< in the sender's time: what is decoded next
  std::uint64_t sequence_ = 0;       ///< of the last packet decoded
  Samples waited_ = 0;               ///< sound made up in the hope that the packet is only late
  Samples bridged_ = 0;              ///< of a hole, so far
  Samples since_change_ = 0;         ///< of the playing speed
  Samples rest_ = 0;                 ///< how long it must keep still after the last change
  bool playing_ = false;
  bool pausing_ = false;
  bool pause_announced_ = false;
  bool faded_ = false;
  bool gave_silence_ = true;
  PlaybackFigures figures_;
};

}  // namespace rollcall::mcu::voice
