#include "mcu/rtp/reception.h"

#include <algorithm>
#include <cstdlib>

namespace rollcall::mcu::rtp {
namespace {

using std::chrono::microseconds;
using std::chrono::nanoseconds;

constexpr std::int64_t cycle = 65'536;

std::uint32_t in_units(Time time, std::uint32_t clock_rate) {
  const auto elapsed = std::chrono::duration_cast<microseconds>(time.time_since_epoch()).count();
  return static_cast<std::uint32_t>(elapsed / 1'000'000 * clock_rate + elapsed % 1'000'000 * clock_rate / 1'000'000);
}

}  // namespace

void Reception::start(std::int64_t sequence, bool same_source) {
  base_ = sequence;
  highest_ = sequence - 1;
  received_ = 0;
  expected_before_ = 0;
  received_before_ = 0;
  transit_.reset();
  if (!same_source) {
    jitter_ = 0;
    report_.reset();
  }
}

void Reception::count(std::int64_t sequence, std::uint32_t timestamp, Time now) {
  ++received_;
  if (sequence > highest_) {
    highest_ = sequence;
    measure_jitter(timestamp, now);
  }
}

void Reception::measure_jitter(std::uint32_t timestamp, Time now) {
  // The packets of one picture share a timestamp and leave one after the other: their distance is no jitter.
  if (transit_ && timestamp == timestamp_) {
    return;
  }
  const auto transit = in_units(now, clock_rate_) - timestamp;
  if (transit_) {
    const auto difference =
        static_cast<std::uint32_t>(std::abs(std::int64_t{static_cast<std::int32_t>(transit - *transit_)}));
    // A jump of the timestamps (a new device behind the same stream) is no jitter either.
    if (difference < clock_rate_ * 5) {
      jitter_ += difference - ((jitter_ + 8) >> 4);
    }
  }
  transit_ = transit;
  timestamp_ = timestamp;
}

void Reception::on_sender_report(const SenderInfo& report, Time now) {
  report_ = report;
  report_arrived_ = now;
}

ReportBlock Reception::report_block(std::uint32_t ssrc, Time now) {
  const auto expected = highest_ - base_ + 1;
  const auto expected_now = expected - expected_before_;
  const auto lost_now = expected_now - (received_ - received_before_);
  expected_before_ = expected;
  received_before_ = received_;
  const auto fraction =
      expected_now <= 0 || lost_now <= 0 ? 0 : std::min<std::int64_t>(255, lost_now * 256 / expected_now);
  ReportBlock block{
      .ssrc = ssrc,
      .fraction_lost = static_cast<std::uint8_t>(fraction),
      .lost = static_cast<std::int32_t>(std::clamp<std::int64_t>(expected - received_, -0x800000, 0x7fffff)),
      .highest_sequence = static_cast<std::uint32_t>(highest_ - base_ / cycle * cycle),
      .jitter = jitter_ >> 4};
  if (report_) {
    const auto delay = std::chrono::duration_cast<microseconds>(now - report_arrived_).count();
    block.last_sender_report = ntp_middle(report_->ntp);
    block.delay_since_last_report = static_cast<std::uint32_t>(delay * 65'536 / 1'000'000);
  }
  return block;
}

std::optional<nanoseconds> Reception::sender_time(std::uint32_t timestamp) const {
  if (!report_) {
    return std::nullopt;
  }
  const auto seconds = static_cast<std::int64_t>(report_->ntp >> 32);
  const auto fraction = static_cast<std::int64_t>(((report_->ntp & 0xffffffff) * 1'000'000'000) >> 32);
  const auto ahead = static_cast<std::int32_t>(timestamp - report_->timestamp);
  return std::chrono::seconds(seconds) + nanoseconds(fraction + std::int64_t{ahead} * 1'000'000'000 / clock_rate_);
}

Reception::Duration Reception::jitter() const {
  return std::chrono::duration_cast<Duration>(nanoseconds(std::int64_t{jitter_ >> 4} * 1'000'000'000 / clock_rate_));
}

}  // namespace rollcall::mcu::rtp
