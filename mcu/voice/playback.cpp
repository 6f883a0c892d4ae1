#include "mcu/voice/playback.h"

#include <algorithm>
#include <cassert>

#include "mcu/voice/time_scale.h"

namespace rollcall::mcu::voice {
namespace {

constexpr Samples longest_wait = 100 * millisecond;
constexpr Samples longest_bridge = 60 * millisecond;   // of lost sound made up; more would be an invention
constexpr Samples too_much = block + 5 * millisecond;  // less than a block is the play between packets and ticks
constexpr Samples rest_per_change = 50;                // so nobody is played more than 2 % faster or slower
constexpr std::size_t soft_start = 5 * millisecond;

}  // namespace

void Playback::begin(const PacketQueue& packets, Samples point) {
  decoder_.reset();
  ready_.clear();
  const Packet* first = packets.at(point);
  next_ = first != nullptr ? first->begin : point;
  for (const Packet* packet : packets.leading_to(next_)) play(*packet);
  ready_.clear();
  const Packet* before = packets.before(next_);
  if (before != nullptr)
    sequence_ = before->sequence;
  else if (first != nullptr)
    sequence_ = first->sequence - 1;
  next_ = first != nullptr ? first->begin : point;
  waited_ = bridged_ = since_change_ = rest_ = 0;
  playing_ = true;
  pausing_ = first == nullptr;
  pause_announced_ = faded_ = first == nullptr;
  if (first == nullptr) return;
  const auto skipped = static_cast<std::size_t>(point - first->begin);
  fill(packets, skipped + soft_start);
  ready_.erase(ready_.begin(), ready_.begin() + static_cast<std::ptrdiff_t>(skipped));
  fade_in(std::span(ready_).first(soft_start));
}

void Playback::give(const PacketQueue& packets, Samples excess, Block& block) {
  assert(playing_);
  fill(packets, block_samples);
  change_delay(packets, excess);
  const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(block_samples);
  std::copy(ready_.begin(), end, block.begin());
  ready_.erase(ready_.begin(), end);
  since_change_ += voice::block;
  gave_silence_ = root_mean_square(block) < audible;
}

void Playback::fill(const PacketQueue& packets, std::size_t samples) {
  while (ready_.size() < samples) produce(packets);
}

void Playback::produce(const PacketQueue& packets) {
  if (const Packet* packet = packets.at(next_)) return play(*packet);
  if (const Packet* next = packets.after(next_)) return cross(*next);
  wait();
}

void Playback::play(const Packet& packet) {
  const std::size_t before = ready_.size();
  decoder_.decode(packet, ready_);
  ++figures_.decoded;
  const Samples overlap = std::clamp<Samples>(next_ - packet.begin, 0, packet.duration);
  const auto begin = ready_.begin() + static_cast<std::ptrdiff_t>(before);
  ready_.erase(begin, begin + static_cast<std::ptrdiff_t>(overlap));
  next_ = packet.end();
  sequence_ = packet.sequence;
  pause_announced_ = packet.pause_follows;
  waited_ = bridged_ = 0;
  pausing_ = faded_ = false;
}

/// From `next_` to where `next` begins: a pause if no packet is missing between, else something is lost.
void Playback::cross(const Packet& next) {
  if (next.sequence == sequence_ + 1) {
    waited_ = 0;
    return be_silent(std::min(next.begin - next_, block));
  }
  const Samples made_up = std::min(next.begin - next_, waited_);
  waited_ -= made_up;
  next_ += made_up;  // has been heard already, after a fashion
  const Samples hole = next.begin - next_;
  if (hole == 0) return;
  if (hole <= block && bridged_ < longest_bridge) {
    decoder_.recover(next, hole, ready_);
    ++figures_.recovered;
    next_ += hole;
  } else if (bridged_ < longest_bridge) {
    const Samples part = std::min(hole - block, block);
    decoder_.conceal(part, ready_);
    figures_.concealed += static_cast<std::uint64_t>(part);
    bridged_ += part;
    next_ += part;
  } else {
    be_silent(std::min(hole, block));
  }
}

void Playback::wait() {
  if (pause_announced_ || waited_ >= longest_wait) {
    pausing_ = true;
    return be_silent(block);
  }
  decoder_.conceal(block, ready_);
  figures_.concealed += static_cast<std::uint64_t>(block);
  waited_ += block;
}

void Playback::be_silent(Samples length) {
  const std::size_t before = ready_.size();
  if (!faded_) {
    decoder_.conceal(length, ready_);
    fade_out(std::span(ready_).subspan(before));
  } else {
    ready_.resize(before + static_cast<std::size_t>(length), 0);
  }
  faded_ = true;
  next_ += length;
}

void Playback::change_delay(const PacketQueue& packets, Samples excess) {
  if (pausing_) return;
  if (excess >= too_much) shrink(packets);
  if (excess < 0) grow();
}

bool Playback::starts_silent() const {
  return root_mean_square(std::span(ready_).first(block_samples)) < audible;
}

void Playback::shrink(const PacketQueue& packets) {
  while (ready_.size() < 2 * block_samples) {
    if (packets.at(next_) == nullptr) return;  // nothing to look ahead into
    produce(packets);
  }
  std::size_t shorter = 0;
  if (gave_silence_ && starts_silent()) {
    shorter = block_samples;
    ready_.erase(ready_.begin(), ready_.begin() + block);
  } else if (since_change_ >= rest_) {
    shorter = shorten(ready_);
    since_change_ = 0;
    rest_ = static_cast<Samples>(shorter) * rest_per_change;
  }
  figures_.shortened += shorter;
}

void Playback::grow() {
  std::size_t longer = 0;
  if (gave_silence_ && starts_silent()) {
    longer = block_samples;
    ready_.insert(ready_.begin(), block_samples, 0);
  } else if (since_change_ >= rest_) {
    longer = lengthen(ready_);
    since_change_ = 0;
    rest_ = static_cast<Samples>(longer) * rest_per_change;
  }
  figures_.lengthened += longer;
}

}  // namespace rollcall::mcu::voice
