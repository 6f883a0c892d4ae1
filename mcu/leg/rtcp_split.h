// A compound RTCP packet of a bundle, taken apart for the sessions that its blocks concern (RFC 3550 §6, RFC 4585).
// Pure.
//
// A peer puts the reports of all media of a bundle into one compound. Given whole to every session, it would make each
// of them open a stream for the others' SSRCs: a jitterbuffer and two threads for nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "mcu/transport/packet.h"

namespace rollcall::mcu::leg {

/// Who owns an SSRC: the media that receives from it, or the media that sends with it.
struct SsrcOwners {
  std::function<std::optional<std::size_t>(std::uint32_t ssrc)> remote;
  std::function<std::optional<std::size_t>(std::uint32_t ssrc)> local;
};

/// By media index, one compound each. Sender reports, SDES and BYE go to the owner of the sender; report blocks to the
/// owner of the reported stream, as a receiver report where that is another; feedback by the media that it is about.
/// What concerns nobody, a sender whose stream is not known yet among it, and everything behind a broken block, is
/// dropped.
[[nodiscard]] std::map<std::size_t, std::vector<std::uint8_t>> split_compound(transport::Bytes rtcp,
                                                                              const SsrcOwners& owners);

/// Whether a PLI or FIR is among the blocks (RFC 4585 §6.3.1, RFC 5104 §4.3.1). Broken blocks ask for nothing.
[[nodiscard]] bool asks_for_key_frame(transport::Bytes rtcp);

/// "Send me no more than this" (draft-alvestrand-rmcat-remb): an empty receiver report and the REMB.
[[nodiscard]] std::vector<std::uint8_t> make_remb(std::uint32_t our_ssrc, std::uint32_t their_ssrc,
                                                  std::uint64_t bits_per_second);

}  // namespace rollcall::mcu::leg
