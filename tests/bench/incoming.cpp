#include "tests/bench/incoming.h"

#include <algorithm>

namespace rollcall::bench {
namespace {

using std::chrono::milliseconds;

constexpr auto ask_again = milliseconds(60);
constexpr auto give_up = milliseconds(400);
constexpr auto between_plis = milliseconds(500);
constexpr int widest_gap = 100;

}  // namespace

void Incoming::take(const Seen& seen, Bytes packet, Time arrived) {
  const std::lock_guard lock(mutex_);
  if (received_ == 0) {
    ssrc_ = seen.ssrc;
    first_ = highest_ = seen.sequence;
  } else if (seen.ssrc != ssrc_) {
    return;
  }
  ++received_;
  follow(seen.sequence, arrived);
  begin_frame(seen, arrived);
  sizes_.emplace_back(arrived, static_cast<std::uint32_t>(packet.size()));
  if (stored_) arrivals_.push_back({arrived, {packet.begin(), packet.end()}});
}

void Incoming::take_retransmitted(const Seen& seen, Time arrived) {
  if (seen.payload.size() < 2) return;
  const std::lock_guard lock(mutex_);
  missing_.erase(read16(seen.payload, 0));
  sizes_.emplace_back(arrived, static_cast<std::uint32_t>(seen.payload.size()));
}

void Incoming::follow(std::uint16_t sequence, Time arrived) {
  const auto ahead = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest_));
  if (ahead <= 0) {
    missing_.erase(sequence);
    return;
  }
  if (ahead > widest_gap) missing_.clear();
  const bool wanted = packing_ != Packing::opus && ahead <= widest_gap;
  for (int step = 1; step < ahead && wanted; ++step)
    missing_[static_cast<std::uint16_t>(highest_ + static_cast<unsigned>(step))] = {arrived, arrived - ask_again};
  highest_ += static_cast<std::uint32_t>(ahead);
}

void Incoming::begin_frame(const Seen& seen, Time arrived) {
  const bool newer = frames_.empty() || static_cast<std::int32_t>(seen.timestamp - timestamp_) > 0;
  const bool key = begins_key_frame(seen.payload, packing_);
  if (newer) {
    timestamp_ = seen.timestamp;
    frames_.push_back({arrived, key});
  } else if (key && seen.timestamp == timestamp_) {
    frames_.back().key = true;
  }
  have_key_ = have_key_ || key;
}

std::uint32_t Incoming::ssrc() const {
  const std::lock_guard lock(mutex_);
  return ssrc_;
}

bool Incoming::is(std::uint32_t ssrc) const {
  const std::lock_guard lock(mutex_);
  return received_ > 0 && ssrc_ == ssrc;
}

void Incoming::take_report(Bytes sender_report, Time arrived) {
  const std::lock_guard lock(mutex_);
  if (sender_report.size() < 20) return;
  const std::uint64_t ntp = static_cast<std::uint64_t>(read32(sender_report, 8)) << 32 | read32(sender_report, 12);
  mapping_ = Mapping{ntp, read32(sender_report, 16)};
  mapped_ = arrived;
}

void Incoming::complain(std::vector<std::uint8_t>& to, std::uint32_t own_ssrc, Time now) {
  const std::lock_guard lock(mutex_);
  if (packing_ == Packing::opus || received_ == 0) return;
  std::vector<std::uint16_t> ask;
  bool hopeless = !have_key_;
  for (auto at = missing_.begin(); at != missing_.end();) {
    if (now - at->second.since > give_up) {
      hopeless = true;
      at = missing_.erase(at);
      continue;
    }
    if (now - at->second.asked >= ask_again) {
      at->second.asked = now;
      ask.push_back(at->first);
    }
    ++at;
  }
  if (!ask.empty()) {
    put32(to, 0x81cd0000 | static_cast<std::uint32_t>(2 + ask.size()));
    put32(to, own_ssrc);
    put32(to, ssrc_);
    for (const auto sequence : ask) put32(to, static_cast<std::uint32_t>(sequence) << 16);
    nacks_ += static_cast<int>(ask.size());
  }
  if (hopeless && now - asked_for_key_ > between_plis) {
    asked_for_key_ = now;
    put32(to, 0x81ce0002);
    put32(to, own_ssrc);
    put32(to, ssrc_);
    ++plis_;
  }
}

bool Incoming::report_block(std::vector<std::uint8_t>& to, Time now) {
  const std::lock_guard lock(mutex_);
  if (received_ == 0) return false;
  const long expected = static_cast<long>(highest_ - first_) + 1;
  const long lost = std::max(0L, expected - received_);
  const long new_expected = expected - reported_expected_;
  const long new_lost = std::max(0L, new_expected - (received_ - reported_received_));
  reported_expected_ = expected;
  reported_received_ = received_;
  const auto fraction =
      static_cast<std::uint32_t>(new_expected > 0 ? std::min(255L, new_lost * 256 / new_expected) : 0);
  put32(to, ssrc_);
  put32(to, fraction << 24 | static_cast<std::uint32_t>(lost & 0xffffff));
  put32(to, highest_);
  put32(to, 0);
  put32(to, mapping_ ? static_cast<std::uint32_t>(mapping_->ntp >> 16) : 0);
  const auto delay = std::chrono::duration_cast<std::chrono::nanoseconds>(now - mapped_).count();
  put32(to, mapping_ ? static_cast<std::uint32_t>(delay * 65536 / 1'000'000'000) : 0);
  return true;
}

Incoming::Counts Incoming::counts(Time begin, Time end, std::chrono::nanoseconds tick) const {
  const std::lock_guard lock(mutex_);
  const auto within = [&](Time at) { return at >= begin && at < end; };
  Counts counts;
  std::vector<Time> times;
  for (const auto& frame : frames_) {
    if (!within(frame.at)) continue;
    times.push_back(frame.at);
    counts.key_frames += frame.key ? 1 : 0;
  }
  for (const auto& [at, size] : sizes_) {
    if (!within(at)) continue;
    ++counts.packets;
    counts.bytes += size;
  }
  counts.frames = static_cast<int>(times.size());
  counts.late = late(times, tick);
  counts.longest_gap_ms = longest_gap_ms(times);
  counts.nacks = nacks_;
  counts.plis = plis_;
  return counts;
}

std::optional<Mapping> Incoming::mapping() const {
  const std::lock_guard lock(mutex_);
  return mapping_;
}

}  // namespace rollcall::bench
