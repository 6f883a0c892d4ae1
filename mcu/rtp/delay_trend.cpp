#include "mcu/rtp/delay_trend.h"

#include <algorithm>
#include <cmath>

namespace rollcall::mcu::rtp {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr auto bucket_length = std::chrono::milliseconds(50);
constexpr std::int64_t least_buckets = 4;  // before that a single picture would look like a rate
constexpr double least_lately_ms = 10'000;

constexpr auto burst = std::chrono::milliseconds(5);  // gcc-02 §5.2
constexpr double window_ms = 300;
constexpr std::size_t least_points = 2;  // a path that slow brings no more in that time
constexpr double gain = 240;             // gcc-02 §5.4 as deployed: 60 groups × 4
constexpr double least_threshold = 6;
constexpr double most_threshold = 600;
constexpr double standing_ms = 30;   // less is jitter, or a key frame on its way
constexpr double too_long_ms = 200;  // a full queue does not grow any more
constexpr unsigned over_confirmed = 2;

}  // namespace

void RateMeter::move_to(std::int64_t bucket) {
  if (!first_) {
    first_ = bucket;
    newest_ = bucket;
  }
  const auto from = std::max(newest_ + 1, bucket - buckets + 1);
  for (auto next = from; next <= bucket; ++next) {
    bytes_[static_cast<std::size_t>(next % buckets)] = 0;
  }
  newest_ = std::max(newest_, bucket);
}

void RateMeter::add(std::size_t bytes, Time now) {
  const auto bucket = now.time_since_epoch() / bucket_length;
  move_to(bucket);
  if (newest_ - bucket < buckets) {
    bytes_[static_cast<std::size_t>(bucket % buckets)] += bytes;
  }
}

double RateMeter::bits_per_second(Time now) const {
  if (!first_) {
    return 0;
  }
  const auto bucket = now.time_since_epoch() / bucket_length;
  const auto from = std::max({*first_, bucket - buckets + 1, newest_ - buckets + 1});
  std::uint64_t bytes = 0;
  for (auto at = from; at <= newest_; ++at) {
    bytes += bytes_[static_cast<std::size_t>(at % buckets)];
  }
  const auto length = std::clamp(bucket - from + 1, least_buckets, buckets);
  return static_cast<double>(bytes) * 8 / std::chrono::duration<double>(length * bucket_length).count();
}

void LatelyLeast::add(double value, double now_ms) {
  if (now_ && now_ms - began_ms_ >= least_lately_ms) {
    before_ = now_;
    now_.reset();
  }
  if (!now_) {
    began_ms_ = now_ms;
  }
  now_ = std::min(now_.value_or(value), value);
}

double LatelyLeast::get() const {
  return std::min(now_.value_or(0), before_.value_or(now_.value_or(0)));
}

void DelayTrend::add(Time sent, ArrivalTime arrived) {
  if (group_ && sent < group_->first_sent) {
    return;  // told of late: its group was judged
  }
  if (group_ && sent - group_->first_sent > burst) {
    finish(*group_);
    group_.reset();
  }
  if (!group_) {
    group_ = {.first_sent = sent, .last_sent = sent, .last_arrived = arrived};
  }
  group_->last_sent = sent;
  group_->last_arrived = std::max(group_->last_arrived, arrived);
}

void DelayTrend::finish(const Group& group) {
  if (!origin_) {
    origin_ = group;
  }
  const double arrived_ms = Milliseconds(group.last_arrived - origin_->last_arrived).count();
  const double delay_ms = arrived_ms - Milliseconds(group.last_sent - origin_->last_sent).count();
  const double elapsed_ms = points_.empty() ? 0 : arrived_ms - points_.back().arrived_ms;
  if (elapsed_ms < 0) {
    return;
  }
  least_.add(delay_ms, arrived_ms);
  points_.push_back({.arrived_ms = arrived_ms, .delay_ms = delay_ms});
  while (points_.size() > least_points && arrived_ms - points_.front().arrived_ms > window_ms) {
    points_.pop_front();
  }
  const double trend = slope() * gain;
  use_ = judge(trend);
  adapt_threshold(trend, elapsed_ms);
}

DelayTrend::Use DelayTrend::judge(double trend) {
  if (points_.size() < least_points) {
    return Use::normal;
  }
  const auto least = std::min_element(points_.begin(), points_.end(),
                                      [](const Point& a, const Point& b) { return a.delay_ms < b.delay_ms; });
  const double standing = least->delay_ms - least_.get();
  const bool over = (trend > threshold_ && standing > standing_ms) || (trend > -threshold_ && standing > too_long_ms);
  over_run_ = over ? over_run_ + 1 : 0;
  if (over_run_ >= over_confirmed) {
    return Use::over;
  }
  return trend < -threshold_ ? Use::under : Use::normal;
}

/// Of the line through the points by least squares: milliseconds of delay for each millisecond of time.
double DelayTrend::slope() const {
  double mean_time = 0;
  double mean_delay = 0;
  for (const auto& point : points_) {
    mean_time += point.arrived_ms / static_cast<double>(points_.size());
    mean_delay += point.delay_ms / static_cast<double>(points_.size());
  }
  double product = 0;
  double square = 0;
  for (const auto& point : points_) {
    product += (point.arrived_ms - mean_time) * (point.delay_ms - mean_delay);
    square += (point.arrived_ms - mean_time) * (point.arrived_ms - mean_time);
  }
  return square > 0 ? product / square : 0;
}

/// gcc-02 §5.5: what is usual on a path becomes no trouble; so a flow of ours does not starve beside a greedy one.
void DelayTrend::adapt_threshold(double trend, double elapsed_ms) {
  const double distance = std::abs(trend) - threshold_;
  if (distance > 15) {
    return;  // a sudden leap is not what is usual
  }
  const double rate = distance < 0 ? 0.00018 : 0.01;
  threshold_ = std::clamp(threshold_ + rate * distance * std::min(elapsed_ms, 100.0), least_threshold, most_threshold);
}

std::chrono::duration<double, std::milli> DelayTrend::queue() const {
  return Milliseconds(points_.empty() ? 0 : points_.back().delay_ms - least_.get());
}

}  // namespace rollcall::mcu::rtp
