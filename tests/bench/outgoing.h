// What one participant sends on one media: a clip, again and again, on an absolute schedule.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "tests/bench/rtp.h"
#include "tests/bench/statistics.h"

namespace rollcall::bench {

/// A clip, cut into payloads once for everybody who replays it.
struct Reel {
  Clip clip;
  std::vector<Payloads> payloads;
  int number = 0;  ///< of the picture clip, as in its barcode
  Reel(Clip frames, Packing packing, int clip_number);
};

/// When a frame of the clip left.
struct Departure {
  Time at;
  int number = 0;  ///< of the reel
  int frame = 0;
};

/// Player's thread, except want_key_frame() and what is atomic.
class Outgoing {
 public:
  struct Settings {
    int payload_type = 0;
    int rtx_payload_type = 0;  ///< 0: lost packets are sent again as they were
    int clock_rate = 90000;
    std::chrono::nanoseconds period{};
    int level_id = 0;
    int mid_id = 0;
    char mid = 'a';
    int rid_id = 0;
    char rid = 'h';
    int twcc_id = 0;
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
  };
  using Send = std::function<void(Bytes packet)>;

  Outgoing(Settings settings, const Reel& reel, int first_frame, Time begin);

  [[nodiscard]] Time due() const { return begin_ + settings_.period * count_; }
  /// One frame, and the clock goes on; with `on` false only the clock.
  void play(bool on, const Send& send);
  /// The same frame that `larger` has just played: layers of one picture jump to a key frame together.
  void play_beside(const Outgoing& larger, bool on, const Send& send);
  void send_again(std::uint16_t sequence, const Send& send);
  void change_reel(const Reel& reel);
  /// Any thread.
  void want_key_frame() { key_wanted_ = true; }

  /// Appends a sender report (RFC 3550 §6.4.1) without report blocks.
  void report(std::vector<std::uint8_t>& to, Time now) const;
  /// The media time of `departure`, as the sender reports tell it: seconds of the wall clock.
  [[nodiscard]] std::uint32_t ssrc() const { return settings_.ssrc; }
  [[nodiscard]] const std::vector<Departure>& departures() const { return departures_; }
  [[nodiscard]] long packets() const { return packets_; }
  [[nodiscard]] int wishes() const { return wishes_; }

 private:
  struct Sent {
    bool valid = false;
    Header header;
    const std::vector<std::uint8_t>* payload = nullptr;
  };
  void send_packet(const Header& header, const std::vector<std::uint8_t>& payload, const Send& send);
  [[nodiscard]] int next_key_frame() const;

  Settings settings_;
  const Reel* reel_;
  Time begin_;
  long count_ = 0;
  int frame_;
  int played_ = 0;  ///< the frame before
  std::uint16_t sequence_ = 1000;
  std::uint16_t rtx_sequence_ = 7000;
  std::uint16_t twcc_ = 1;
  bool paused_ = false;
  std::atomic<bool> key_wanted_ = false;
  std::atomic<long> packets_ = 0;
  long octets_ = 0;
  std::atomic<int> wishes_ = 0;
  std::array<Sent, 512> history_{};
  std::vector<Departure> departures_;
  std::vector<std::uint8_t> buffer_;
};

/// NTP's wall clock at a steady time, 32.32 fixed point.
[[nodiscard]] std::uint64_t ntp_at(Time time);
[[nodiscard]] double ntp_seconds(std::uint64_t ntp);

}  // namespace rollcall::bench
