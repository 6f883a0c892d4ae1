#include "mcu/rtp/transport_feedback.h"

#include <algorithm>
#include <bit>

namespace rollcall::mcu::rtp {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t many = 50;  // packets in 50 ms: a feedback for them is worth its bytes
constexpr std::size_t block_overhead = 20;
/// Enough for a whole window of losses (2048 / 7 chunks) and some packets that arrived: a feedback always tells
/// something.
constexpr std::size_t largest_list = 1000;
constexpr std::int64_t reference_cycle = std::int64_t{1} << 24;
constexpr std::int64_t ticks_per_reference = 256;

}  // namespace

void TwccRecorder::begin_at(std::int64_t sequence) {
  noted_.clear();
  told_ = sequence;
  highest_ = sequence;
}

void TwccRecorder::arrived(std::uint16_t number, Time now) {
  if (!highest_) {
    begin_at((std::int64_t{1} << 16) + number);
    origin_ = now;
    last_ = now;
  }
  const auto sequence = extend(*highest_, number);
  if (sequence - told_ >= most_packets) {  // it counts anew, or nobody wanted to be told
    begin_at(sequence);
  }
  if (sequence < told_) {
    return;
  }
  highest_ = std::max(*highest_, sequence);
  if (noted_.empty() || sequence > noted_.back().sequence) {
    noted_.push_back({.sequence = sequence, .time = now});
    return;
  }
  const auto at = std::lower_bound(noted_.begin(), noted_.end(), sequence,
                                   [](const Noted& noted, std::int64_t wanted) { return noted.sequence < wanted; });
  if (at->sequence != sequence) {
    noted_.insert(at, {.sequence = sequence, .time = now});
  }
}

bool TwccRecorder::due(Time now) const {
  return !noted_.empty() && now - last_ >= (noted_.size() >= many ? milliseconds(50) : milliseconds(100));
}

/// Everything from the first that was not told of to the last one noted, with what is missing between them.
std::vector<Arrival> TwccRecorder::consecutive() const {
  std::vector<Arrival> arrivals;
  arrivals.reserve(static_cast<std::size_t>(noted_.back().sequence - told_) + 1);
  auto next = told_;
  for (const auto& noted : noted_) {
    for (; next < noted.sequence; ++next) {
      arrivals.push_back({.sequence = next});
    }
    arrivals.push_back({.sequence = next++, .time = std::chrono::floor<ArrivalTime>(noted.time - origin_)});
  }
  return arrivals;
}

bool TwccRecorder::write(RtcpWriter& out, std::uint32_t our_ssrc, std::uint32_t media_ssrc, Time now) {
  if (noted_.empty() || out.room() <= block_overhead) {
    return false;
  }
  TransportFeedback feedback{.sender = our_ssrc, .media = media_ssrc, .number = number_};
  const auto room = (out.room() - block_overhead) / 4 * 4;
  const auto count = write_arrivals(consecutive(), std::min(largest_list, room), feedback, bytes_);
  if (count == 0 || !out.transport_feedback(feedback)) {
    return false;
  }
  ++number_;
  last_ = now;
  told_ += static_cast<std::int64_t>(count);
  noted_.erase(noted_.begin(),
               std::find_if(noted_.begin(), noted_.end(), [&](const Noted& noted) { return noted.sequence >= told_; }));
  return !noted_.empty();
}

TwccSender::TwccSender(std::size_t history) : history_(std::bit_ceil(history)) {}

TwccSender::Sent& TwccSender::slot(std::int64_t sequence) {
  return history_[static_cast<std::size_t>(sequence) & (history_.size() - 1)];
}

std::uint16_t TwccSender::next(std::size_t bytes, Time now) {
  const auto sequence = next_++;
  slot(sequence) = {.sequence = sequence, .time = now, .bytes = static_cast<std::uint32_t>(bytes)};
  if (!unheard_since_) {
    unheard_since_ = now;
  }
  return static_cast<std::uint16_t>(sequence);
}

ArrivalTime TwccSender::unwrap(std::int32_t reference) {
  if (last_reference_) {
    const auto step = reference - *last_reference_;
    if (step < -reference_cycle / 2) {
      ++reference_turns_;
    } else if (step > reference_cycle / 2) {
      --reference_turns_;
    }
  }
  last_reference_ = reference;
  return ArrivalTime(reference_turns_ * reference_cycle * ticks_per_reference);
}

void TwccSender::on_feedback(const TransportFeedback& feedback, std::vector<PacketResult>& results) {
  const auto turns = unwrap(feedback.reference_time);
  auto sequence = extend(next_ - 1, feedback.base_sequence);
  bool heard = false;
  read_arrivals(feedback, [&](std::uint16_t number, std::optional<ArrivalTime> arrival) {
    auto& sent = slot(sequence);
    const auto fate = arrival ? Fate::arrived : Fate::lost;
    if (sent.sequence == sequence && sequence >= 0 && sent.fate < fate) {
      sent.fate = fate;
      heard = true;
      results.push_back({.sequence = number,
                         .sent = sent.time,
                         .bytes = sent.bytes,
                         .arrived = arrival ? std::optional(*arrival + turns) : std::nullopt});
    }
    ++sequence;
  });
  if (heard) {
    unheard_since_.reset();
  }
}

std::optional<std::chrono::steady_clock::duration> TwccSender::silence(Time now) const {
  return unheard_since_ ? std::optional(now - *unheard_since_) : std::nullopt;
}

}  // namespace rollcall::mcu::rtp
