#include "mcu/rtp/rtcp_reader.h"

#include "mcu/rtp/rtcp_types.h"

namespace rollcall::mcu::rtp {
namespace {

using MaybeBlock = std::optional<RtcpBlock>;

constexpr std::size_t feedback_head = 8;
constexpr std::size_t transport_wide_head = 8;
constexpr std::size_t remb_head = 8;

/// As many report blocks as the head counts; nothing if the block is shorter than that.
std::optional<Items<ReportBlock>> read_reports(unsigned count, Bytes bytes) {
  const auto length = count * ReportBlock::width;
  return bytes.size() < length ? std::nullopt : std::optional(Items<ReportBlock>(bytes.first(length)));
}

MaybeBlock read_sender_report(unsigned count, Bytes body) {
  if (body.size() < 4 + sender_info) {
    return std::nullopt;
  }
  const auto reports = read_reports(count, body.subspan(4 + sender_info));
  if (!reports) {
    return std::nullopt;
  }
  return SenderReport{.sender = {.ssrc = read32(&body[0]),
                                 .ntp = read64(&body[4]),
                                 .timestamp = read32(&body[12]),
                                 .packets = read32(&body[16]),
                                 .octets = read32(&body[20])},
                      .reports = *reports};
}

MaybeBlock read_receiver_report(unsigned count, Bytes body) {
  if (body.size() < 4) {
    return std::nullopt;
  }
  const auto reports = read_reports(count, body.subspan(4));
  return reports ? MaybeBlock(ReceiverReport{.ssrc = read32(body.data()), .reports = *reports}) : std::nullopt;
}

MaybeBlock read_goodbye(unsigned count, Bytes body) {
  const auto length = count * Ssrc::width;
  return body.size() < length ? std::nullopt : MaybeBlock(Goodbye{Items<Ssrc>(body.first(length))});
}

MaybeBlock read_transport_wide(std::uint32_t sender, std::uint32_t media, Bytes information) {
  if (information.size() < transport_wide_head) {
    return std::nullopt;
  }
  const auto time = static_cast<std::int32_t>(read24(&information[4]));
  return TransportFeedback{.sender = sender,
                           .media = media,
                           .base_sequence = read16(&information[0]),
                           .count = read16(&information[2]),
                           .reference_time = time >= 1 << 23 ? time - (1 << 24) : time,
                           .number = information[7],
                           .chunks_and_deltas = information.subspan(transport_wide_head)};
}

MaybeBlock read_transport_feedback(unsigned format, Bytes body) {
  if (body.size() < feedback_head) {
    return std::nullopt;
  }
  const auto sender = read32(&body[0]);
  const auto media = read32(&body[4]);
  const auto information = body.subspan(feedback_head);
  switch (format) {
    case format_nack:
      return Nack{.sender = sender, .media = media, .items = Items<NackItem>(information)};
    case format_bitrate_request:
      return BitrateRequest{.sender = sender, .items = Items<BitrateItem>(information)};
    case format_bitrate_notification:
      return BitrateNotification{.sender = sender, .items = Items<BitrateItem>(information)};
    case format_transport_wide:
      return read_transport_wide(sender, media, information);
    default:
      return std::nullopt;
  }
}

MaybeBlock read_remb(std::uint32_t sender, Bytes information) {
  if (information.size() < remb_head || read32(information.data()) != remb_name) {
    return std::nullopt;
  }
  const auto word = read32(&information[4]);
  const std::size_t length = (word >> 24) * Ssrc::width;
  const unsigned exponent = word >> 18 & 0x3f;
  if (information.size() - remb_head < length) {
    return std::nullopt;
  }
  const std::uint64_t mantissa = word & 0x3ffff;
  return ReceiverEstimate{.sender = sender,
                          .bits_per_second = exponent < 64 - 18 ? mantissa << exponent : UINT64_MAX,
                          .media = Items<Ssrc>(information.subspan(remb_head, length))};
}

MaybeBlock read_payload_feedback(unsigned format, Bytes body) {
  if (body.size() < feedback_head) {
    return std::nullopt;
  }
  const auto sender = read32(&body[0]);
  const auto information = body.subspan(feedback_head);
  switch (format) {
    case format_picture_loss:
      return PictureLoss{.sender = sender, .media = read32(&body[4])};
    case format_full_intra:
      return FullIntraRequest{.sender = sender, .items = Items<FullIntraItem>(information)};
    case format_application:
      return read_remb(sender, information);
    default:
      return std::nullopt;
  }
}

/// Nothing if it is unknown or too short for what it claims to hold.
MaybeBlock read_block(std::uint8_t type, unsigned count, Bytes body) {
  switch (type) {
    case type_sender_report:
      return read_sender_report(count, body);
    case type_receiver_report:
      return read_receiver_report(count, body);
    case type_goodbye:
      return read_goodbye(count, body);
    case type_transport_feedback:
      return read_transport_feedback(count, body);
    case type_payload_feedback:
      return read_payload_feedback(count, body);
    default:
      return std::nullopt;
  }
}

}  // namespace

/// The whole block, head included and padding excluded; empty at the end and at what is broken.
Bytes RtcpReader::cut_block() {
  if (rest_.empty()) {
    return {};
  }
  broken_ = true;
  if (rest_.size() < block_head || rest_[0] >> 6 != 2) {
    return {};
  }
  const std::size_t length = 4U * (read16(&rest_[2]) + 1U);
  if (length > rest_.size()) {
    return {};
  }
  Bytes block = rest_.first(length);
  if ((block[0] & 0x20) != 0) {
    const std::size_t padding = block.back();
    if (padding == 0 || padding > length - block_head) {
      return {};
    }
    block = block.first(length - padding);
  }
  broken_ = false;
  rest_ = rest_.subspan(length);
  return block;
}

std::optional<CanonicalName> RtcpReader::next_name() {
  while (chunk_count_ > 0 && chunks_.size() >= 4) {
    --chunk_count_;
    CanonicalName found{.ssrc = read32(chunks_.data())};
    std::size_t at = 4;
    while (at < chunks_.size() && chunks_[at] != 0) {
      if (at + 2 > chunks_.size() || chunks_.size() - at - 2 < chunks_[at + 1]) {
        chunk_count_ = 0;
        return std::nullopt;
      }
      if (chunks_[at] == item_canonical_name) {
        found.name = {reinterpret_cast<const char*>(&chunks_[at]) + 2, chunks_[at + 1]};
      }
      at += 2U + chunks_[at + 1];
    }
    at = (at / 4 + 1) * 4;  // the terminating zero, and padding up to a word
    chunks_ = at < chunks_.size() ? chunks_.subspan(at) : Bytes{};
    if (!found.name.empty()) {
      return found;
    }
  }
  chunk_count_ = 0;
  return std::nullopt;
}

std::optional<RtcpBlock> RtcpReader::next() {
  for (;;) {
    if (chunk_count_ > 0) {
      if (const auto name = next_name()) {
        return *name;
      }
    }
    const Bytes block = cut_block();
    if (block.empty()) {
      rest_ = {};
      return std::nullopt;
    }
    const unsigned count = block[0] & 0x1f;
    if (block[1] == type_source_description) {
      chunks_ = block.subspan(block_head);
      chunk_count_ = static_cast<int>(count);
    } else if (const auto read = read_block(block[1], count, block.subspan(block_head))) {
      return read;
    }
  }
}

}  // namespace rollcall::mcu::rtp
