// Takes an RTCP compound packet apart (RFC 3550 §6.1; reduced size, RFC 5506, is as welcome). Pure.
#pragma once

#include <optional>

#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// One per packet, on the stack. Each block carries the SSRCs that it comes from and is about: in a bundle the caller
/// routes by them (a FullIntraRequest, a ReceiverEstimate and the TMMBR name the media in their items, not in the
/// head).
///
///     RtcpReader reader(bytes);
///     while (const auto block = reader.next()) std::visit(Overload{…}, *block);
class RtcpReader {
 public:
  explicit RtcpReader(Bytes compound) : rest_(compound) {}

  /// The next block that is known and whole; unknown ones (APP, XR, …) are passed over. Nothing at the end and at what
  /// is broken. An SDES block gives one CanonicalName for each source.
  [[nodiscard]] std::optional<RtcpBlock> next();

  /// After the end: whether it was the packet's end.
  [[nodiscard]] bool whole() const { return !broken_; }

 private:
  [[nodiscard]] Bytes cut_block();
  [[nodiscard]] std::optional<CanonicalName> next_name();

  Bytes rest_;
  Bytes chunks_ = {};  ///< of the SDES block that is being read
  int chunk_count_ = 0;
  bool broken_ = false;
};

}  // namespace rollcall::mcu::rtp
