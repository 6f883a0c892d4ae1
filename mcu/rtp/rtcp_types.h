// The numbers of RTCP's blocks (RFC 3550 §12.1, RFC 4585 §6.1, RFC 5104 §4). For the reader and the writer.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall::mcu::rtp {

inline constexpr std::size_t block_head = 4;
inline constexpr std::size_t sender_info = 20;  ///< without the SSRC before it

enum BlockType : std::uint8_t {
  type_sender_report = 200,
  type_receiver_report = 201,
  type_source_description = 202,
  type_goodbye = 203,
  type_transport_feedback = 205,
  type_payload_feedback = 206
};

enum TransportFormat : std::uint8_t {
  format_nack = 1,
  format_bitrate_request = 3,
  format_bitrate_notification = 4,
  format_transport_wide = 15
};

enum PayloadFormat : std::uint8_t { format_picture_loss = 1, format_full_intra = 4, format_application = 15 };

inline constexpr std::uint32_t remb_name = 0x52454D42;  // "REMB"
inline constexpr std::uint8_t item_canonical_name = 1;

}  // namespace rollcall::mcu::rtp
