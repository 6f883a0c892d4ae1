#include "mcu/voice/packet.h"

#include <opus/opus.h>

#include <array>
#include <cmath>

#include "mcu/voice/amr_decoder.h"

// spandsp's headers want to come last, and in this order.
#include <spandsp/telephony.h>

#include <spandsp/bit_operations.h>
#include <spandsp/g711.h>

namespace rollcall::mcu::voice {
namespace {

constexpr Samples longest = 120 * millisecond;
constexpr int samples_per_octet = 6;  // G.711: 8 kHz, one octet each; G.722: 16 kHz, two in an octet

using Octet = std::uint8_t;

template <class Expand>
std::array<std::int32_t, 256> squares_by_octet(Expand expand) {
  std::array<std::int32_t, 256> squares{};
  for (std::size_t octet = 0; octet < 256; ++octet) {
    const std::int32_t sample = expand(static_cast<Octet>(octet));
    squares[octet] = sample * sample;
  }
  return squares;
}

double g711_loudness(const std::array<std::int32_t, 256>& squares, std::span<const Octet> payload) {
  std::int64_t sum = 0;
  for (const Octet octet : payload) sum += squares[octet];
  return std::sqrt(static_cast<double>(sum) / static_cast<double>(payload.size()));
}

constexpr bool is_amr(gst::Coding coding) {
  return coding == gst::Coding::amr || coding == gst::Coding::amr_wb;
}

}  // namespace

int samples_per_tick(gst::Coding coding) {
  if (coding == gst::Coding::amr_wb) return 3;
  return coding == gst::Coding::opus ? 1 : 6;
}

std::optional<Samples> duration_of(gst::Coding coding, std::span<const std::uint8_t> payload) {
  if (payload.empty() || payload.size() > 0xFFFF || !gst::is_sound(coding)) return std::nullopt;
  Samples duration = static_cast<Samples>(payload.size()) * samples_per_octet;
  if (coding == gst::Coding::opus)
    duration = opus_packet_get_nb_samples(payload.data(), static_cast<opus_int32>(payload.size()), sample_rate);
  if (is_amr(coding)) duration = static_cast<Samples>(amr_frames(coding == gst::Coding::amr_wb, payload)) * block;
  if (duration <= 0 || duration > longest) return std::nullopt;
  return duration;
}

std::optional<double> loudness_of(gst::Coding coding, std::span<const std::uint8_t> payload, std::optional<int> level) {
  static const auto u_law = squares_by_octet([](Octet octet) { return ulaw_to_linear(octet); });
  static const auto a_law = squares_by_octet([](Octet octet) { return alaw_to_linear(octet); });
  if (level) return root_mean_square_of(*level);
  if (coding == gst::Coding::pcmu) return g711_loudness(u_law, payload);
  if (coding == gst::Coding::pcma) return g711_loudness(a_law, payload);
  if (coding == gst::Coding::opus && opus_voice_activity(payload) == false) return 0;
  return std::nullopt;
}

std::optional<bool> opus_voice_activity(std::span<const std::uint8_t> payload) {
  constexpr int celt_alone = 0x80;
  if (payload.size() <= 2) return false;  // nothing but a header, or DTX
  if ((payload[0] & celt_alone) != 0) return std::nullopt;
  constexpr std::size_t most_frames = 48;
  std::array<const unsigned char*, most_frames> frames{};
  std::array<opus_int16, most_frames> sizes{};
  const int count = opus_packet_parse(payload.data(), static_cast<opus_int32>(payload.size()), nullptr, frames.data(),
                                      sizes.data(), nullptr);
  if (count <= 0) return std::nullopt;
  const int milliseconds =
      opus_packet_get_samples_per_frame(payload.data(), sample_rate) / static_cast<int>(millisecond);
  const int flags = milliseconds <= 20 ? 1 : milliseconds / 20;  // one per 20 ms, then the one for FEC
  const int channels = opus_packet_get_nb_channels(payload.data());
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    if (sizes[i] == 0) continue;
    const int first = frames[i][0];
    if ((first >> (8 - flags)) != 0) return true;
    // The other channel's flags follow the first's.
    if (channels == 2 && ((first << (flags + 1) & 0xFF) >> (8 - flags)) != 0) return true;
  }
  return false;
}

}  // namespace rollcall::mcu::voice
