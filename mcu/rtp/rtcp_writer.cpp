#include "mcu/rtp/rtcp_writer.h"

#include <algorithm>

#include "mcu/rtp/rtcp_types.h"

namespace rollcall::mcu::rtp {
namespace {

constexpr std::size_t most_counted = 31;
constexpr std::int32_t most_lost = 0x7fffff;
constexpr std::size_t longest_name = 255;

void write_report(std::uint8_t* at, const ReportBlock& block) {
  write32(at, block.ssrc);
  at[4] = block.fraction_lost;
  const auto lost = std::clamp(block.lost, -most_lost - 1, most_lost);
  write24(at + 5, static_cast<std::uint32_t>(lost) & 0xffffff);
  write32(at + 8, block.highest_sequence);
  write32(at + 12, block.jitter);
  write32(at + 16, block.last_sender_report);
  write32(at + 20, block.delay_since_last_report);
}

void write_reports(std::uint8_t* at, std::span<const ReportBlock> reports) {
  for (const auto& report : reports) {
    write_report(at, report);
    at += ReportBlock::width;
  }
}

/// A number rounded down to so many bits of mantissa.
struct Floating {
  std::uint32_t exponent = 0;
  std::uint32_t mantissa = 0;
  Floating(std::uint64_t value, unsigned bits) {
    while (value >> exponent >= std::uint64_t{1} << bits) {
      ++exponent;
    }
    mantissa = static_cast<std::uint32_t>(value >> exponent);
  }
};

/// Calls `visit(NackItem)` for each item; packets that follow within 16 of an item's first share it.
template <class Visit>
void for_each_item(std::span<const std::uint16_t> sequences, Visit visit) {
  for (std::size_t i = 0; i < sequences.size();) {
    NackItem item{.sequence = sequences[i], .mask = 0};
    for (++i; i < sequences.size(); ++i) {
      const int ahead = distance(item.sequence, sequences[i]);
      if (ahead < 0 || ahead > 16) {
        break;
      }
      item.mask = static_cast<std::uint16_t>(item.mask | (ahead == 0 ? 0 : 1 << (ahead - 1)));
    }
    visit(item);
  }
}

}  // namespace

std::uint8_t* RtcpWriter::begin(unsigned count, std::uint8_t type, std::size_t length) {
  if (room() < block_head + length || length / 4 > 0xffff) {
    return nullptr;
  }
  auto* const at = out_.data() + size_;
  at[0] = static_cast<std::uint8_t>(0x80 | count);
  at[1] = type;
  write16(at + 2, static_cast<std::uint32_t>(length / 4));
  size_ += block_head + length;
  return at + block_head;
}

bool RtcpWriter::sender_report(const SenderInfo& sender, std::span<const ReportBlock> reports) {
  reports = reports.first(std::min(reports.size(), most_counted));
  auto* const at = begin(static_cast<unsigned>(reports.size()), type_sender_report,
                         4 + sender_info + reports.size() * ReportBlock::width);
  if (at == nullptr) {
    return false;
  }
  write32(at, sender.ssrc);
  write64(at + 4, sender.ntp);
  write32(at + 12, sender.timestamp);
  write32(at + 16, sender.packets);
  write32(at + 20, sender.octets);
  write_reports(at + 4 + sender_info, reports);
  return true;
}

bool RtcpWriter::receiver_report(std::uint32_t from, std::span<const ReportBlock> reports) {
  reports = reports.first(std::min(reports.size(), most_counted));
  auto* const at =
      begin(static_cast<unsigned>(reports.size()), type_receiver_report, 4 + reports.size() * ReportBlock::width);
  if (at == nullptr) {
    return false;
  }
  write32(at, from);
  write_reports(at + 4, reports);
  return true;
}

bool RtcpWriter::canonical_name(std::uint32_t from, std::string_view name) {
  name = name.substr(0, longest_name);
  const auto length = (4 + 2 + name.size() + 1 + 3) / 4 * 4;
  auto* const at = begin(1, type_source_description, length);
  if (at == nullptr) {
    return false;
  }
  std::fill(at, at + length, std::uint8_t{0});
  write32(at, from);
  at[4] = item_canonical_name;
  at[5] = static_cast<std::uint8_t>(name.size());
  std::copy(name.begin(), name.end(), at + 6);
  return true;
}

bool RtcpWriter::goodbye(std::span<const std::uint32_t> from) {
  from = from.first(std::min(from.size(), most_counted));
  auto* at = begin(static_cast<unsigned>(from.size()), type_goodbye, 4 * from.size());
  if (at == nullptr) {
    return false;
  }
  for (const auto ssrc : from) {
    write32(at, ssrc);
    at += 4;
  }
  return true;
}

bool RtcpWriter::nack(std::uint32_t from, std::uint32_t media, std::span<const std::uint16_t> sequences) {
  std::size_t items = 0;
  for_each_item(sequences, [&](NackItem) { ++items; });
  auto* at = begin(format_nack, type_transport_feedback, 8 + items * NackItem::width);
  if (at == nullptr) {
    return false;
  }
  write32(at, from);
  write32(at + 4, media);
  at += 8;
  for_each_item(sequences, [&](NackItem item) {
    write16(at, item.sequence);
    write16(at + 2, item.mask);
    at += NackItem::width;
  });
  return true;
}

bool RtcpWriter::picture_loss(std::uint32_t from, std::uint32_t media) {
  auto* const at = begin(format_picture_loss, type_payload_feedback, 8);
  if (at == nullptr) {
    return false;
  }
  write32(at, from);
  write32(at + 4, media);
  return true;
}

bool RtcpWriter::full_intra_request(std::uint32_t from, std::uint32_t media, std::uint8_t sequence) {
  auto* const at = begin(format_full_intra, type_payload_feedback, 8 + FullIntraItem::width);
  if (at == nullptr) {
    return false;
  }
  write32(at, from);
  write32(at + 4, 0);  // RFC 5104 §4.3.1.2: the item names the media
  write32(at + 8, media);
  write32(at + 12, std::uint32_t{sequence} << 24);
  return true;
}

bool RtcpWriter::receiver_estimate(std::uint32_t from, std::uint64_t bits_per_second,
                                   std::span<const std::uint32_t> media) {
  media = media.first(std::min<std::size_t>(media.size(), 255));
  auto* at = begin(format_application, type_payload_feedback, 16 + 4 * media.size());
  if (at == nullptr) {
    return false;
  }
  const Floating rate(bits_per_second, 18);
  write32(at, from);
  write32(at + 4, 0);
  write32(at + 8, remb_name);
  write32(at + 12, static_cast<std::uint32_t>(media.size()) << 24 | rate.exponent << 18 | rate.mantissa);
  at += 16;
  for (const auto ssrc : media) {
    write32(at, ssrc);
    at += 4;
  }
  return true;
}

bool RtcpWriter::bitrate_request(std::uint32_t from, const BitrateItem& item) {
  return write_bitrate(format_bitrate_request, from, item);
}

bool RtcpWriter::bitrate_notification(std::uint32_t from, const BitrateItem& item) {
  return write_bitrate(format_bitrate_notification, from, item);
}

bool RtcpWriter::write_bitrate(unsigned format, std::uint32_t from, const BitrateItem& item) {
  auto* const at = begin(format, type_transport_feedback, 8 + BitrateItem::width);
  if (at == nullptr) {
    return false;
  }
  const Floating rate(item.bits_per_second, 17);
  write32(at, from);
  write32(at + 4, 0);
  write32(at + 8, item.media);
  write32(at + 12, rate.exponent << 26 | rate.mantissa << 9 | (item.overhead & 0x1ff));
  return true;
}

bool RtcpWriter::transport_feedback(const TransportFeedback& feedback) {
  const auto& list = feedback.chunks_and_deltas;
  const auto length = (list.size() + 3) / 4 * 4;
  auto* const at = begin(format_transport_wide, type_transport_feedback, 16 + length);
  if (at == nullptr) {
    return false;
  }
  write32(at, feedback.sender);
  write32(at + 4, feedback.media);
  write16(at + 8, feedback.base_sequence);
  write16(at + 10, feedback.count);
  write24(at + 12, static_cast<std::uint32_t>(feedback.reference_time) & 0xffffff);
  at[15] = feedback.number;
  auto* const end = std::copy(list.begin(), list.end(), at + 16);
  std::fill(end, at + 16 + length, std::uint8_t{0});
  return true;
}

Bytes write_wish(std::uint32_t our_ssrc, std::span<const std::uint32_t> their_ssrcs, std::uint64_t bits_per_second,
                 Buffer out) {
  RtcpWriter writer(out);
  const bool fits =
      writer.receiver_report(our_ssrc, {}) && writer.receiver_estimate(our_ssrc, bits_per_second, their_ssrcs);
  return fits ? writer.bytes() : Bytes{};
}

}  // namespace rollcall::mcu::rtp
