#include "mcu/leg/frame_assembler.h"

#include <utility>

namespace rollcall::mcu::leg {
namespace {

using rtp::Bytes;

constexpr int h264_instantaneous_refresh = 5;
constexpr int h264_sequence_parameters = 7;
constexpr int h264_aggregate = 24;
constexpr int h264_fragment = 28;

/// What is left behind `count` bytes; empty if there are not so many.
Bytes after(Bytes bytes, std::size_t count) {
  return bytes.size() > count ? bytes.subspan(count) : Bytes{};
}

/// Length of the payload descriptor (RFC 7741 §4.2); 0 if it runs out of the packet.
std::size_t vp8_descriptor(Bytes payload) {
  std::size_t length = 1;
  if ((payload[0] & 0x80) != 0) {
    if (payload.size() < 2) {
      return 0;
    }
    const auto extended = payload[1];
    length = 2;
    if ((extended & 0x80) != 0) {
      if (payload.size() < 3) {
        return 0;
      }
      length += (payload[2] & 0x80) != 0 ? 2 : 1;
    }
    length += (extended & 0x40) != 0 ? 1 : 0;
    length += (extended & 0x30) != 0 ? 1 : 0;
  }
  return length < payload.size() ? length : 0;
}

/// Skips the scalability structure (RFC 9628 §4.2.1); 0 if it runs out of the packet.
std::size_t skip_vp9_structure(Bytes payload, std::size_t at) {
  if (at >= payload.size()) {
    return 0;
  }
  const auto head = payload[at++];
  const std::size_t layers = (head >> 5) + 1U;
  at += (head & 0x10) != 0 ? 4 * layers : 0;
  if ((head & 0x08) == 0) {
    return at;
  }
  if (at >= payload.size()) {
    return 0;
  }
  for (auto groups = payload[at++]; groups > 0; --groups) {
    if (at >= payload.size()) {
      return 0;
    }
    at += 1 + (payload[at] >> 2 & 3U);
  }
  return at;
}

/// Length of the payload descriptor (RFC 9628 §4.2); 0 if it runs out of the packet.
std::size_t vp9_descriptor(Bytes payload) {
  const auto flags = payload[0];
  std::size_t at = 1;
  if ((flags & 0x80) != 0) {
    if (at >= payload.size()) {
      return 0;
    }
    at += (payload[at] & 0x80) != 0 ? 2 : 1;
  }
  if ((flags & 0x20) != 0) {
    at += (flags & 0x10) != 0 ? 1 : 2;
  }
  if ((flags & 0x50) == 0x50) {
    bool more = true;
    for (int i = 0; i < 3 && more; ++i) {
      if (at >= payload.size()) {
        return 0;
      }
      more = (payload[at++] & 1) != 0;
    }
  }
  if ((flags & 0x02) != 0) {
    at = skip_vp9_structure(payload, at);
  }
  return at < payload.size() ? at : 0;
}

}  // namespace

int key_frame_height(gst::Coding coding, Bytes payload) {
  constexpr std::size_t head = 10;  // RFC 6386 §9.1: tag, start code, sizes
  if (coding != gst::Coding::vp8 || payload.empty() || (payload[0] & 0x17) != 0x10) {
    return 0;
  }
  const auto descriptor = vp8_descriptor(payload);
  const auto frame = payload.subspan(descriptor);
  if (descriptor == 0 || frame.size() < head || (frame[0] & 1) != 0) {
    return 0;
  }
  return (frame[8] | frame[9] << 8) & 0x3fff;
}

bool FrameAssembler::add(const rtp::Packet& packet, bool after_loss, Sink sink) {
  bool whole = true;
  if (after_loss) {
    drop();
  } else if (begun_ && timestamp_ != packet.header.timestamp) {
    // What comes from gateways goes without markers.
    whole = coding_ != gst::Coding::vp8 && coding_ != gst::Coding::vp9 && !in_fragment_;
    whole ? finish(sink) : drop();
  }
  timestamp_ = packet.header.timestamp;
  if (packet.payload.empty()) {
    return whole;
  }
  if (!add(packet.payload)) {
    drop();
    return false;
  }
  if (packet.header.marker) {
    finish(sink);
  }
  return whole;
}

bool FrameAssembler::add(Bytes payload) {
  switch (coding_) {
    case gst::Coding::vp8:
      return add_vp8(payload);
    case gst::Coding::h264:
    case gst::Coding::h264_single:
      return add_h264(payload);
    case gst::Coding::vp9:
      return add_vp9(payload);
    case gst::Coding::h263:
      return add_h263(payload);
    case gst::Coding::h263_1998:
      return add_h263_1998(payload);
    case gst::Coding::h261:
      return add_h261(payload);
    case gst::Coding::opus:
    case gst::Coding::pcmu:
    case gst::Coding::pcma:
    case gst::Coding::g722:
    case gst::Coding::amr:
    case gst::Coding::amr_wb:
      break;
  }
  return false;
}

void FrameAssembler::recycle(std::vector<std::uint8_t>&& bytes) {
  if (bytes.capacity() > spare_.capacity()) {
    spare_ = std::move(bytes);
    spare_.clear();
  }
}

bool FrameAssembler::add_vp8(Bytes payload) {
  const auto descriptor = vp8_descriptor(payload);
  const bool first = (payload[0] & 0x17) == 0x10;
  if (descriptor == 0 || first == begun_) {
    return false;
  }
  const auto frame = payload.subspan(descriptor);
  if (first) {
    begun_ = true;
    picture_.key = (frame[0] & 1) == 0;
  }
  return append(frame);
}

/// All spatial layers of a picture go to the decoder as one, which is what it wants.
bool FrameAssembler::add_vp9(Bytes payload) {
  const auto descriptor = vp9_descriptor(payload);
  if (descriptor == 0 || (!begun_ && (payload[0] & 0x08) == 0)) {
    return false;
  }
  if (!begun_) {
    begun_ = true;
    picture_.key = (payload[0] & 0x40) == 0;
  }
  return append(payload.subspan(descriptor));
}

bool FrameAssembler::add_h264(Bytes payload) {
  begun_ = true;
  const int type = payload[0] & 0x1f;
  if (type == h264_fragment) {
    return add_fragment(payload);
  }
  if (in_fragment_) {
    return false;
  }
  if (type > 0 && type < h264_aggregate) {
    begin_unit(payload[0]);
    return append(payload.subspan(1));
  }
  if (type != h264_aggregate) {
    return false;
  }
  for (auto rest = after(payload, 1); rest.size() > 2;) {
    const std::size_t length = rtp::read16(rest.data());
    if (length == 0 || length > rest.size() - 2) {
      return false;
    }
    begin_unit(rest[2]);
    if (!append(rest.subspan(3, length - 1))) {
      return false;
    }
    rest = rest.subspan(2 + length);
  }
  return true;
}

/// FU-A, RFC 6184 §5.8.
bool FrameAssembler::add_fragment(Bytes payload) {
  if (payload.size() < 3) {
    return false;
  }
  const bool first = (payload[1] & 0x80) != 0;
  if (first == in_fragment_) {
    return false;
  }
  if (first) {
    begin_unit(static_cast<std::uint8_t>((payload[0] & 0xe0) | (payload[1] & 0x1f)));
  }
  in_fragment_ = (payload[1] & 0x40) == 0;
  return append(payload.subspan(2));
}

void FrameAssembler::begin_unit(std::uint8_t header) {
  const int type = header & 0x1f;
  picture_.key = picture_.key || type == h264_instantaneous_refresh || type == h264_sequence_parameters;
  const std::uint8_t unit[] = {0, 0, 0, 1, header};
  picture_.bytes.insert(picture_.bytes.end(), std::begin(unit), std::end(unit));
}

bool FrameAssembler::append(Bytes bytes) {
  if (picture_.bytes.size() + bytes.size() > largest_picture) {
    return false;
  }
  picture_.bytes.insert(picture_.bytes.end(), bytes.begin(), bytes.end());
  return true;
}

void FrameAssembler::finish(Sink sink) {
  auto picture = std::exchange(picture_, EncodedPicture{false, std::move(spare_)});
  spare_ = {};
  picture_.bytes.clear();
  begun_ = false;
  in_fragment_ = false;
  open_bits_ = 0;
  sink(std::move(picture));
}

void FrameAssembler::drop() {
  picture_.key = false;
  picture_.bytes.clear();
  begun_ = false;
  in_fragment_ = false;
  open_bits_ = 0;
}

}  // namespace rollcall::mcu::leg
