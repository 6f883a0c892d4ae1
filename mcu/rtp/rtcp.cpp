#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {
namespace {

constexpr std::uint64_t seconds_1900_to_1970 = 2'208'988'800;

}  // namespace

ReportBlock ReportBlock::read(const std::uint8_t* at) {
  const auto lost = static_cast<std::int32_t>(read24(at + 5));
  return {.ssrc = read32(at),
          .fraction_lost = at[4],
          .lost = lost >= 1 << 23 ? lost - (1 << 24) : lost,
          .highest_sequence = read32(at + 8),
          .jitter = read32(at + 12),
          .last_sender_report = read32(at + 16),
          .delay_since_last_report = read32(at + 20)};
}

BitrateItem BitrateItem::read(const std::uint8_t* at) {
  const auto word = read32(at + 4);
  const unsigned exponent = word >> 26;
  const std::uint64_t mantissa = word >> 9 & 0x1ffff;
  const bool fits = exponent < 64 - 17;
  return {.media = read32(at),
          .bits_per_second = fits ? mantissa << exponent : UINT64_MAX,
          .overhead = static_cast<std::uint16_t>(word & 0x1ff)};
}

std::uint64_t ntp_time(std::chrono::system_clock::time_point time) {
  const auto since_1970 = std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  const auto seconds = static_cast<std::uint64_t>(since_1970 / 1'000'000'000) + seconds_1900_to_1970;
  const auto nanoseconds = static_cast<std::uint64_t>(since_1970 % 1'000'000'000);
  return seconds << 32 | (nanoseconds << 32) / 1'000'000'000;
}

}  // namespace rollcall::mcu::rtp
