#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "mcu/gst/packets.h"
#include "mcu/voice/arrival.h"
#include "mcu/voice/packet_queue.h"
#include "mcu/voice/playback.h"
#include "mcu/voice/source.h"

namespace rollcall::mcu::voice {

struct VoiceFigures {
  std::uint64_t packets = 0;
  std::uint64_t refused = 0;   ///< no sound of the coding that they claim
  std::uint64_t late = 0;      ///< came when their time was over
  std::uint64_t restarts = 0;  ///< the sender's time or numbers jumped
  std::uint64_t jumps = 0;     ///< the delay was so wrong that it was set right at once
  Samples delay = 0;           ///< from the arrival of an unhindered packet to its turn
  Samples wanted = 0;          ///< the least delay at which hardly anything comes too late
  PlaybackFigures playback = {};
};

/// One participant's voice, from packets to 20 ms blocks. Keeps as much delay as the network's unevenness needs: its
/// packets come in time 96 times of 100, which on a good network takes 5 to 30 ms (the wait for the tick is most of it)
/// and never more than 220. Whose voice is not decoded costs next to nothing, and starts in the middle of a word
/// without a click. Owned by the participant; put() on the I/O thread, the rest on the tick thread.
class Voice final : public Source {
 public:
  /// In any order, of any coding, with anything in it. Copies.
  void put(const gst::SoundPacket& packet);

  [[nodiscard]] Coming advance(Time now) override;
  void decode(Block& block) override;

  /// Tick thread, or when it has ended.
  [[nodiscard]] VoiceFigures figures() const;

 private:
  /// The I/O thread's part: packets before they are handed over.
  struct Entrance {
    std::mutex mutex = {};
    std::vector<Packet> waiting = {};  ///< guarded, like the next; never shrinks, its payloads' memory is used again
    std::size_t count = 0;
    Packet packet = {};  ///< these only for put()
    std::optional<gst::SoundPacket> last = {};
    Samples last_ticks = 0;
    std::uint64_t newest = 0;
    unsigned line = 0;
    std::uint64_t refused = 0;
  };
  void unwrap(const gst::SoundPacket& packet);
  void collect();
  void take(Packet& packet);
  void restart();
  void notice_loss(std::uint64_t sequence);
  void align(Samples now);
  void move_to(Samples point);
  [[nodiscard]] Samples in_step(Samples point) const;
  [[nodiscard]] Samples phase(Samples point) const;
  [[nodiscard]] Samples needed(Samples point) const;
  [[nodiscard]] Coming coming() const;

  Entrance entrance_;
  std::vector<Packet> collected_;
  unsigned line_ = 0;
  PacketQueue packets_;
  Arrival arrival_;
  Playback playback_;
  Samples point_ = 0;     ///< in the sender's time: where the coming block begins
  Samples excess_ = 0;    ///< delay beyond what is needed
  bool decoded_ = false;  ///< since the last advance()
  double loss_ = 0;       ///< 0…1, of the last some hundred packets
  std::uint64_t newest_ = 0;
  VoiceFigures figures_;
};

}  // namespace rollcall::mcu::voice
