#include "mcu/encode/sound_encoder.h"

#include <opus/opus.h>
#include <speex/speex_resampler.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>
#include <string>

// spandsp's headers want to come last, and in this order.
#include <spandsp/telephony.h>

#include <spandsp/bit_operations.h>
#include <spandsp/g711.h>
#include <spandsp/g722.h>

namespace rollcall::mcu::encode {
namespace {

constexpr std::size_t remembered_blocks = 3;  // none: 8463 of 8000 at the change; one: 4730; three: 2200; ten: 2162
constexpr std::size_t largest_packet = 1275;  // RFC 6716, 3.2.1
constexpr int usual_loss = 5;
constexpr int resampler_quality = 3;

std::unique_ptr<OpusEncoder, void (*)(OpusEncoder*)> make_opus() {
  int error = OPUS_OK;
  std::unique_ptr<OpusEncoder, void (*)(OpusEncoder*)> encoder(
      opus_encoder_create(48000, 1, OPUS_APPLICATION_VOIP, &error), opus_encoder_destroy);
  if (error != OPUS_OK) throw std::runtime_error(std::string("There is no Opus encoder: ") + opus_strerror(error));
  opus_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(32000));
  opus_encoder_ctl(encoder.get(), OPUS_SET_COMPLEXITY(4));
  opus_encoder_ctl(encoder.get(), OPUS_SET_INBAND_FEC(1));
  return encoder;
}

}  // namespace

void SoundHistory::add(SoundBlock block) {
  if (blocks_.size() < remembered_blocks) {
    blocks_.emplace_back(block.begin(), block.end());
    return;
  }
  std::vector<std::int16_t> oldest = std::move(blocks_.front());
  blocks_.pop_front();
  oldest.assign(block.begin(), block.end());
  blocks_.push_back(std::move(oldest));
}

void SoundEncoder::Destroy::operator()(OpusEncoder* encoder) const {
  opus_encoder_destroy(encoder);
}
void SoundEncoder::Destroy::operator()(g722_encode_state_s* encoder) const {
  g722_encode_free(encoder);
}
void SoundEncoder::Destroy::operator()(SpeexResamplerState_* resampler) const {
  speex_resampler_destroy(resampler);
}

SoundEncoder::SoundEncoder(gst::Coding coding) : coding_(coding) {
  if (coding == gst::Coding::opus) {
    opus_.reset(make_opus().release());
    expect_loss(usual_loss);
    return;
  }
  if (coding == gst::Coding::g722) g722_.reset(g722_encode_init(nullptr, 64000, 0));
  const bool wide = coding == gst::Coding::g722 || coding == gst::Coding::amr_wb;
  if (coding == gst::Coding::amr || coding == gst::Coding::amr_wb) amr_ = std::make_unique<AmrEncoder>(wide);
  const spx_uint32_t rate = wide ? 16000 : 8000;
  resampler_.reset(speex_resampler_init(1, 48000, rate, resampler_quality, nullptr));
}

SoundEncoder::~SoundEncoder() = default;

void SoundEncoder::expect_loss(int percent) {
  if (!opus_ || percent == loss_percent_) return;
  loss_percent_ = percent;
  opus_encoder_ctl(opus_.get(), OPUS_SET_PACKET_LOSS_PERC(percent));
}

std::span<const std::uint8_t> SoundEncoder::encode(std::uint64_t number, SoundBlock block,
                                                   const SoundHistory& history) {
  if (number != next_number_) {
    reset();
    for (const auto& past : history.blocks()) encode_one(past);
  }
  next_number_ = number + 1;
  encode_one(block);
  return payload_;
}

void SoundEncoder::skip(std::uint64_t number) {
  if (number == next_number_) ++next_number_;
}

void SoundEncoder::reset() {
  if (opus_) opus_encoder_ctl(opus_.get(), OPUS_RESET_STATE);
  if (resampler_) speex_resampler_reset_mem(resampler_.get());
  if (g722_) g722_encode_init(g722_.get(), 64000, 0);
  if (amr_) amr_->reset();
}

void SoundEncoder::encode_one(SoundBlock block) {
  if (!opus_) return encode_telephone(block);
  payload_.resize(largest_packet);
  const opus_int32 length = opus_encode(opus_.get(), block.data(), static_cast<int>(block.size()), payload_.data(),
                                        static_cast<opus_int32>(payload_.size()));
  assert(length > 0);
  payload_.resize(static_cast<std::size_t>(length));
}

void SoundEncoder::encode_telephone(SoundBlock block) {
  const std::size_t shorter = coding_ == gst::Coding::g722 || coding_ == gst::Coding::amr_wb ? 3 : 6;
  narrow_.assign(block.size() / shorter, 0);
  auto in = static_cast<spx_uint32_t>(block.size());
  auto out = static_cast<spx_uint32_t>(narrow_.size());
  speex_resampler_process_int(resampler_.get(), 0, block.data(), &in, narrow_.data(), &out);
  if (coding_ == gst::Coding::g722) {
    payload_.resize(narrow_.size() / 2);
    g722_encode(g722_.get(), payload_.data(), narrow_.data(), static_cast<int>(narrow_.size()));
    return;
  }
  if (amr_) return amr_->encode(narrow_, payload_);
  const bool u_law = coding_ == gst::Coding::pcmu;
  payload_.resize(narrow_.size());
  std::transform(narrow_.begin(), narrow_.end(), payload_.begin(),
                 [&](std::int16_t sample) { return u_law ? linear_to_ulaw(sample) : linear_to_alaw(sample); });
}

}  // namespace rollcall::mcu::encode
