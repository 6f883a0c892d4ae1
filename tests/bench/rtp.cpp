#include "tests/bench/rtp.h"

#include <algorithm>

namespace rollcall::bench {
namespace {

constexpr std::size_t largest = 1100;

void cut_vp8(Payloads& out, Bytes data) {
  for (std::size_t at = 0; at < data.size(); at += largest) {
    const auto part = data.subspan(at, std::min(largest, data.size() - at));
    std::vector<std::uint8_t> payload{static_cast<std::uint8_t>(at == 0 ? 0x10 : 0x00)};
    payload.insert(payload.end(), part.begin(), part.end());
    out.push_back(std::move(payload));
  }
}

void cut_nal(Payloads& out, Bytes nal) {
  if (nal.size() <= largest) {
    out.emplace_back(nal.begin(), nal.end());
    return;
  }
  const auto indicator = static_cast<std::uint8_t>((nal[0] & 0xe0) | 28);
  for (std::size_t at = 1; at < nal.size(); at += largest) {
    const auto part = nal.subspan(at, std::min(largest, nal.size() - at));
    const int flags = (at == 1 ? 0x80 : 0) | (at + largest >= nal.size() ? 0x40 : 0);
    std::vector<std::uint8_t> payload{indicator, static_cast<std::uint8_t>((nal[0] & 0x1f) | flags)};
    payload.insert(payload.end(), part.begin(), part.end());
    out.push_back(std::move(payload));
  }
}

std::size_t start_code(Bytes data, std::size_t from) {
  for (std::size_t at = from; at + 3 <= data.size(); ++at)
    if (data[at] == 0 && data[at + 1] == 0 && data[at + 2] == 1) return at;
  return data.size();
}

void cut_h264(Payloads& out, Bytes data) {
  for (std::size_t at = start_code(data, 0); at < data.size();) {
    const std::size_t next = start_code(data, at + 3);
    std::size_t end = next;
    while (end > at + 3 && data[end - 1] == 0) --end;  // the fourth byte of a long start code
    if (end > at + 3) cut_nal(out, data.subspan(at + 3, end - at - 3));
    at = next;
  }
}

void put_extension(std::vector<std::uint8_t>& packet, int id, std::initializer_list<int> bytes) {
  packet.push_back(static_cast<std::uint8_t>(id << 4 | (static_cast<int>(bytes.size()) - 1)));
  for (const int byte : bytes) packet.push_back(static_cast<std::uint8_t>(byte));
}

void put_extensions(std::vector<std::uint8_t>& packet, const Header& header) {
  const auto begin = packet.size();
  put32(packet, 0xbede0000);
  if (header.level_id != 0) put_extension(packet, header.level_id, {header.level | (header.level < 60 ? 0x80 : 0)});
  if (header.mid_id != 0) put_extension(packet, header.mid_id, {header.mid});
  if (header.rid_id != 0) put_extension(packet, header.rid_id, {header.rid});
  if (header.twcc_id != 0) put_extension(packet, header.twcc_id, {header.twcc >> 8, header.twcc & 0xff});
  while ((packet.size() - begin) % 4 != 0) packet.push_back(0);
  packet[begin + 3] = static_cast<std::uint8_t>((packet.size() - begin) / 4 - 1);
}

/// Of a one-byte extension block (RFC 8285 §4.2).
std::optional<std::uint16_t> find_twcc(Bytes block, int id) {
  for (std::size_t at = 0; at < block.size();) {
    if (block[at] == 0) {
      ++at;
      continue;
    }
    const std::size_t length = (block[at] & 0xf) + 1U;
    if (block[at] >> 4 == id && length == 2 && at + 3 <= block.size()) return read16(block, at + 1);
    at += 1 + length;
  }
  return std::nullopt;
}

}  // namespace

Payloads cut(const Frame& frame, Packing packing) {
  Payloads out;
  switch (packing) {
    case Packing::opus:
      if (!frame.data.empty()) out.push_back(frame.data);
      break;
    case Packing::vp8:
      cut_vp8(out, frame.data);
      break;
    case Packing::h264:
      cut_h264(out, frame.data);
      break;
  }
  return out;
}

void write(std::vector<std::uint8_t>& packet, const Header& header, Bytes payload) {
  const bool extended = header.level_id != 0 || header.mid_id != 0 || header.rid_id != 0 || header.twcc_id != 0;
  packet.push_back(extended ? 0x90 : 0x80);
  packet.push_back(static_cast<std::uint8_t>(header.payload_type | (header.marker ? 0x80 : 0)));
  put16(packet, header.sequence);
  put32(packet, header.timestamp);
  put32(packet, header.ssrc);
  if (extended) put_extensions(packet, header);
  packet.insert(packet.end(), payload.begin(), payload.end());
}

std::optional<Seen> look_at(Bytes packet, int twcc_id) {
  if (packet.size() < 12 || packet[0] >> 6 != 2) return std::nullopt;
  Seen seen{packet[1] & 0x7f, (packet[1] & 0x80) != 0, read16(packet, 2), read32(packet, 4), read32(packet, 8)};
  std::size_t head = 12 + 4U * (packet[0] & 0xf);
  if ((packet[0] & 0x10) != 0) {
    if (packet.size() < head + 4) return std::nullopt;
    const std::size_t length = 4U * read16(packet, head + 2);
    if (packet.size() < head + 4 + length) return std::nullopt;
    if (twcc_id != 0 && read16(packet, head) == 0xbede)
      seen.twcc = find_twcc(packet.subspan(head + 4, length), twcc_id);
    head += 4 + length;
  }
  const std::size_t padding = (packet[0] & 0x20) != 0 ? packet.back() : 0;
  if (head + padding > packet.size()) return std::nullopt;
  seen.payload = packet.subspan(head, packet.size() - head - padding);
  return seen;
}

bool begins_key_frame(Bytes payload, Packing packing) {
  if (packing == Packing::h264) {
    if (payload.empty()) return false;
    const int type = payload[0] & 0x1f;
    // A sequence parameter set, alone or first in an aggregate (RFC 6184 §5.7.1), goes before each key frame only.
    return type == 7 || (type == 24 && payload.size() > 3 && (payload[3] & 0x1f) == 7);
  }
  if (packing != Packing::vp8 || payload.empty() || (payload[0] & 0x17) != 0x10) return false;
  std::size_t head = 1;
  if ((payload[0] & 0x80) != 0 && payload.size() > 2) {
    const int flags = payload[1];
    head += 1;
    if ((flags & 0x80) != 0) head += (payload[2] & 0x80) != 0 ? 2 : 1;
    if ((flags & 0x40) != 0) head += 1;
    if ((flags & 0x30) != 0) head += 1;
  }
  return head < payload.size() && (payload[head] & 1) == 0;
}

}  // namespace rollcall::bench
