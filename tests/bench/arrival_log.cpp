#include "tests/bench/arrival_log.h"

#include <algorithm>

#include "tests/bench/rtp.h"

namespace rollcall::bench {
namespace {

constexpr std::int64_t most_spoken_of = 1000;
constexpr std::int64_t ticks_per_reference = 256;  // 64 ms of 250 µs
constexpr int symbols_per_chunk = 7;

std::int64_t ticks(Time time, Time zero) {
  return std::chrono::duration_cast<std::chrono::microseconds>(time - zero).count() / 250;
}

}  // namespace

void ArrivalLog::note(std::uint16_t sequence, Time arrived) {
  if (highest_ < 0) highest_ = sequence + 65536;
  const auto ahead = static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(highest_));
  const std::int64_t extended = highest_ + ahead;
  highest_ = std::max(highest_, extended);
  if (next_ < 0) next_ = extended;
  if (extended >= next_) came_.emplace(extended, arrived);
}

void ArrivalLog::append(std::vector<std::uint8_t>& to, std::uint32_t own_ssrc, std::uint32_t media_ssrc) {
  if (came_.empty()) return;
  const std::int64_t end = came_.rbegin()->first + 1;
  const std::int64_t base = std::max(next_, end - most_spoken_of);
  const std::int64_t reference = ticks(came_.lower_bound(base)->second, zero_) / ticks_per_reference;
  std::vector<std::uint8_t> symbols;
  std::vector<std::uint8_t> deltas;
  std::int64_t last = reference * ticks_per_reference;
  for (std::int64_t number = base; number < end; ++number) {
    const auto found = came_.find(number);
    if (found == came_.end()) {
      symbols.push_back(0);
      continue;
    }
    const std::int64_t delta = ticks(found->second, zero_) - last;
    last += delta;
    const bool small = delta >= 0 && delta <= 255;
    symbols.push_back(small ? 1 : 2);
    if (small)
      deltas.push_back(static_cast<std::uint8_t>(delta));
    else
      put16(deltas, static_cast<unsigned>(std::clamp<std::int64_t>(delta, -32768, 32767) & 0xffff));
  }
  const auto begin = to.size();
  put32(to, 0x8fcd0000);
  put32(to, own_ssrc);
  put32(to, media_ssrc);
  put16(to, static_cast<unsigned>(base & 0xffff));
  put16(to, static_cast<unsigned>(symbols.size()));
  put32(to, static_cast<std::uint32_t>(reference & 0xffffff) << 8 | count_++);
  for (std::size_t at = 0; at < symbols.size(); at += symbols_per_chunk) {
    unsigned chunk = 0xc000;
    for (std::size_t index = 0; index < symbols_per_chunk && at + index < symbols.size(); ++index)
      chunk |= static_cast<unsigned>(symbols[at + index]) << (12 - 2 * index);
    put16(to, chunk);
  }
  to.insert(to.end(), deltas.begin(), deltas.end());
  while ((to.size() - begin) % 4 != 0) to.push_back(0);
  to[begin + 3] = static_cast<std::uint8_t>((to.size() - begin) / 4 - 1);
  to[begin + 2] = static_cast<std::uint8_t>(((to.size() - begin) / 4 - 1) >> 8);
  next_ = end;
  came_.clear();
}

}  // namespace rollcall::bench
