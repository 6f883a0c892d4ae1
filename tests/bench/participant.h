// One generated participant: what it offers, sends, receives and suffers.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "allocator/model/ids.h"
#include "tests/bench/arrival_log.h"
#include "tests/bench/incoming.h"
#include "tests/bench/outgoing.h"
#include "tests/bench/wire.h"

namespace rollcall::bench {

/// What a bad line does to one participant. Any thread.
struct Line {
  std::atomic<double> loss = 0;  ///< 0…1, each way
  std::atomic<int> kbit = 0;     ///< downwards; 0: enough
};

/// Packets that the other side asks for once more; said on the I/O thread, sent on the player's.
class Wanted {
 public:
  void push(std::uint16_t sequence) {
    const std::lock_guard lock(mutex_);
    numbers_.push_back(sequence);
  }
  [[nodiscard]] std::vector<std::uint16_t> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(numbers_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<std::uint16_t> numbers_;
};

/// Made on the loop thread; afterwards the player's, except what says otherwise.
class Participant {
 public:
  struct Settings {
    int index = 0;
    std::string name = {};
    bool webrtc = false;
    bool picture = false;
    bool sends = true;
    bool levels = true;
    bool stored = false;  ///< what it receives is judged afterwards
    Packing packing = Packing::vp8;
    const Reel* film = nullptr;
    const Reel* low_film = nullptr;  ///< the same, smaller, sent beside it; null: one size
    int film_start = 0;
    const Reel* voice = nullptr;
    int voice_start = 0;
  };

  Participant(Settings settings, mcu::transport::IoContext* io);

  /// Loop thread.
  [[nodiscard]] model::MediaDescription offer() const;
  /// Loop thread, once: media may pass from now on.
  void take_answer(const model::MediaDescription& answer);
  /// Loop thread. With a goodbye of its transport, where there is one.
  void leave();
  /// Any thread. Nothing comes from it any more, and nobody is told.
  void vanish() { gone_ = true; }

  /// When it wants to be called next; play() does what is due.
  [[nodiscard]] Time due() const;
  void play(Time now);

  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] Wire& wire() { return *wire_; }
  [[nodiscard]] bool gone() const { return gone_; }
  [[nodiscard]] bool open() const { return answered_ && wire_->open(); }
  [[nodiscard]] const Incoming& pictures() const { return pictures_; }
  [[nodiscard]] const Incoming& sounds() const { return sounds_; }
  [[nodiscard]] const std::optional<Outgoing>& film() const { return film_; }
  [[nodiscard]] const std::optional<Outgoing>& voice() const { return voice_; }
  [[nodiscard]] int key_requests() const { return key_requests_; }
  [[nodiscard]] model::LegId leg() const { return model::LegId("leg-" + std::to_string(settings_.index)); }

  Line line;
  std::atomic<bool> camera_on = true;
  /// Any thread: from the next picture on.
  void show(const Reel& film) { next_film_ = &film; }

 private:
  void receive(Bytes packet, bool rtcp, Time arrived);
  void receive_rtcp(Bytes packet, Time arrived);
  void take_feedback(int type, int format, Bytes body);
  [[nodiscard]] bool is_lost(Bytes packet, bool incoming);
  void send(Lane lane, bool rtcp, Bytes packet);
  void complain(Time now);
  void report(Time now);
  void report_lane(Lane lane, const std::optional<Outgoing>& out, Incoming& in, Time now);
  void make_streams(const model::MediaDescription& answer);

  Settings settings_;
  Incoming pictures_;
  Incoming sounds_;
  std::unique_ptr<Wire> wire_;
  std::atomic<bool> answered_ = false;
  std::atomic<bool> gone_ = false;
  std::optional<Outgoing> film_;
  std::optional<Outgoing> low_film_;
  std::optional<Outgoing> voice_;
  std::atomic<const Reel*> next_film_ = nullptr;
  int rtx_ = 0;
  int twcc_id_ = 0;
  std::mutex log_mutex_;
  ArrivalLog log_;
  Time next_log_{};
  std::atomic<int> key_requests_ = 0;
  Time next_report_{};
  Time next_complaint_{};
  Wanted wanted_;
  std::minstd_rand dice_;
  std::mutex dice_mutex_;
  double bucket_ = 0;
  Time bucket_filled_{};
};

}  // namespace rollcall::bench
