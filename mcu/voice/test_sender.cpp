#include "mcu/voice/test_sender.h"

#include <opus/opus.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <utility>

#include "mcu/voice/packet.h"

// spandsp's headers want to come last, and in this order.
#include <spandsp/telephony.h>

#include <spandsp/bit_operations.h>
#include <spandsp/g711.h>
#include <spandsp/g722.h>

namespace rollcall::mcu::voice {
namespace {

constexpr double circle = 2 * std::numbers::pi;
constexpr double way_ms = 30;

Time time_of(double ms) {
  return Time(std::chrono::nanoseconds(static_cast<std::int64_t>(ms * 1e6)));
}

/// As RFC 6464 says it.
int loudness_of(const Signal& signal, Samples begin, Samples length) {
  constexpr Samples samples = 40;
  double sum = 0;
  for (Samples i = 0; i < samples; ++i) sum += std::pow(signal(begin + i * length / samples), 2);
  const double loud = std::sqrt(sum / samples);
  return loud > 1e-6 ? std::clamp(static_cast<int>(-20 * std::log10(loud)), 0, 127) : 127;
}

}  // namespace

Signal tone(double frequency, double loudness) {
  return [=](Samples at) { return loudness * std::sin(circle * frequency * static_cast<double>(at) / sample_rate); };
}

Signal syllables(double loudness) {
  return [=](Samples at) {
    const double second = std::fmod(static_cast<double>(at) / sample_rate, 1.0);
    if (second >= 0.5) return 0.0;
    const double envelope = std::sin(circle * second);
    double sum = 0;
    for (int overtone = 1; overtone <= 12; ++overtone)
      sum += std::sin(circle * 140 * overtone * static_cast<double>(at) / sample_rate) / overtone;
    return loudness * envelope * sum / 2;
  };
}

void TestEncoder::Destroy::operator()(OpusEncoder* encoder) const {
  opus_encoder_destroy(encoder);
}
void TestEncoder::Destroy::operator()(g722_encode_state_s* encoder) const {
  g722_encode_free(encoder);
}

TestEncoder::TestEncoder(gst::Coding coding, bool fec, bool dtx) : coding_(coding) {
  int error = 0;
  opus_.reset(opus_encoder_create(sample_rate, 1, OPUS_APPLICATION_VOIP, &error));
  opus_encoder_ctl(opus_.get(), OPUS_SET_BITRATE(32000));
  opus_encoder_ctl(opus_.get(), OPUS_SET_COMPLEXITY(2));
  opus_encoder_ctl(opus_.get(), OPUS_SET_INBAND_FEC(fec ? 1 : 0));
  opus_encoder_ctl(opus_.get(), OPUS_SET_PACKET_LOSS_PERC(fec ? 20 : 0));
  opus_encoder_ctl(opus_.get(), OPUS_SET_DTX(dtx ? 1 : 0));
  g722_.reset(g722_encode_init(nullptr, 64000, 0));
}

TestEncoder::~TestEncoder() = default;

std::vector<std::uint8_t> TestEncoder::encode(const Signal& signal, Samples begin, Samples length) {
  const Samples step = coding_ == gst::Coding::opus ? 1 : coding_ == gst::Coding::g722 ? 3 : 6;
  std::vector<std::int16_t> sound;
  for (Samples at = begin; at < begin + length; at += step)
    sound.push_back(static_cast<std::int16_t>(std::lround(32767 * signal(at))));
  std::vector<std::uint8_t> payload(4000);
  if (coding_ == gst::Coding::opus) {
    const int size = opus_encode(opus_.get(), sound.data(), static_cast<int>(sound.size()), payload.data(), 4000);
    payload.resize(static_cast<std::size_t>(std::max(size, 0)));
  } else if (coding_ == gst::Coding::g722) {
    payload.resize(sound.size() / 2);
    g722_encode(g722_.get(), payload.data(), sound.data(), static_cast<int>(sound.size()));
  } else {
    payload.resize(sound.size());
    std::transform(sound.begin(), sound.end(), payload.begin(), [&](int sample) {
      return coding_ == gst::Coding::pcmu ? linear_to_ulaw(sample) : linear_to_alaw(sample);
    });
  }
  return payload;
}

gst::SoundPacket TestStream::next(bool quiet) {
  payload_ = encoder_.encode(quiet ? tone(440, 0) : signal_, spoken_, block);
  gst::SoundPacket packet;
  packet.sequence = sequence_++;
  packet.timestamp = static_cast<std::uint32_t>(spoken_);
  packet.payload = payload_;
  packet.level = quiet ? 127 : loudness_of(signal_, spoken_, block);
  packet.arrived = std::chrono::steady_clock::now();
  spoken_ += block;
  return packet;
}

TestCall::TestCall(Settings settings)
    : settings_(std::move(settings)),
      encoder_(std::make_unique<TestEncoder>(settings_.coding, settings_.fec, settings_.dtx)),
      next_tick_ms_(now_ms_ + settings_.phase_ms) {}

void TestCall::change_coding(gst::Coding coding) {
  settings_.coding = coding;
  encoder_ = std::make_unique<TestEncoder>(coding, settings_.fec, settings_.dtx);
}

void TestCall::jump(std::uint32_t timestamp, std::uint64_t sequence) {
  timestamp_ = timestamp;
  sequence_ = sequence;
}

void TestCall::run(double seconds, bool listening) {
  const double end = now_ms_ + 1000 * seconds;
  for (; next_tick_ms_ < end; next_tick_ms_ += 20) {
    now_ms_ = next_tick_ms_;
    send_until(now_ms_);
    deliver(now_ms_);
    loudness.push_back(voice.advance(time_of(now_ms_)).loudness);
    if (!listening) continue;
    Block block;
    voice.decode(block);
    heard.insert(heard.end(), block.begin(), block.end());
  }
  now_ms_ = end;
}

void TestCall::deliver_until(double time_ms) {
  now_ms_ = time_ms;
  send_until(time_ms);
  deliver(time_ms);
}

void TestCall::stall(double seconds) {
  now_ms_ += 1000 * seconds;
  send_until(now_ms_);
  deliver(now_ms_, now_ms_);
  while (next_tick_ms_ < now_ms_) next_tick_ms_ += 20;
}

void TestCall::send_until(double time_ms) {
  const double rate = 1 / (1 + settings_.fast_ppm * 1e-6);
  const auto sent_at = [&] {
    return 1000 + paused_ms_ + static_cast<double>(spoken_) / millisecond * rate + settings_.frame_us / 1000.0;
  };
  while (sent_at() <= time_ms) send_one();
}

void TestCall::send_one() {
  const Samples length = Samples{settings_.frame_us} * sample_rate / 1000000;
  const double rate = 1 / (1 + settings_.fast_ppm * 1e-6);
  Sent sent;
  sent.payload = encoder_->encode(settings_.signal, spoken_, length);
  spoken_ += length;
  const double left = 1000 + paused_ms_ + static_cast<double>(spoken_) / millisecond * rate;
  if (settings_.says_level) sent.packet.level = loudness_of(settings_.signal, spoken_ - length, length);
  sent.packet.coding = settings_.coding;
  sent.packet.timestamp = timestamp_;
  timestamp_ += static_cast<std::uint32_t>(length / samples_per_tick(settings_.coding));
  const bool quiet = settings_.dtx && sent.payload.size() <= 2;
  const bool was_quiet = std::exchange(quiet_, quiet);
  if (quiet && was_quiet) return;  // the first of a pause is sent
  sent.packet.sequence = sequence_++;
  const std::optional<double> late = settings_.network(number_++);
  if (!late) return;
  sent.arrives_ms = left + way_ms + *late;
  under_way_.push_back(std::move(sent));
}

void TestCall::deliver(double until_ms, std::optional<double> stamped_ms) {
  std::stable_sort(under_way_.begin(), under_way_.end(),
                   [](const Sent& one, const Sent& other) { return one.arrives_ms < other.arrives_ms; });
  auto next = under_way_.begin();
  for (; next != under_way_.end() && next->arrives_ms <= until_ms; ++next) {
    next->packet.payload = next->payload;
    next->packet.arrived = time_of(stamped_ms.value_or(next->arrives_ms));
    voice.put(next->packet);
  }
  under_way_.erase(under_way_.begin(), next);
}

double share_of(double frequency, const std::vector<std::int16_t>& sound, std::size_t begin, std::size_t end) {
  end = std::min(end, sound.size());
  double sine = 0, cosine = 0;
  for (std::size_t i = begin; i < end; ++i) {
    const double angle = circle * frequency * static_cast<double>(i) / sample_rate;
    sine += sound[i] * std::sin(angle);
    cosine += sound[i] * std::cos(angle);
  }
  return std::sqrt(2.0) * std::hypot(sine, cosine) / static_cast<double>(end - begin);
}

int worst_click(double frequency, const std::vector<std::int16_t>& sound, std::size_t begin) {
  // A tone satisfies x[n+1] = 2 cos(w) x[n] - x[n-1].
  const double twice = 2 * std::cos(circle * frequency / sample_rate);
  int worst = 0;
  for (std::size_t i = begin + 2; i < sound.size(); ++i)
    worst = std::max(worst, static_cast<int>(std::abs(sound[i] - twice * sound[i - 1] + sound[i - 2])));
  return worst;
}

}  // namespace rollcall::mcu::voice
