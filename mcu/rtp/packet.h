// An RTP packet: read where it lies, written where it is to be sent from (RFC 3550 §5.1, RFC 8285). Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mcu/rtp/bytes.h"

namespace rollcall::mcu::rtp {

inline constexpr std::size_t fixed_header = 12;

/// The fields of the fixed header that mean something to a media.
struct Header {
  bool marker = false;
  std::uint8_t payload_type = 0;  ///< 0 … 127
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;  ///< in units of the codec's clock rate
  std::uint32_t ssrc = 0;
  bool operator==(const Header&) const = default;
};

/// An RTP packet that somebody else holds. Every length was checked when it was read: nothing here points outside.
struct Packet {
  Header header = {};
  std::uint16_t profile = 0;  ///< of the extensions: 0xBEDE one-byte, 0x100x two-byte, 0 none (RFC 8285 §4)
  Bytes extensions = {};      ///< without the four bytes that introduce them
  Bytes payload = {};         ///< without padding; may be empty

  /// The value of a header extension; empty if it is not there, or behind something broken. `id` 0 means not agreed.
  [[nodiscard]] Bytes extension(int id) const;
};

/// Nothing if it is no RTP packet of version 2, or if CSRC list, extension or padding run out of it.
[[nodiscard]] std::optional<Packet> read_packet(Bytes bytes);

/// Calls `visit(int id, Bytes value)` for each header extension, one-byte or two-byte form; ends at what is broken.
template <class Visit>
void for_each_extension(const Packet& packet, Visit visit);

/// RFC 6464: how loud the sound in a packet is, as its sender says.
struct AudioLevel {
  bool voice = false;
  int level = 127;  ///< −dBov: 0 the loudest, 127 silence
  bool operator==(const AudioLevel&) const = default;
};
[[nodiscard]] std::optional<AudioLevel> read_audio_level(const Packet& packet, int id);

/// The transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01 §2).
[[nodiscard]] std::optional<std::uint16_t> read_transport_sequence(const Packet& packet, int id);

/// mid, rid or repaired rid (RFC 9143, RFC 8852); empty if it is not there.
[[nodiscard]] std::string_view read_text_extension(const Packet& packet, int id);

/// The header extensions that we send. An id of 0 was not agreed, and nothing is written.
struct OutgoingExtensions {
  int transport_sequence_id = 0;
  std::uint16_t transport_sequence = 0;
  int send_time_id = 0;
  Time send_time = {};  ///< abs-send-time: seconds modulo 64 in 24 bits
  int mid_id = 0;
  std::string_view mid = {};
  int audio_level_id = 0;
  AudioLevel audio_level = {};
};

/// Nothing that we write before a payload is longer than this: header, extensions, original sequence number.
inline constexpr std::size_t most_overhead = 12 + 4 + 48 + 2;

/// Writes header and extensions to the beginning of `out`, which has at least most_overhead bytes; the payload goes
/// behind them. One-byte form unless an id or a length needs the other. A mid has at most 16 characters, else it is
/// left out. Returns how long it is.
[[nodiscard]] std::size_t write_header(const Header& header, const OutgoingExtensions& extensions, Buffer out);

/// The whole packet. Returns how long it is; 0 if `out` is too small for it (then nothing is to be sent).
[[nodiscard]] std::size_t write_packet(const Header& header, const OutgoingExtensions& extensions, Bytes payload,
                                       Buffer out);

/// A retransmission (RFC 4588 §4): `header` is that of the retransmission stream. As write_packet.
[[nodiscard]] std::size_t write_retransmission(const Header& header, const OutgoingExtensions& extensions,
                                               std::uint16_t original_sequence, Bytes payload, Buffer out);

template <class Visit>
void for_each_extension(const Packet& packet, Visit visit) {
  const bool one_byte = packet.profile == 0xBEDE;
  if (!one_byte && (packet.profile & 0xfff0) != 0x1000) {
    return;
  }
  const Bytes block = packet.extensions;
  for (std::size_t at = 0; at < block.size();) {
    if (block[at] == 0) {  // padding
      ++at;
      continue;
    }
    const int id = one_byte ? block[at] >> 4 : block[at];
    if ((one_byte && id == 15) || (!one_byte && at + 1 >= block.size())) {
      return;
    }
    const std::size_t length = one_byte ? (block[at] & 0x0f) + 1U : block[at + 1];
    at += one_byte ? 1 : 2;
    if (length > block.size() - at) {
      return;
    }
    if (id != 0) {
      visit(id, block.subspan(at, length));
    }
    at += length;
  }
}

}  // namespace rollcall::mcu::rtp
