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
///     choose_class(estimate.kbit());
class SendEstimate {
 public:
  using Duration = std::chrono::steady_clock::duration;

  struct Settings {
    unsigned start_kbit = 600;
    unsigned least_kbit = 30;
    unsigned most_kbit = 4000;
    Duration first_hold = std::chrono::seconds(4);  ///< after trouble nothing goes up for so long
    Duration longest_hold = std::chrono::seconds(64);
    double growth = 1.25;          ///< a second, after that
    double first_growth = 2.0;     ///< a second, before the first trouble
    double careful_growth = 1.05;  ///< a second, with some loss
  };

  SendEstimate() : SendEstimate(Settings{}) {}
  explicit SendEstimate(const Settings& settings);

  void sent(std::size_t bytes, Time now);
  void on_results(std::span<const PacketResult> results, Time now);
  /// From a report block, where there is no transport-wide feedback: lost share since the last one.
  void on_loss(double fraction, Time now);
  /// REMB or TMMBR. It binds where it is near to what is sent or below; above that it only says that it saw no more.
  void on_limit(std::uint64_t bits_per_second, Time now);
  void update(Time now);

  [[nodiscard]] unsigned kbit() const;
  /// The path is filling or losing, as of the last feedback.
  [[nodiscard]] bool troubled() const { return troubled_; }
  /// Share of the packets lost in the last second or so.
  [[nodiscard]] double loss() const { return loss_; }

 private:
  void trouble(double bits_per_second, Time now);
  void judge_loss(Time now);
  void judge_silence(Time now);

  Settings settings_;
  double estimate_;  ///< bits per second
  DelayTrend trend_;
  RateMeter sent_rate_;
  RateMeter arrived_rate_;
  std::optional<double> limit_ = {};
  double loss_ = 0;
  unsigned window_sent_ = 0;
  unsigned window_lost_ = 0;
  std::optional<Time> window_began_ = {};
  bool troubled_ = false;
  bool ever_troubled_ = false;
  std::optional<Time> last_trouble_ = {};
  Time hold_until_ = {};
  Duration hold_;
  double before_trial_ = 0;
  std::optional<Time> last_update_ = {};
  std::optional<Time> last_result_ = {};
};

}  // namespace rollcall::mcu::rtp
