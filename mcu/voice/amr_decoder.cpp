#include "mcu/voice/amr_decoder.h"

#include <opencore-amrnb/interf_dec.h>
#include <opencore-amrwb/dec_if.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rollcall::mcu::voice {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr int no_such_frame = -1;
constexpr std::size_t longest_frame = 61;  // AMR-WB at 23.85 kbit/s, with the byte that says what it is

/// Octets of a frame by its type (RFC 4867 §3.6 and 3GPP TS 26.101, 26.201).
constexpr std::array<int, 16> narrow_sizes = {12, 13, 15, 17, 19, 20, 26, 31, 5, -1, -1, -1, -1, -1, -1, 0};
constexpr std::array<int, 16> wide_sizes = {17, 23, 32, 36, 40, 46, 50, 58, 60, 5, -1, -1, -1, -1, 0, 0};

int size_of(bool wide, std::uint8_t entry) {
  const std::size_t type = entry >> 3 & 0x0f;
  return wide ? wide_sizes.at(type) : narrow_sizes.at(type);
}

bool is_followed(std::uint8_t entry) {
  return (entry & 0x80) != 0;
}

}  // namespace

int amr_frames(bool wide, Bytes payload) {
  std::size_t at = 1;  // behind the other side's wish for a mode, which we do not follow
  std::size_t octets = 0;
  int frames = 0;
  for (bool more = true; more; ++at, ++frames) {
    if (at >= payload.size() || size_of(wide, payload[at]) == no_such_frame) return 0;
    octets += static_cast<std::size_t>(size_of(wide, payload[at]));
    more = is_followed(payload[at]);
  }
  return at + octets <= payload.size() ? frames : 0;
}

AmrDecoder::AmrDecoder(bool wide) : wide_(wide) {
  open();
}

AmrDecoder::~AmrDecoder() {
  close();
}

void AmrDecoder::open() {
  state_ = wide_ ? D_IF_init() : Decoder_Interface_init();
  if (state_ == nullptr) throw std::runtime_error("there is no AMR decoder");
}

void AmrDecoder::close() {
  wide_ ? D_IF_exit(state_) : Decoder_Interface_exit(state_);
}

void AmrDecoder::reset() {
  close();
  open();
}

void AmrDecoder::decode(Bytes payload, std::vector<std::int16_t>& samples) {
  const std::size_t length = wide_ ? 320 : 160;
  const auto frames = static_cast<std::size_t>(amr_frames(wide_, payload));
  samples.assign(frames * length, 0);
  std::size_t at = 1 + frames;
  for (std::size_t i = 0; i < frames; ++i) {
    const std::uint8_t entry = payload[1 + i];
    const auto size = static_cast<std::size_t>(size_of(wide_, entry));
    std::array<std::uint8_t, longest_frame> frame{};
    frame[0] = entry & 0x7c;
    const Bytes body = payload.subspan(at, size);
    std::copy(body.begin(), body.end(), frame.begin() + 1);
    const int damaged = (entry & 0x04) == 0 ? 1 : 0;
    std::int16_t* out = samples.data() + i * length;
    wide_ ? D_IF_decode(state_, frame.data(), out, damaged)
          : Decoder_Interface_Decode(state_, frame.data(), out, damaged);
    at += size;
  }
}

}  // namespace rollcall::mcu::voice
