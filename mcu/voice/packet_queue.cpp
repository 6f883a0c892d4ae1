#include "mcu/voice/packet_queue.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::voice {

Packet PacketQueue::blank() {
  if (spare_.empty()) return {};
  Packet packet = std::move(spare_.back());
  spare_.pop_back();
  return packet;
}

void PacketQueue::retire(Packet&& packet) {
  constexpr std::size_t most_spare = 8;
  if (spare_.size() < most_spare) spare_.push_back(std::move(packet));
}

bool PacketQueue::insert(Packet&& packet) {
  auto place = packets_.end();
  while (place != packets_.begin() && std::prev(place)->sequence > packet.sequence) --place;
  if (place != packets_.begin() && std::prev(place)->sequence == packet.sequence) {
    retire(std::move(packet));
    return false;
  }
  packets_.insert(place, std::move(packet));
  if (packets_.size() > most_packets) {
    retire(std::move(packets_.front()));
    packets_.pop_front();
  }
  return true;
}

void PacketQueue::forget_before(Samples point) {
  while (packets_.size() > kept_packets && packets_[kept_packets].end() <= point) {
    retire(std::move(packets_.front()));
    packets_.pop_front();
  }
}

void PacketQueue::clear() {
  for (Packet& packet : packets_) retire(std::move(packet));
  packets_.clear();
}

const Packet* PacketQueue::at(Samples point) const {
  for (const Packet& packet : packets_)
    if (packet.begin <= point && point < packet.end()) return &packet;
  return nullptr;
}

const Packet* PacketQueue::after(Samples point) const {
  for (const Packet& packet : packets_)
    if (packet.begin > point) return &packet;
  return nullptr;
}

const Packet* PacketQueue::before(Samples point) const {
  const Packet* last = nullptr;
  for (const Packet& packet : packets_)
    if (packet.end() <= point) last = &packet;
  return last;
}

std::vector<const Packet*> PacketQueue::leading_to(Samples point) const {
  std::vector<const Packet*> leading;
  for (auto packet = packets_.rbegin(); packet != packets_.rend() && leading.size() < kept_packets; ++packet) {
    if (packet->end() > point) continue;
    if (packet->end() != point) break;
    leading.push_back(&*packet);
    point = packet->begin;
  }
  std::reverse(leading.begin(), leading.end());
  return leading;
}

}  // namespace rollcall::mcu::voice
