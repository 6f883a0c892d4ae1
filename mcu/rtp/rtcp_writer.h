// Puts an RTCP compound packet together in a buffer of the caller's (RFC 3550 §6.1). Pure.
#pragma once

#include <string_view>

#include "mcu/rtp/rtcp.h"

namespace rollcall::mcu::rtp {

/// One per packet, on the stack. Each function appends one block whole, or nothing and returns false if it does not
/// fit. Begin with a report: only where both ends agreed on rtcp-rsize (RFC 5506) feedback may come alone.
class RtcpWriter {
 public:
  explicit RtcpWriter(Buffer into) : out_(into) {}

  /// At most 31 report blocks go into one report.
  bool sender_report(const SenderInfo& sender, std::span<const ReportBlock> reports);
  bool receiver_report(std::uint32_t from, std::span<const ReportBlock> reports);
  /// At most 255 bytes.
  bool canonical_name(std::uint32_t from, std::string_view name);
  bool goodbye(std::span<const std::uint32_t> from);

  /// Any order; near ones share an item if they come one after the other.
  bool nack(std::uint32_t from, std::uint32_t media, std::span<const std::uint16_t> sequences);
  bool picture_loss(std::uint32_t from, std::uint32_t media);
  /// `sequence` goes up by one with each new request, and stays with a repetition.
  bool full_intra_request(std::uint32_t from, std::uint32_t media, std::uint8_t sequence);
  bool receiver_estimate(std::uint32_t from, std::uint64_t bits_per_second, std::span<const std::uint32_t> media);
  bool bitrate_request(std::uint32_t from, const BitrateItem& item);
  bool bitrate_notification(std::uint32_t from, const BitrateItem& item);
  /// `feedback.chunks_and_deltas` are written as they are, padded to a word.
  bool transport_feedback(const TransportFeedback& feedback);

  [[nodiscard]] Bytes bytes() const { return out_.first(size_); }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t room() const { return out_.size() - size_; }

 private:
  /// Writes the head and returns where the body of `length` bytes (a multiple of 4) goes; null if it does not fit.
  std::uint8_t* begin(unsigned count, std::uint8_t type, std::size_t length);
  bool write_bitrate(unsigned format, std::uint32_t from, const BitrateItem& item);

  Buffer out_;
  std::size_t size_ = 0;
};

/// How to ask a sender for no more than so much: an empty receiver report and a REMB from `our_ssrc` about its streams.
/// Returns what was written to `out`, nothing if that is too small. The wish holds until the next one: repeat it, since
/// packets get lost, and raise it explicitly.
[[nodiscard]] Bytes write_wish(std::uint32_t our_ssrc, std::span<const std::uint32_t> their_ssrcs,
                               std::uint64_t bits_per_second, Buffer out);

}  // namespace rollcall::mcu::rtp
