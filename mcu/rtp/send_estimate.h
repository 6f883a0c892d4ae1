// How many bits per second the path to one receiver carries, after draft-ietf-rmcat-gcc-02: the trend of the delay, the
// loss, and what the receiver itself says. Pure: time is an argument.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "mcu/rtp/delay_trend.h"
#include "mcu/rtp/transport_feedback.h"

namespace rollcall::mcu::rtp {

/// One per transport. The sender of a shared encoding cannot fill the path to find out what it carries; it only chooses
/// among a few classes. So after a while without trouble the estimate goes up by itself, until it reaches the next
/// class: sending that is the trial. If trouble comes soon after, the next trial waits twice as long.
///
///     estimate.sent(bytes, now);            // each packet
///     estimate.on_results(results, now);    // each feedback; or on_loss for each report block where there is none
///     estimate.update(now);                 // every 100 ms or so
///     choose_class(estimate.kbit());        // the highest whose rate, sound included, is not above it
///
/// A receiver that never reports anything stays at start_kbit.
class SendEstimate {
 public:
  using Duration = std::chrono::steady_clock::duration;

  struct Settings {
    unsigned start_kbit = 600;
    unsigned least_kbit = 30;
    /// Silence alone takes no more than what lies above, and after a pause it begins here: enough for the smallest
    /// picture, for only what is sent is heard of.
    unsigned silent_kbit = 100;
    unsigned most_kbit = 4000;
    Duration first_hold = std::chrono::seconds(4);  ///< after trouble nothing goes up for so long
    /// It doubles with each trial that fails, up to this much for each Mbit/s that was sent: a trial of a low class
    /// costs little.
    Duration longest_hold_per_mbit = std::chrono::seconds(40);
    double first_growth = 2.0;     ///< factor a second, before the first trouble
    double growth = 1.5;           ///< after that
    double careful_growth = 1.05;  ///< with some loss
  };

  SendEstimate() : SendEstimate(Settings{}) {}
  explicit SendEstimate(const Settings& settings);

  /// A packet as long as it is on the wire.
  void sent(std::size_t bytes, Time now);
  void on_results(std::span<const PacketResult> results, Time now);
  /// From a report block, where there is no transport-wide feedback: the share lost since the last one. Reports that
  /// come often tell of few packets each, and count accordingly.
  void on_loss(double fraction, Time now);
  /// REMB. It binds where it is near to what is sent, or below; further above it only says that the receiver saw no
  /// more (libwebrtc never says more than one and a half times what it gets).
  void on_limit(std::uint64_t bits_per_second, Time now);
  /// TMMBR, or a bandwidth agreed on: kbit() never says more.
  void set_ceiling(std::optional<std::uint64_t> bits_per_second) { ceiling_ = bits_per_second; }
  void update(Time now);

  [[nodiscard]] unsigned kbit() const;
  /// The path was filling or losing lately, and nothing goes up for now.
  [[nodiscard]] bool holds(Time now) const { return now < hold_until_; }
  /// Share of the packets lost, over the last second or more.
  [[nodiscard]] double loss() const { return loss_; }

 private:
  void trouble(double bits_per_second, Time now);
  void count_loss(unsigned packets, double lost, Time now);
  void judge_loss(double fraction, Time now);
  void learn_chance(double fraction, double sent);
  void judge_silence(Time now);
  [[nodiscard]] Duration longest_hold(Time now) const;
  [[nodiscard]] double growth() const;

  Settings settings_;
  double estimate_;  ///< bits per second
  std::optional<Time> last_sent_ = {};
  std::optional<std::uint64_t> ceiling_ = {};

  DelayTrend trend_ = {};
  RateMeter sent_rate_ = {};
  RateMeter arrived_rate_ = {};
  double arrived_bits_ = 0;  ///< per second, as of the last feedback
  std::optional<ArrivalTime> arrival_origin_ = {};

  double loss_ = 0;
  unsigned window_packets_ = 0;
  double window_lost_ = 0;
  std::optional<Time> window_began_ = {};
  bool lossy_before_ = false;
  struct Losses {
    double sent = 0;      ///< bits per second, when they began
    double fraction = 0;  ///< then
    int as_before = 0;    ///< windows in a row with clearly less sent, and as much lost
  };
  std::optional<Losses> losses_ = {};  ///< that go on
  double chance_ = 0;                  ///< of loss_, which has nothing to do with how much is sent

  bool hears_results_ = false;
  std::optional<Time> unheard_since_ = {};
  unsigned unheard_ = 0;  ///< packets sent since the last results or report
  std::optional<Time> heard_ = {};
  std::optional<Time> troubled_ = {};
  Time hold_until_ = {};
  Duration hold_;
  std::optional<Time> updated_ = {};
};

}  // namespace rollcall::mcu::rtp
