#include "mcu/rtp/send_estimate.h"

#include <algorithm>
#include <cmath>

namespace rollcall::mcu::rtp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr double after_overuse = 0.85;  // gcc-02 §5.6, of what arrived
constexpr double little_loss = 0.02;    // gcc-02 §6
constexpr double much_loss = 0.10;
constexpr double heavy_loss = 0.20;
constexpr double near_what_is_sent = 1.15;
constexpr auto loss_window = seconds(1);
constexpr auto longest_loss_window = seconds(3);
constexpr auto quick_loss_window = milliseconds(300);
constexpr unsigned loss_packets = 100;  // fewer, and a few losses by chance look like much
constexpr unsigned quick_loss_packets = 20;
constexpr double quick_loss = 0.30;
constexpr double clearly_less = 0.65;
constexpr int proof_windows = 2;  // the first may still tell of what was sent before
constexpr double most_chance = 0.5;
constexpr auto silence = seconds(1);
constexpr auto pause = seconds(5);  // so long ago, what was known of the path is not known any more
constexpr unsigned unheard_packets = 10;
constexpr auto trial = seconds(20);
constexpr auto news_are_fresh = seconds(6);  // report blocks come every five seconds at worst

}  // namespace

SendEstimate::SendEstimate(const Settings& settings)
    : settings_(settings), estimate_(settings.start_kbit * 1000.0), hold_(settings.first_hold) {}

void SendEstimate::sent(std::size_t bytes, Time now) {
  if (last_sent_ && now - *last_sent_ > pause) {
    estimate_ = std::max(estimate_, settings_.silent_kbit * 1000.0);
    loss_ = 0;
  }
  last_sent_ = now;
  sent_rate_.add(bytes, now);
  ++unheard_;
  unheard_since_ = unheard_since_.value_or(now);
  window_began_ = window_began_.value_or(now);
}

void SendEstimate::on_results(std::span<const PacketResult> results, Time now) {
  if (results.empty()) {
    return;
  }
  hears_results_ = true;
  heard_ = now;
  unheard_ = 0;
  unheard_since_.reset();
  for (const auto& result : results) {
    if (!result.arrived) {
      continue;
    }
    if (!arrival_origin_) {
      arrival_origin_ = *result.arrived - seconds(3600);  // what came earlier is not negative
    }
    const Time arrived(std::chrono::duration_cast<Duration>(*result.arrived - *arrival_origin_));
    arrived_rate_.add(result.bytes, arrived);
    arrived_bits_ = arrived_rate_.bits_per_second(arrived);
    trend_.add(result.sent, *result.arrived);
  }
  if (trend_.use() == DelayTrend::Use::over) {
    trouble(after_overuse * arrived_bits_, now);
  }
  const auto lost = std::count_if(results.begin(), results.end(), [](const PacketResult& r) { return !r.arrived; });
  count_loss(static_cast<unsigned>(results.size()), static_cast<double>(lost), now);
}

void SendEstimate::count_loss(unsigned packets, double lost, Time now) {
  window_began_ = window_began_.value_or(now);
  window_packets_ += packets;
  window_lost_ += lost;
  const auto length = now - *window_began_;
  const double fraction = window_lost_ / static_cast<double>(std::max(1U, window_packets_));
  const bool quick =
      length >= quick_loss_window && window_packets_ >= quick_loss_packets && fraction - chance_ > quick_loss;
  if (quick || (length >= loss_window && window_packets_ >= loss_packets) || length >= longest_loss_window) {
    judge_loss(fraction, now);
    window_packets_ = 0;
    window_lost_ = 0;
    window_began_ = now;
  }
}

void SendEstimate::on_loss(double fraction, Time now) {
  heard_ = now;
  count_loss(unheard_, fraction * unheard_, now);
  unheard_ = 0;
}

