// The blocks of an RTCP compound packet as values (RFC 3550 §6, RFC 4585, RFC 5104). A list inside a block is a view of
// the packet's bytes: nothing is allocated, however much a peer claims to send. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "mcu/rtp/bytes.h"

namespace rollcall::mcu::rtp {

/// Items of the same width that lie in a packet, decoded one by one.
template <class Item>
class Items {
 public:
  class Iterator {
   public:
    explicit Iterator(const std::uint8_t* at) : at_(at) {}
    Item operator*() const { return Item::read(at_); }
    Iterator& operator++() {
      at_ += Item::width;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const std::uint8_t* at_;
  };

  Items() = default;
  /// What is left over behind the last whole item is not seen.
  explicit Items(Bytes bytes) : bytes_(bytes.first(bytes.size() / Item::width * Item::width)) {}
  [[nodiscard]] std::size_t size() const { return bytes_.size() / Item::width; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  [[nodiscard]] Item operator[](std::size_t index) const { return Item::read(bytes_.data() + index * Item::width); }
  [[nodiscard]] Iterator begin() const { return Iterator(bytes_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(bytes_.data() + bytes_.size()); }

 private:
  Bytes bytes_;
};

/// What a receiver says about one of the streams that it gets (RFC 3550 §6.4.1).
struct ReportBlock {
  static constexpr std::size_t width = 24;
  std::uint32_t ssrc = 0;          ///< of the stream
  std::uint8_t fraction_lost = 0;  ///< since the last report, in 256ths
  std::int32_t lost = 0;           ///< since the beginning; negative with duplicates
  std::uint32_t highest_sequence = 0;
  std::uint32_t jitter = 0;                   ///< in units of the clock rate
  std::uint32_t last_sender_report = 0;       ///< middle 32 bits of its NTP time; 0: none came yet
  std::uint32_t delay_since_last_report = 0;  ///< in 1/65536 s
  [[nodiscard]] static ReportBlock read(const std::uint8_t* at);
  bool operator==(const ReportBlock&) const = default;
};

/// RFC 3550 §6.4.1, without the report blocks.
struct SenderInfo {
  std::uint32_t ssrc = 0;
  std::uint64_t ntp = 0;        ///< seconds since 1900 in 32.32 bits
  std::uint32_t timestamp = 0;  ///< the same instant in the stream's RTP time
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;
  bool operator==(const SenderInfo&) const = default;
};

struct SenderReport {
  SenderInfo sender = {};
  Items<ReportBlock> reports = {};
};

struct ReceiverReport {
  std::uint32_t ssrc = 0;
  Items<ReportBlock> reports = {};
};

struct Ssrc {
  static constexpr std::size_t width = 4;
  std::uint32_t value = 0;
  [[nodiscard]] static Ssrc read(const std::uint8_t* at) { return {read32(at)}; }
};

/// The CNAME of one chunk of an SDES block (§6.5); chunks without one are left out, other items too.
struct CanonicalName {
  std::uint32_t ssrc = 0;
  std::string_view name = {};
};

struct Goodbye {
  Items<Ssrc> ssrcs = {};
};

/// A lost packet and a mask of the 16 after it (RFC 4585 §6.2.1).
struct NackItem {
  static constexpr std::size_t width = 4;
  std::uint16_t sequence = 0;
  std::uint16_t mask = 0;
  [[nodiscard]] static NackItem read(const std::uint8_t* at) { return {read16(at), read16(at + 2)}; }
};

struct Nack {
  std::uint32_t sender = 0;
  std::uint32_t media = 0;  ///< the SSRC whose packets are missed
  Items<NackItem> items = {};

  /// Calls `visit(std::uint16_t sequence)` for each packet missed.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const NackItem item : items) {
      visit(item.sequence);
      for (unsigned bit = 0; bit < 16; ++bit) {
        if ((item.mask >> bit & 1U) != 0) {
          visit(static_cast<std::uint16_t>(item.sequence + bit + 1));
        }
      }
    }
  }
};

/// RFC 4585 §6.3.1: a key frame, please.
struct PictureLoss {
  std::uint32_t sender = 0;
  std::uint32_t media = 0;
};

/// RFC 5104 §4.3.1: as PictureLoss, once for each new sequence number; a repeated number is a repetition.
struct FullIntraItem {
  static constexpr std::size_t width = 8;
  std::uint32_t media = 0;
  std::uint8_t sequence = 0;
  [[nodiscard]] static FullIntraItem read(const std::uint8_t* at) { return {read32(at), at[4]}; }
};
struct FullIntraRequest {
  std::uint32_t sender = 0;
  Items<FullIntraItem> items = {};
};

/// draft-alvestrand-rmcat-remb-03: what the receiver believes to be able to get, all streams together.
struct ReceiverEstimate {
  std::uint32_t sender = 0;
  std::uint64_t bits_per_second = 0;
  Items<Ssrc> media = {};
};

/// RFC 5104 §4.2.1, §4.2.2: an upper limit asked for, and the limit in force.
struct BitrateItem {
  static constexpr std::size_t width = 8;
  std::uint32_t media = 0;
  std::uint64_t bits_per_second = 0;
  std::uint16_t overhead = 0;  ///< bytes a packet, headers of lower layers included
  [[nodiscard]] static BitrateItem read(const std::uint8_t* at);
  bool operator==(const BitrateItem&) const = default;
};
struct BitrateRequest {
  std::uint32_t sender = 0;
  Items<BitrateItem> items = {};
};
struct BitrateNotification {
  std::uint32_t sender = 0;
  Items<BitrateItem> items = {};
};

/// draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1. `arrivals.h` takes the list apart.
struct TransportFeedback {
  std::uint32_t sender = 0;
  std::uint32_t media = 0;
  std::uint16_t base_sequence = 0;
  std::uint16_t count = 0;          ///< of packets that it tells of
  std::int32_t reference_time = 0;  ///< in 64 ms, 24 bits with sign
  std::uint8_t number = 0;          ///< of the feedback, wraps
  Bytes chunks_and_deltas = {};
};

using RtcpBlock =
    std::variant<SenderReport, ReceiverReport, CanonicalName, Goodbye, Nack, PictureLoss, FullIntraRequest,
                 ReceiverEstimate, BitrateRequest, BitrateNotification, TransportFeedback>;

/// 32.32 seconds since 1900 (RFC 3550 §4).
[[nodiscard]] std::uint64_t ntp_time(std::chrono::system_clock::time_point time);
/// The 32 bits in the middle, by which report blocks name a sender report.
[[nodiscard]] inline std::uint32_t ntp_middle(std::uint64_t ntp) {
  return static_cast<std::uint32_t>(ntp >> 16);
}

}  // namespace rollcall::mcu::rtp
