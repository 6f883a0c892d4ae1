#include "mcu/voice/voice.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rollcall::mcu::voice {
namespace {

constexpr std::size_t most_waiting = 200;        // packets; the tick has not come for seconds
constexpr std::uint64_t sequence_jump = 1000;    // back by so much: not late, another stream
constexpr Samples hopeless = 160 * millisecond;  // too much or too little delay: set right at once
constexpr double lossy = 0.02;                   // worth waiting for the copy in the next packet
constexpr Samples kept_past = 200 * millisecond;

}  // namespace

void Voice::put(const gst::SoundPacket& arrived) {
  const std::optional<Samples> duration = duration_of(arrived.coding, arrived.payload);
  if (!duration) {
    const std::lock_guard lock(entrance_.mutex);
    ++entrance_.refused;
    return;
  }
  Packet& packet = entrance_.packet;
  unwrap(arrived);
  packet.coding = arrived.coding;
  packet.sequence = arrived.sequence;
  packet.duration = *duration;
  packet.arrived = samples_of(arrived.arrived);
  packet.line = entrance_.line;
  packet.loudness = loudness_of(arrived.coding, arrived.payload, arrived.level);
  packet.pause_follows = arrived.coding == gst::Coding::opus && arrived.payload.size() <= 2;
  packet.payload.assign(arrived.payload.begin(), arrived.payload.end());
  const std::lock_guard lock(entrance_.mutex);
  if (entrance_.count == most_waiting) entrance_.count = 0;
  if (entrance_.count == entrance_.waiting.size()) entrance_.waiting.emplace_back();
  std::swap(entrance_.waiting[entrance_.count++], packet);
}

/// RTP's 32 bits to a time that never wraps; another codec clock or a jump back of the numbers begins another line.
void Voice::unwrap(const gst::SoundPacket& arrived) {
  Entrance& at = entrance_;
  const int scale = samples_per_tick(arrived.coding);
  const bool same_clock = at.last && samples_per_tick(at.last->coding) == scale;
  if (!same_clock || arrived.sequence + sequence_jump < at.newest) {
    ++at.line;
    at.last_ticks = arrived.timestamp;
    at.newest = arrived.sequence;
  } else {
    at.last_ticks += static_cast<std::int32_t>(arrived.timestamp - at.last->timestamp);
  }
  at.newest = std::max(at.newest, arrived.sequence);
  at.last = arrived;
  at.last->payload = {};
  at.packet.begin = at.last_ticks * scale;
}

Coming Voice::advance(Time now) {
  if (playback_.playing() && !decoded_) playback_.end();
  point_ = playback_.playing() ? playback_.position() : point_ + block;
  decoded_ = false;
  collect();
  if (!arrival_.started()) return {};
  align(samples_of(now));
  packets_.forget_before(point_);
  return coming();
}

void Voice::collect() {
  std::size_t count = 0;
  {
    const std::lock_guard lock(entrance_.mutex);
    std::swap(entrance_.waiting, collected_);
    count = std::exchange(entrance_.count, 0);
    figures_.refused = entrance_.refused;
  }
  for (std::size_t i = 0; i < count; ++i) take(collected_[i]);
}

void Voice::take(Packet& packet) {
  ++figures_.packets;
  if (packet.line != std::exchange(line_, packet.line)) {
    arrival_.forget();
    restart();
  }
  if (arrival_.learn(packet.begin, packet.arrived)) restart();
  notice_loss(packet.sequence);
  if (playback_.playing() && packet.end() <= point_) ++figures_.late;
  if (playback_.playing() && packet.end() <= point_ - kept_past) return;
  Packet kept = packets_.blank();
  std::swap(kept, packet);
  packets_.insert(std::move(kept));
}

void Voice::restart() {
  ++figures_.restarts;
  packets_.clear();
  playback_.end();
  newest_ = 0;
}

void Voice::notice_loss(std::uint64_t sequence) {
  constexpr double weight = 0.01;
  constexpr std::uint64_t most_lost = 50;  // more is no network's loss
  const std::uint64_t before = std::exchange(newest_, std::max(newest_, sequence));
  if (before != 0 && sequence < before) loss_ = std::max(0.0, loss_ - weight);  // was not lost but late
  if (before == 0 || sequence <= before) return;
  const std::uint64_t lost = std::min(sequence - before - 1, most_lost);
  for (std::uint64_t i = 0; i < lost; ++i) loss_ += weight * (1 - loss_);
  loss_ -= weight * loss_;
}

/// Where blocks may lie against packets: the greatest step that both keep.
Samples Voice::phase(Samples point) const {
  const Packet* packet = packets_.newest();
  if (packet == nullptr) return 0;
  const Samples step = std::gcd(block, packet->duration);
  return ((point - packet->begin) % step + step) % step;
}

/// The last point at or before this one at which blocks begin where packets do.
Samples Voice::in_step(Samples point) const {
  return point - phase(point);
}

/// The delay at which a block from `point` on is complete in time: what the network holds up, and the wait for the
/// packet in which the block ends.
Samples Voice::needed(Samples point) const {
  Samples wait = 0;
  if (const Packet* packet = packets_.newest()) {
    const Samples step = std::gcd(block, packet->duration);
    const Samples into_packet = phase(point);
    wait = block - (into_packet == 0 ? step : into_packet);
  }
  const Packet* newest = packets_.newest();
  const bool wait_for_copy = loss_ > lossy && newest != nullptr && newest->coding == gst::Coding::opus;
  return std::min(arrival_.reserve() + (wait_for_copy ? newest->duration : 0), Arrival::most_reserve) + wait;
}

/// Sees to it that the delay is what it should be: at once where nobody hears it, else by a wish to the playback.
void Voice::align(Samples now) {
  const auto excess = [&](Samples point) { return now - arrival_.base() - point - needed(point); };
  excess_ = excess(point_);
  const bool free = !playback_.playing() || playback_.pausing();
  if (free ? excess_ < 0 || excess_ > block : excess_ < -hopeless || excess_ > hopeless) {
    const Samples in_time = now - arrival_.base();
    const Samples best = in_step(in_time - needed(in_step(in_time)));
    if (!free) ++figures_.jumps;
    move_to(best);
    excess_ = excess(point_);
  }
  figures_.delay = now - arrival_.base() - point_;
  figures_.wanted = needed(point_);
}

void Voice::move_to(Samples point) {
  // What comes after a pause is not skipped, however late it is; there will be another pause to become faster in.
  if (playback_.playing() && playback_.pausing()) {
    const Packet* next = packets_.after(point_ - 1);
    if (next != nullptr && point - next->begin < hopeless) point = std::min(point, next->begin);
  }
  point_ = point;
  if (playback_.playing()) playback_.begin(packets_, point_);
}

Coming Voice::coming() const {
  const Packet* packet = packets_.at(point_);
  // What already waits behind it counts too, so that he who begins to speak has his seat a block earlier.
  const Packet* next = packets_.at(point_ + block);
  if ((packet != nullptr && !packet->loudness) || (next != nullptr && !next->loudness)) return {std::nullopt};
  return {std::max(packet != nullptr ? *packet->loudness : 0, next != nullptr ? *next->loudness : 0)};
}

void Voice::decode(Block& block) {
  decoded_ = true;
  if (!playback_.playing()) playback_.begin(packets_, point_);
  playback_.give(packets_, excess_, block);
}

VoiceFigures Voice::figures() const {
  VoiceFigures figures = figures_;
  figures.playback = playback_.figures();
  return figures;
}

}  // namespace rollcall::mcu::voice
