#include "mcu/rtp/send_stream.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace rollcall::mcu::rtp {
namespace {

using std::chrono::nanoseconds;
using Seconds = std::chrono::duration<double>;

constexpr std::size_t reports_remembered = 4;
constexpr SendStream::Duration longest_round_trip = std::chrono::seconds(10);
constexpr SendStream::Duration assumed_round_trip = std::chrono::milliseconds(40);
constexpr SendStream::Duration rate_window = std::chrono::milliseconds(500);

/// a × b / 10⁹ without an intermediate result that overflows.
std::int64_t in_units(nanoseconds time, std::uint32_t clock_rate) {
  const auto seconds = time.count() / 1'000'000'000;
  const auto rest = time.count() % 1'000'000'000;
  return seconds * clock_rate + rest * clock_rate / 1'000'000'000;
}

}  // namespace

SendStream::SendStream(const Settings& settings)
    : settings_(settings),
      next_(std::int64_t{1} << 16 | settings.first_sequence),
      oldest_(next_),
      next_rtx_(settings.first_rtx_sequence),
      budget_(settings.least_resent_per_second) {}

void SendStream::set_payload_types(std::uint8_t payload_type, std::uint8_t rtx_payload_type) {
  settings_.payload_type = payload_type;
  settings_.rtx_payload_type = rtx_payload_type;
}

std::uint32_t SendStream::timestamp(nanoseconds running_time) const {
  return settings_.first_timestamp + static_cast<std::uint32_t>(in_units(running_time, settings_.clock_rate));
}

SendStream::Sent& SendStream::slot(std::int64_t sequence) {
  return history_[static_cast<std::size_t>(sequence) & (history_.size() - 1)];
}

Header SendStream::next(std::uint32_t timestamp, bool marker, Bytes payload, const Owner& owner, Time now) {
  const auto sequence = next_++;
  ++figures_.packets;
  figures_.octets += payload.size();
  ++counted_;
  if (owner && settings_.history > 0) {
    if (history_.empty()) {
      history_.resize(std::bit_ceil(settings_.history));
    }
    slot(sequence) = {.sequence = sequence,
                      .owner = owner,
                      .payload = payload,
                      .timestamp = timestamp,
                      .marker = marker,
                      .first = now,
                      .last = now};
  }
  return {.marker = marker,
          .payload_type = settings_.payload_type,
          .sequence = static_cast<std::uint16_t>(sequence),
          .timestamp = timestamp,
          .ssrc = settings_.ssrc};
}

bool SendStream::take_from_budget(Time now) {
  measure_rate(now);
  const double each_second = std::max<double>(settings_.least_resent_per_second, settings_.most_resent_share * rate_);
  if (budget_at_) {
    budget_ += each_second * Seconds(now - *budget_at_).count();
  }
  budget_at_ = now;
  budget_ = std::min(budget_, each_second);
  if (budget_ < 1) {
    ++figures_.resend_refused;
    return false;
  }
  budget_ -= 1;
  return true;
}

void SendStream::measure_rate(Time now) {
  if (!counted_since_) {
    counted_since_ = now;
  }
  const auto window = now - *counted_since_;
  if (window >= rate_window) {
    rate_ = counted_ / Seconds(window).count();
    counted_ = 0;
    counted_since_ = now;
  }
}

std::optional<SendStream::Resend> SendStream::resend(std::uint16_t sequence, Time now) {
  if (history_.empty()) {
    return std::nullopt;
  }
  const auto wanted = extend(next_ - 1, sequence);
  auto& sent = slot(wanted);
  const auto spacing = round_trip_.value_or(assumed_round_trip);
  const bool again = sent.last != sent.first;
  if (sent.sequence != wanted || !sent.owner || now - sent.first > settings_.most_age ||
      (again && now - sent.last < spacing) || !take_from_budget(now)) {
    return std::nullopt;
  }
  sent.last = now;
  ++figures_.resent;
  Resend result{.header = {.marker = sent.marker,
                           .payload_type = settings_.payload_type,
                           .sequence = sequence,
                           .timestamp = sent.timestamp,
                           .ssrc = settings_.ssrc},
                .payload = sent.payload};
  if (settings_.rtx_ssrc) {
    result.original_sequence = sequence;
    result.header.payload_type = settings_.rtx_payload_type;
    result.header.sequence = next_rtx_++;
    result.header.ssrc = *settings_.rtx_ssrc;
  }
  return result;
}

void SendStream::forget(Time now) {
  measure_rate(now);
  if (history_.empty()) {
    return;
  }
  oldest_ = std::max(oldest_, next_ - static_cast<std::int64_t>(history_.size()));
  for (; oldest_ < next_; ++oldest_) {
    auto& sent = slot(oldest_);
    if (sent.sequence == oldest_ && now - sent.first <= settings_.most_age) {
      return;
    }
    sent.owner.reset();
  }
}

SenderInfo SendStream::report(std::uint64_t ntp, nanoseconds running_time, Time now) {
  if (reports_.size() >= reports_remembered) {
    reports_.erase(reports_.begin());
  }
  reports_.push_back({.middle = ntp_middle(ntp), .sent = now});
  return {.ssrc = settings_.ssrc,
          .ntp = ntp,
          .timestamp = timestamp(running_time),
          .packets = static_cast<std::uint32_t>(figures_.packets),
          .octets = static_cast<std::uint32_t>(figures_.octets)};
}

void SendStream::on_report_block(const ReportBlock& block, Time now) {
  fraction_lost_ = block.fraction_lost / 256.0;
  remote_jitter_ = std::chrono::duration_cast<Duration>(
      nanoseconds(std::int64_t{block.jitter} * 1'000'000'000 / settings_.clock_rate));
  const auto report = std::find_if(reports_.begin(), reports_.end(), [&](const Report& sent) {
    return block.last_sender_report != 0 && sent.middle == block.last_sender_report;
  });
  if (report == reports_.end()) {
    return;
  }
  const auto delay = nanoseconds(std::int64_t{block.delay_since_last_report} * 1'000'000'000 / 65'536);
  const auto round_trip = std::max<Duration>(now - report->sent - delay, Duration::zero());
  if (round_trip <= longest_round_trip) {
    round_trip_ = round_trip;
  }
}

}  // namespace rollcall::mcu::rtp
