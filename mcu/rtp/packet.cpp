#include "mcu/rtp/packet.h"

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::rtp {
namespace {

constexpr std::size_t extension_head = 4;
constexpr std::uint16_t one_byte_profile = 0xBEDE;
constexpr std::uint16_t two_byte_profile = 0x1000;
constexpr std::size_t longest_mid = 16;

/// Seconds modulo 64 in 6.18 bits (RFC draft abs-send-time).
std::uint32_t absolute_send_time(Time time) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
  return static_cast<std::uint32_t>((microseconds % 64'000'000) * (1 << 18) / 1'000'000) & 0xffffff;
}

/// Where the next extension goes, in one of the two forms.
class ExtensionWriter {
 public:
  ExtensionWriter(std::uint8_t* begin, bool one_byte) : begin_(begin), at_(begin), one_byte_(one_byte) {}

  std::uint8_t* add(int id, std::size_t length) {
    if (one_byte_) {
      *at_++ = static_cast<std::uint8_t>(static_cast<unsigned>(id) << 4 | (length - 1));
    } else {
      *at_++ = static_cast<std::uint8_t>(id);
      *at_++ = static_cast<std::uint8_t>(length);
    }
    auto* const value = at_;
    at_ += length;
    return value;
  }
  /// Pads to a word; returns the length.
  std::size_t finish() {
    while ((at_ - begin_) % 4 != 0) {
      *at_++ = 0;
    }
    return static_cast<std::size_t>(at_ - begin_);
  }

 private:
  std::uint8_t* begin_;
  std::uint8_t* at_;
  bool one_byte_;
};

bool fits_one_byte(const OutgoingExtensions& extensions) {
  return extensions.transport_sequence_id <= 14 && extensions.send_time_id <= 14 && extensions.mid_id <= 14 &&
         extensions.audio_level_id <= 14;
}

std::size_t write_extensions(const OutgoingExtensions& extensions, std::uint8_t* out) {
  const bool one_byte = fits_one_byte(extensions);
  ExtensionWriter writer(out + extension_head, one_byte);
  if (extensions.transport_sequence_id != 0) {
    write16(writer.add(extensions.transport_sequence_id, 2), extensions.transport_sequence);
  }
  if (extensions.send_time_id != 0) {
    write24(writer.add(extensions.send_time_id, 3), absolute_send_time(extensions.send_time));
  }
  if (extensions.audio_level_id != 0) {
    const auto [voice, level] = extensions.audio_level;
    *writer.add(extensions.audio_level_id, 1) =
        static_cast<std::uint8_t>((voice ? 0x80 : 0) | std::clamp(level, 0, 127));
  }
  if (extensions.mid_id != 0 && !extensions.mid.empty() && extensions.mid.size() <= longest_mid) {
    std::copy(extensions.mid.begin(), extensions.mid.end(), writer.add(extensions.mid_id, extensions.mid.size()));
  }
  const auto length = writer.finish();
  if (length == 0) {
    return 0;
  }
  write16(out, one_byte ? one_byte_profile : two_byte_profile);
  write16(out + 2, static_cast<std::uint32_t>(length / 4));
  return extension_head + length;
}

/// Takes the extension block off the front of `rest`; false if it is longer than that.
bool cut_extensions(Bytes& rest, Packet& packet) {
  if (rest.size() < extension_head) {
    return false;
  }
  const std::size_t length = 4U * read16(&rest[2]);
  if (rest.size() - extension_head < length) {
    return false;
  }
  packet.profile = read16(rest.data());
  packet.extensions = rest.subspan(extension_head, length);
  rest = rest.subspan(extension_head + length);
  return true;
}

bool cut_padding(Bytes& rest) {
  if (rest.empty() || rest.back() == 0 || rest.back() > rest.size()) {
    return false;
  }
  rest = rest.first(rest.size() - rest.back());
  return true;
}

std::size_t write_with_payload(const Header& header, const OutgoingExtensions& extensions,
                               std::optional<std::uint16_t> original, Bytes payload, Buffer out) {
  if (out.size() < most_overhead) {
    return 0;
  }
  auto length = write_header(header, extensions, out);
  if (original) {
    write16(&out[length], *original);
    length += 2;
  }
  if (out.size() - length < payload.size()) {
    return 0;
  }
  std::copy(payload.begin(), payload.end(), out.begin() + static_cast<std::ptrdiff_t>(length));
  return length + payload.size();
}

}  // namespace

Bytes Packet::extension(int id) const {
  Bytes found;
  if (id != 0) {
    for_each_extension(*this, [&](int other, Bytes value) {
      if (other == id && found.empty()) {
        found = value;
      }
    });
  }
  return found;
}

std::optional<Packet> read_packet(Bytes bytes) {
  if (bytes.size() < fixed_header || bytes[0] >> 6 != 2) {
    return std::nullopt;
  }
  Packet packet{.header = {.marker = (bytes[1] & 0x80) != 0,
                           .payload_type = static_cast<std::uint8_t>(bytes[1] & 0x7f),
                           .sequence = read16(&bytes[2]),
                           .timestamp = read32(&bytes[4]),
                           .ssrc = read32(&bytes[8])}};
  const std::size_t sources = 4U * (bytes[0] & 0x0f);
  Bytes rest = bytes.subspan(fixed_header);
  if (rest.size() < sources) {
    return std::nullopt;
  }
  rest = rest.subspan(sources);
  const bool extended = (bytes[0] & 0x10) != 0;
  const bool padded = (bytes[0] & 0x20) != 0;
  if ((extended && !cut_extensions(rest, packet)) || (padded && !cut_padding(rest))) {
    return std::nullopt;
  }
  packet.payload = rest;
  return packet;
}

std::optional<AudioLevel> read_audio_level(const Packet& packet, int id) {
  const auto value = packet.extension(id);
  if (value.empty()) {
    return std::nullopt;
  }
  return AudioLevel{.voice = (value[0] & 0x80) != 0, .level = value[0] & 0x7f};
}

std::optional<std::uint16_t> read_transport_sequence(const Packet& packet, int id) {
  const auto value = packet.extension(id);
  return value.size() < 2 ? std::nullopt : std::optional(read16(value.data()));
}

std::string_view read_text_extension(const Packet& packet, int id) {
  const auto value = packet.extension(id);
  return {reinterpret_cast<const char*>(value.data()), value.size()};
}

std::size_t write_header(const Header& header, const OutgoingExtensions& extensions, Buffer out) {
  assert(out.size() >= most_overhead);
  const auto length = write_extensions(extensions, &out[fixed_header]);
  out[0] = static_cast<std::uint8_t>(0x80 | (length == 0 ? 0 : 0x10));
  out[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7f));
  write16(&out[2], header.sequence);
  write32(&out[4], header.timestamp);
  write32(&out[8], header.ssrc);
  return fixed_header + length;
}

std::size_t write_packet(const Header& header, const OutgoingExtensions& extensions, Bytes payload, Buffer out) {
  return write_with_payload(header, extensions, std::nullopt, payload, out);
}

std::size_t write_retransmission(const Header& header, const OutgoingExtensions& extensions,
                                 std::uint16_t original_sequence, Bytes payload, Buffer out) {
  return write_with_payload(header, extensions, original_sequence, payload, out);
}

}  // namespace rollcall::mcu::rtp
