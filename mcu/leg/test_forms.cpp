#include "mcu/leg/test_forms.h"

#include <opus/opus.h>

#include <algorithm>

namespace rollcall::mcu::leg::test {
namespace {

constexpr std::size_t most_payload = 1150;
constexpr int most_samples = 2 * 5760;
constexpr int lost_samples = 960;

std::int16_t from_mulaw(std::uint8_t byte) {
  byte = static_cast<std::uint8_t>(~byte);
  const int magnitude = ((((byte & 0x0f) << 3) + 0x84) << ((byte >> 4) & 7)) - 0x84;
  return static_cast<std::int16_t>((byte & 0x80) != 0 ? -magnitude : magnitude);
}

}  // namespace

gst::PicturePtr packetize(std::span<const std::uint8_t> frame, bool key, std::chrono::nanoseconds running_time) {
  auto picture = std::make_shared<gst::PacketizedPicture>();
  picture->key = key;
  picture->running_time = running_time;
  while (!frame.empty()) {
    const auto payload = frame.first(std::min(most_payload, frame.size()));
    picture->bytes.push_back(picture->ends.empty() ? 0x10 : 0);
    picture->bytes.insert(picture->bytes.end(), payload.begin(), payload.end());
    picture->ends.push_back(picture->bytes.size());
    frame = frame.subspan(payload.size());
  }
  return picture;
}

SampleDecoder::SampleDecoder() : opus_(opus_decoder_create(48000, 1, nullptr)) {}

SampleDecoder::~SampleDecoder() {
  opus_decoder_destroy(opus_);
}

std::span<const std::int16_t> SampleDecoder::decode(const gst::SoundPacket& packet) {
  samples_.clear();
  if (packet.coding == gst::Coding::opus) {
    samples_.resize(static_cast<std::size_t>(most_samples));
    int count = 0;
    if (packet.sequence == next_ + 1 && next_ != 0) {
      count = std::max(0, opus_decode(opus_, packet.payload.data(), static_cast<int>(packet.payload.size()),
                                      samples_.data(), lost_samples, 1));
    }
    count += std::max(0, opus_decode(opus_, packet.payload.data(), static_cast<int>(packet.payload.size()),
                                     samples_.data() + count, most_samples - count, 0));
    next_ = packet.sequence + 1;
    samples_.resize(static_cast<std::size_t>(count));
  } else if (packet.coding == gst::Coding::pcmu) {
    for (const auto byte : packet.payload) {
      samples_.insert(samples_.end(), 6, from_mulaw(byte));
    }
  }
  return samples_;
}

}  // namespace rollcall::mcu::leg::test