void SendEstimate::judge_loss(double fraction, Time now) {
  loss_ = fraction;
  const double sent = sent_rate_.bits_per_second(now);
  learn_chance(fraction, sent);
  const double excess = fraction - chance_;
  const bool lossy = excess > much_loss;
  if (excess > heavy_loss || (lossy && lossy_before_)) {
    if (sent == 0) {
      return;  // a pause: what was lost before it says nothing about now
    }
    trouble(std::min(estimate_, sent) * (1 - 0.5 * excess), now);
    if (excess > quick_loss && hears_results_) {
      trouble(after_overuse * arrived_bits_, now);
    }
  }
  lossy_before_ = lossy;
}

/// A full path loses less when less is sent. Where a third less has changed nothing (a bad radio, say), still less
/// would not either: that share is borne from then on, until the path has been clean.
void SendEstimate::learn_chance(double fraction, double sent) {
  if (fraction <= little_loss) {
    losses_.reset();
    chance_ = 0;
  } else if (!losses_ && fraction > much_loss) {
    losses_ = Losses{.sent = sent, .fraction = fraction};
  } else if (losses_) {
    const bool as_before = sent > 0 && sent < clearly_less * losses_->sent &&
                           fraction > clearly_less * losses_->fraction && fraction <= most_chance;
    losses_->as_before = as_before ? losses_->as_before + 1 : 0;
    if (losses_->as_before >= proof_windows) {
      chance_ = std::max(chance_, fraction);
    }
  }
}

void SendEstimate::on_limit(std::uint64_t bits_per_second, Time now) {
  heard_ = now;
  const auto rate = static_cast<double>(bits_per_second);
  if (rate < near_what_is_sent * sent_rate_.bits_per_second(now)) {
    trouble(rate, now);
  }
}

void SendEstimate::trouble(double bits_per_second, Time now) {
  if (troubled_ && !holds(now)) {
    const bool trial_failed = now - hold_until_ < trial;
    hold_ = trial_failed ? std::min(2 * hold_, longest_hold(now)) : settings_.first_hold;
  }
  troubled_ = now;
  hold_until_ = now + hold_;
  estimate_ = std::max(settings_.least_kbit * 1000.0, std::min(estimate_, bits_per_second));
}

SendEstimate::Duration SendEstimate::longest_hold(Time now) const {
  const auto proportional = settings_.longest_hold_per_mbit * (sent_rate_.bits_per_second(now) / 1e6);
  return std::max(settings_.first_hold, std::chrono::duration_cast<Duration>(proportional));
}

/// Nothing comes back although packets go out: either way is blocked.
void SendEstimate::judge_silence(Time now) {
  const double sent = sent_rate_.bits_per_second(now);
  if (hears_results_ && sent > 0 && unheard_ >= unheard_packets && now - *unheard_since_ > silence) {
    unheard_since_ = now;
    trouble(std::max(settings_.silent_kbit * 1000.0, 0.5 * std::min(estimate_, sent)), now);
  }
}

double SendEstimate::growth() const {
  if (loss_ - chance_ > much_loss || trend_.use() != DelayTrend::Use::normal) {
    return 1;
  }
  if (loss_ - chance_ > little_loss) {
    return settings_.careful_growth;
  }
  return troubled_ ? settings_.growth : settings_.first_growth;
}

void SendEstimate::update(Time now) {
  const auto elapsed = updated_ ? std::chrono::duration<double>(now - *updated_).count() : 0;
  updated_ = now;
  judge_silence(now);
  if (holds(now) || !heard_ || now - *heard_ > news_are_fresh) {
    return;
  }
  const double proven = hears_results_ ? arrived_bits_ : 0;
  estimate_ = std::max(estimate_, proven) * std::pow(growth(), std::min(elapsed, 1.0));
  estimate_ = std::min(estimate_, settings_.most_kbit * 1000.0);
}

unsigned SendEstimate::kbit() const {
  const double bits = ceiling_ ? std::min(estimate_, static_cast<double>(*ceiling_)) : estimate_;
  return static_cast<unsigned>(bits / 1000);
}

}  // namespace rollcall::mcu::rtp
