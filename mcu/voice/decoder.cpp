#include "mcu/voice/decoder.h"

#include <opus/opus.h>
#include <speex/speex_resampler.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "mcu/voice/time_scale.h"

// spandsp's headers want to come last, and in this order.
#include <spandsp/telephony.h>

#include <spandsp/bit_operations.h>
#include <spandsp/g711.h>
#include <spandsp/g722.h>

namespace rollcall::mcu::voice {
namespace {

constexpr Samples opus_step = sample_rate / 400;  // 2.5 ms: the lengths that libopus conceals
constexpr Samples opus_longest = 120 * millisecond;
constexpr int repeat_fades_in = 100 * millisecond;
constexpr int resampler_quality = 3;

int rate_of(gst::Coding coding) {
  return coding == gst::Coding::g722 || coding == gst::Coding::amr_wb ? 16000 : 8000;
}

}  // namespace

void Decoder::Destroy::operator()(OpusDecoder* decoder) const {
  opus_decoder_destroy(decoder);
}
void Decoder::Destroy::operator()(g722_decode_state_s* decoder) const {
  g722_decode_free(decoder);
}
void Decoder::Destroy::operator()(SpeexResamplerState_* resampler) const {
  speex_resampler_destroy(resampler);
}

Decoder::~Decoder() = default;

void Decoder::reset() {
  if (opus_) opus_decoder_ctl(opus_.get(), OPUS_RESET_STATE);
  if (resampler_) speex_resampler_reset_mem(resampler_.get());
  if (g722_) g722_decode_init(g722_.get(), 64000, 0);
  if (amr_) amr_->reset();
  past_.clear();
  repeated_ = 0;
}

void Decoder::become(gst::Coding coding) {
  if (coding_ == coding) return;
  coding_ = coding;
  if (coding == gst::Coding::opus) {
    int error = OPUS_OK;
    if (!opus_) opus_.reset(opus_decoder_create(sample_rate, 1, &error));
    if (!opus_) throw std::runtime_error(std::string("There is no Opus decoder: ") + opus_strerror(error));
  } else {
    if (coding == gst::Coding::g722 && !g722_) g722_.reset(g722_decode_init(nullptr, 64000, 0));
    amr_.reset();
    if (coding == gst::Coding::amr || coding == gst::Coding::amr_wb)
      amr_ = std::make_unique<AmrDecoder>(coding == gst::Coding::amr_wb);
    resampler_.reset(
        speex_resampler_init(1, static_cast<spx_uint32_t>(rate_of(coding)), sample_rate, resampler_quality, nullptr));
  }
  reset();
}

void Decoder::decode(const Packet& packet, Sound& sound) {
  become(packet.coding);
  const std::size_t before = sound.size();
  if (packet.coding == gst::Coding::opus)
    decode_opus(packet.payload.data(), packet.payload.size(), packet.duration, false, sound);
  else
    decode_telephone(packet, sound);
  remember(std::span(sound).subspan(before));
}

void Decoder::recover(const Packet& next, Samples length, Sound& sound) {
  if (next.coding != gst::Coding::opus || coding_ != gst::Coding::opus || length % opus_step != 0)
    return conceal(length, sound);
  decode_opus(next.payload.data(), next.payload.size(), length, true, sound);
}

void Decoder::conceal(Samples length, Sound& sound) {
  if (coding_ != gst::Coding::opus) return repeat(length, sound);
  const std::size_t wanted = sound.size() + static_cast<std::size_t>(length);
  while (sound.size() < wanted) {
    const auto left = static_cast<Samples>(wanted - sound.size());
    const Samples whole_steps = (left + opus_step - 1) / opus_step * opus_step;
    decode_opus(nullptr, 0, std::min(whole_steps, block), false, sound);
  }
  sound.resize(wanted);
}

void Decoder::decode_opus(const std::uint8_t* data, std::size_t size, Samples length, bool recovery, Sound& sound) {
  const std::size_t before = sound.size();
  assert(length > 0 && length <= opus_longest);
  sound.resize(before + static_cast<std::size_t>(length));
  const int count = opus_decode(opus_.get(), data, static_cast<opus_int32>(size), sound.data() + before,
                                static_cast<int>(length), recovery ? 1 : 0);
  const auto good = static_cast<std::ptrdiff_t>(before) + std::max(count, 0);
  std::fill(sound.begin() + good, sound.end(), std::int16_t{0});
}

void Decoder::decode_telephone(const Packet& packet, Sound& sound) {
  const auto& payload = packet.payload;
  if (packet.coding == gst::Coding::g722) {
    narrow_.resize(payload.size() * 2);
    g722_decode(g722_.get(), narrow_.data(), payload.data(), static_cast<int>(payload.size()));
  } else if (amr_) {
    amr_->decode(payload, narrow_);
  } else {
    narrow_.resize(payload.size());
    const bool u_law = packet.coding == gst::Coding::pcmu;
    std::transform(payload.begin(), payload.end(), narrow_.begin(),
                   [&](std::uint8_t octet) { return u_law ? ulaw_to_linear(octet) : alaw_to_linear(octet); });
  }
  resample(packet.duration, sound);
}

void Decoder::resample(Samples length, Sound& sound) {
  const std::size_t before = sound.size();
  sound.resize(before + static_cast<std::size_t>(length));
  auto in = static_cast<spx_uint32_t>(narrow_.size());
  auto out = static_cast<spx_uint32_t>(length);
  speex_resampler_process_int(resampler_.get(), 0, narrow_.data(), &in, sound.data() + before, &out);
  std::fill(sound.begin() + static_cast<std::ptrdiff_t>(before + out), sound.end(), std::int16_t{0});
}

void Decoder::remember(std::span<const std::int16_t> sound) {
  repeated_ = 0;
  if (coding_ == gst::Coding::opus) return;
  past_.insert(past_.end(), sound.begin(), sound.end());
  if (past_.size() > block_samples)
    past_.erase(past_.begin(), past_.end() - static_cast<std::ptrdiff_t>(block_samples));
}

void Decoder::repeat(Samples length, Sound& sound) {
  const std::size_t before = sound.size();
  sound.resize(before + static_cast<std::size_t>(length), 0);
  if (past_.size() < block_samples) return;
  const std::size_t period = std::max(last_period(past_).samples, shortest_period);
  for (std::size_t i = before; i < sound.size() && repeated_ < repeat_fades_in; ++i, ++repeated_) {
    const std::size_t place = past_.size() - period + static_cast<std::size_t>(repeated_) % period;
    sound[i] = static_cast<std::int16_t>(past_[place] * (repeat_fades_in - repeated_) / repeat_fades_in);
  }
}

}  // namespace rollcall::mcu::voice
