// H.261 and H.263, which begin and end within octets.
#include "mcu/leg/frame_assembler.h"

namespace rollcall::mcu::leg {
namespace {

using rtp::Bytes;

/// `count` bits from the `first`; what lies beyond the end is zero.
unsigned bits(Bytes bytes, std::size_t first, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = first; i < first + count; ++i) {
    const unsigned octet = i / 8 < bytes.size() ? bytes[i / 8] : 0;
    value = value << 1 | (octet >> (7 - i % 8) & 1U);
  }
  return value;
}

/// H.263 §5.1: a picture's start code, behind `skipped` bits.
bool begins_h263(Bytes bytes, std::size_t skipped) {
  return bits(bytes, skipped, 22) == 0x20;
}

/// H.263 §5.1.3 and §5.1.4: PTYPE, or PLUSPTYPE where the size does not stand in it.
bool is_intra_h263(Bytes bytes, std::size_t start) {
  const auto format = bits(bytes, start + 35, 3);
  if (format != 7) {
    return bits(bytes, start + 38, 1) == 0;
  }
  const bool with_options = bits(bytes, start + 38, 3) == 1;
  return bits(bytes, start + (with_options ? 59 : 41), 3) == 0;
}

}  // namespace

bool FrameAssembler::append_bits(Bytes bytes, int not_first, int not_last) {
  auto& all = picture_.bytes;
  if (!all.empty()) {
    all.back() = static_cast<std::uint8_t>(all.back() & (0xff << open_bits_));
  }
  open_bits_ = not_last;
  if (not_first == 0 || bytes.empty()) {
    return append(bytes);
  }
  const auto shared = static_cast<std::uint8_t>(bytes[0] & (0xff >> not_first));
  if (all.empty()) {
    all.push_back(shared);
  } else {
    all.back() = static_cast<std::uint8_t>(all.back() | shared);
  }
  return append(bytes.subspan(1));
}

/// RFC 2190 §5: three kinds of header.
bool FrameAssembler::add_h263(Bytes payload) {
  const bool within_group = (payload[0] & 0x80) != 0;
  const bool with_b = (payload[0] & 0x40) != 0;
  std::size_t header = 4;
  if (within_group) {
    header = with_b ? 12 : 8;
  }
  if (payload.size() <= header) {
    return false;
  }
  const int skipped = payload[0] >> 3 & 7;
  const auto body = payload.subspan(header);
  if (!begun_) {
    const auto start = static_cast<std::size_t>(skipped);
    if (!begins_h263(body, start)) {
      return false;
    }
    begun_ = true;
    picture_.key = is_intra_h263(body, start);
  }
  return append_bits(body, skipped, payload[0] & 7);
}

/// RFC 4629 §5.1.
bool FrameAssembler::add_h263_1998(Bytes payload) {
  if (payload.size() < 3) {
    return false;
  }
  const bool starts = (payload[0] & 0x04) != 0;
  const bool with_redundancy = (payload[0] & 0x02) != 0;
  const std::size_t extra_header = ((payload[0] & 1U) << 5) | (payload[1] >> 3U);
  const std::size_t header = 2 + (with_redundancy ? 1U : 0U) + extra_header;
  if (payload.size() <= header) {
    return false;
  }
  const auto body = payload.subspan(header);
  const std::size_t before = picture_.bytes.size();
  if (starts) {
    picture_.bytes.insert(picture_.bytes.end(), 2, 0);
  }
  if (!append(body)) {
    return false;
  }
  if (begun_) {
    return true;
  }
  const auto start = Bytes(picture_.bytes).subspan(before);
  begun_ = begins_h263(start, 0);
  picture_.key = begun_ && is_intra_h263(start, 0);
  return begun_;
}

/// RFC 4587 §4.1. A decoder may begin with any picture: each part of it comes anew before long (H.261 §3.4), and
/// nothing says reliably that all of it does.
bool FrameAssembler::add_h261(Bytes payload) {
  constexpr std::size_t header = 4;
  constexpr unsigned picture_start = 0x00010;
  if (payload.size() <= header) {
    return false;
  }
  const int skipped = payload[0] >> 5;
  const auto body = payload.subspan(header);
  if (!begun_ && bits(body, static_cast<std::size_t>(skipped), 20) != picture_start) {
    return false;
  }
  begun_ = true;
  picture_.key = true;
  return append_bits(body, skipped, payload[0] >> 2 & 7);
}

}  // namespace rollcall::mcu::leg
