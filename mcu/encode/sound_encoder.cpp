#include "mcu/encode/sound_encoder.h"

#include <opus/opus.h>

#include <array>
#include <cassert>
#include <stdexcept>
#include <string>

namespace rollcall::mcu::encode {
namespace {

constexpr std::size_t remembered_blocks = 3;  // none: 8463 of 8000 at the change; one: 4730; three: 2200; ten: 2162
constexpr std::size_t largest_packet = 1275;  // RFC 6716, 3.2.1

}  // namespace

void SoundHistory::add(SoundBlock block) {
  blocks_.emplace_back(block.begin(), block.end());
  if (blocks_.size() > remembered_blocks) blocks_.pop_front();
}

void SoundEncoder::Destroy::operator()(OpusEncoder* encoder) const {
  opus_encoder_destroy(encoder);
}

SoundEncoder::SoundEncoder() {
  int error = OPUS_OK;
  encoder_.reset(opus_encoder_create(48000, 1, OPUS_APPLICATION_VOIP, &error));
  if (error != OPUS_OK) throw std::runtime_error(std::string("no Opus encoder: ") + opus_strerror(error));
  OpusEncoder* encoder = encoder_.get();
  opus_encoder_ctl(encoder, OPUS_SET_BITRATE(32000));
  opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(5));
  opus_encoder_ctl(encoder, OPUS_SET_INBAND_FEC(1));
  opus_encoder_ctl(encoder, OPUS_SET_PACKET_LOSS_PERC(5));
}

SoundEncoder::~SoundEncoder() = default;

gst::BufferPtr SoundEncoder::encode(std::uint64_t number, SoundBlock block, std::chrono::nanoseconds running_time,
                                    const SoundHistory& history) {
  std::array<std::uint8_t, largest_packet> packet;
  const auto encode_one = [&](SoundBlock samples) {
    return opus_encode(encoder_.get(), samples.data(), static_cast<int>(samples.size()), packet.data(), packet.size());
  };
  if (number != next_number_) {
    opus_encoder_ctl(encoder_.get(), OPUS_RESET_STATE);
    for (const auto& past : history.blocks()) encode_one(past);
  }
  next_number_ = number + 1;
  const opus_int32 length = encode_one(block);
  assert(length > 0);
  gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, static_cast<gsize>(length), nullptr));
  gst_buffer_fill(buffer.get(), 0, packet.data(), static_cast<gsize>(length));
  GST_BUFFER_PTS(buffer.get()) = static_cast<GstClockTime>(running_time.count());
  GST_BUFFER_DURATION(buffer.get()) = 20 * GST_MSECOND;
  return buffer;
}

}  // namespace rollcall::mcu::encode
