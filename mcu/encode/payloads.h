// An encoded picture cut into RTP payloads, once for everybody who gets it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "mcu/gst/packets.h"

namespace rollcall::mcu::encode {

/// What fits into 1200 bytes beside the header, its extensions and the tag of SRTP.
constexpr std::size_t longest_payload = 1150;

/// Cuts one picture as the encoder gives it into `into`. VP8 (RFC 7741) and VP9 (RFC 9628) go without picture ids, in
/// pieces of nearly the same length. H.264 (RFC 6184) comes as a byte stream: small units share a packet (STAP-A),
/// large ones are split (FU-A), and what a receiver can do without (delimiters, SEI, filler) is left out; or each unit
/// has its packet. H.263 goes by RFC 4629; the older way, and H.261, need a PayloaderChain.
void cut(gst::PacketizedPicture& into, std::span<const std::uint8_t> encoded);

}  // namespace rollcall::mcu::encode
