#include "mcu/rtp/packet_ring.h"

#include <bit>
#include <utility>

namespace rollcall::mcu::rtp {
namespace {

constexpr std::size_t most_pooled = 64;

}  // namespace

PacketRing::PacketRing(std::size_t least) : mask_(std::bit_ceil(least) - 1) {}

PacketRing::Slot& PacketRing::take(std::int64_t sequence) {
  if (slots_.empty()) {
    slots_.resize(mask_ + 1);
  }
  Slot& slot = at(sequence);
  clear(slot);
  return slot;
}

void PacketRing::miss(std::int64_t sequence, Time now) {
  Slot& slot = take(sequence);
  slot.state = Slot::State::missing;
  slot.since = now;
  slot.nacks = 0;
}

void PacketRing::hold(std::int64_t sequence, const Packet& packet, Time now) {
  Slot& slot = take(sequence);
  if (!pool_.empty()) {
    slot.bytes = std::move(pool_.back());
    pool_.pop_back();
  }
  slot.state = Slot::State::held;
  slot.since = now;
  slot.header = packet.header;
  slot.profile = packet.profile;
  slot.extensions = packet.extensions.size();
  slot.bytes.assign(packet.extensions.begin(), packet.extensions.end());
  slot.bytes.insert(slot.bytes.end(), packet.payload.begin(), packet.payload.end());
  held_bytes_ += slot.bytes.size();
}

Packet PacketRing::view(const Slot& slot) {
  const Bytes bytes = slot.bytes;
  return {.header = slot.header,
          .profile = slot.profile,
          .extensions = bytes.first(slot.extensions),
          .payload = bytes.subspan(slot.extensions)};
}

void PacketRing::clear(Slot& slot) {
  if (slot.state == Slot::State::held) {
    held_bytes_ -= slot.bytes.size();
    if (pool_.size() < most_pooled) {
      pool_.push_back(std::move(slot.bytes));
    }
    slot.bytes = {};
  }
  slot.state = Slot::State::free;
}

}  // namespace rollcall::mcu::rtp
