#include "mcu/encode/payloads.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace rollcall::mcu::encode {
namespace {

using Bytes = std::span<const std::uint8_t>;

void append(gst::PacketizedPicture& into, Bytes bytes) {
  into.bytes.insert(into.bytes.end(), bytes.begin(), bytes.end());
}

void end_payload(gst::PacketizedPicture& into) {
  into.ends.push_back(into.bytes.size());
}

std::size_t pieces_of(std::size_t size, std::size_t room) {
  return (size + room - 1) / room;
}

/// Each piece has one byte in front, which `descriptor` makes from its place.
template <class Descriptor>
void cut_evenly(gst::PacketizedPicture& into, Bytes encoded, Descriptor descriptor) {
  const std::size_t count = pieces_of(encoded.size(), longest_payload - 1);
  into.bytes.reserve(encoded.size() + count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = encoded.size() * i / count;
    const std::size_t end = encoded.size() * (i + 1) / count;
    into.bytes.push_back(descriptor(i == 0, i + 1 == count));
    append(into, encoded.subspan(begin, end - begin));
    end_payload(into);
  }
}

/// RFC 7741 section 4.2: S, the start of the picture; no extension, so no picture id.
void cut_vp8(gst::PacketizedPicture& into, Bytes encoded) {
  cut_evenly(into, encoded, [](bool first, bool) { return static_cast<std::uint8_t>(first ? 0x10 : 0x00); });
}

/// RFC 9628 section 4.2: P (predicted), B and E (begin and end of the picture).
void cut_vp9(gst::PacketizedPicture& into, Bytes encoded) {
  const int predicted = into.key ? 0x00 : 0x40;
  cut_evenly(into, encoded, [predicted](bool first, bool last) {
    return static_cast<std::uint8_t>(predicted | (first ? 0x08 : 0) | (last ? 0x04 : 0));
  });
}

constexpr std::uint8_t type_mask = 0x1f;
constexpr std::uint8_t importance_mask = 0x60;
constexpr std::uint8_t stap_a = 24;
constexpr std::uint8_t fu_a = 28;

bool needed(std::uint8_t header) {
  const int type = header & type_mask;
  return type >= 1 && type <= 8 && type != 6;
}

/// Where the next start code (00 00 01) begins, or the end.
std::size_t next_start(Bytes stream, std::size_t from) {
  for (std::size_t i = from; i + 2 < stream.size(); ++i) {
    if (stream[i + 2] > 1) {
      i += 2;
    } else if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
      return i;
    }
  }
  return stream.size();
}

std::vector<Bytes> units_of(Bytes stream) {
  std::vector<Bytes> units;
  for (std::size_t at = next_start(stream, 0); at < stream.size();) {
    const std::size_t next = next_start(stream, at + 3);
    Bytes unit = stream.subspan(at + 3, next - at - 3);
    while (!unit.empty() && unit.back() == 0) unit = unit.first(unit.size() - 1);  // the long start code's first byte
    if (!unit.empty() && needed(unit[0])) units.push_back(unit);
    at = next;
  }
  return units;
}

void put_together(gst::PacketizedPicture& into, std::vector<Bytes>& units) {
  if (units.size() == 1) append(into, units[0]);
  if (units.size() > 1) {
    std::uint8_t importance = 0;
    for (const Bytes unit : units) importance = std::max<std::uint8_t>(importance, unit[0] & importance_mask);
    into.bytes.push_back(importance | stap_a);
    for (const Bytes unit : units) {
      into.bytes.push_back(static_cast<std::uint8_t>(unit.size() >> 8));
      into.bytes.push_back(static_cast<std::uint8_t>(unit.size() & 0xff));
      append(into, unit);
    }
  }
  if (!units.empty()) end_payload(into);
  units.clear();
}

void split(gst::PacketizedPicture& into, Bytes unit) {
  const Bytes body = unit.subspan(1);
  const std::size_t count = pieces_of(body.size(), longest_payload - 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = body.size() * i / count;
    const int start = i == 0 ? 0x80 : 0;
    const int end = i + 1 == count ? 0x40 : 0;
    into.bytes.push_back((unit[0] & importance_mask) | fu_a);
    into.bytes.push_back(static_cast<std::uint8_t>(start | end | (unit[0] & type_mask)));
    append(into, body.subspan(begin, body.size() * (i + 1) / count - begin));
    end_payload(into);
  }
}

void cut_h264(gst::PacketizedPicture& into, Bytes stream) {
  into.bytes.reserve(stream.size() + 64);
  std::vector<Bytes> small;
  std::size_t length = 1;
  for (const Bytes unit : units_of(stream)) {
    if (length + 2 + unit.size() > longest_payload) {
      put_together(into, small);
      length = 1;
    }
    if (unit.size() > longest_payload) {
      split(into, unit);
    } else {
      small.push_back(unit);
      length += 2 + unit.size();
    }
  }
  put_together(into, small);
}

/// Each unit must fit by itself, which is the encoder's business.
void cut_h264_singly(gst::PacketizedPicture& into, Bytes stream) {
  for (const Bytes unit : units_of(stream)) {
    append(into, unit);
    end_payload(into);
  }
}

/// RFC 4629 section 5.1: two bytes in front; P, the start of the picture, stands for its first two, which are zero.
void cut_h263(gst::PacketizedPicture& into, Bytes encoded) {
  if (encoded.size() < 3) return;
  const std::size_t room = longest_payload - 2;
  const std::size_t count = pieces_of(encoded.size() - 2, room);
  const Bytes body = encoded.subspan(2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = body.size() * i / count;
    into.bytes.push_back(i == 0 ? 0x04 : 0x00);
    into.bytes.push_back(0);
    append(into, body.subspan(begin, body.size() * (i + 1) / count - begin));
    end_payload(into);
  }
}

}  // namespace

void cut(gst::PacketizedPicture& into, Bytes encoded) {
  switch (into.coding) {
    case gst::Coding::vp8:
      return cut_vp8(into, encoded);
    case gst::Coding::vp9:
      return cut_vp9(into, encoded);
    case gst::Coding::h264:
      return cut_h264(into, encoded);
    case gst::Coding::h264_single:
      return cut_h264_singly(into, encoded);
    case gst::Coding::h263_1998:
      return cut_h263(into, encoded);
    case gst::Coding::h263:
    case gst::Coding::h261:
    case gst::Coding::opus:
    case gst::Coding::pcmu:
    case gst::Coding::pcma:
    case gst::Coding::g722:
    case gst::Coding::amr:
    case gst::Coding::amr_wb:
      break;
  }
  assert(!"sound, or what GStreamer cuts, was to be cut as a picture");
}

}  // namespace rollcall::mcu::encode
