#include "mcu/leg/demux.h"

#include <algorithm>
#include <cassert>

namespace rollcall::mcu::leg {
namespace {

using transport::Bytes;
using transport::read16;
using transport::read32;

constexpr std::size_t fixed_header = 12;
constexpr std::uint16_t one_byte_profile = 0xBEDE;

/// The extension block behind the CSRC list, without its own header; empty if there is none.
Bytes extension_block(Bytes rtp, std::uint16_t& profile) {
  if (rtp.size() < fixed_header || (rtp[0] & 0x10) == 0) {
    return {};
  }
  const auto start = fixed_header + 4U * (rtp[0] & 0x0f);
  if (rtp.size() < start + 4) {
    return {};
  }
  profile = read16(&rtp[start]);
  const std::size_t length = 4U * read16(&rtp[start + 2]);
  return rtp.size() < start + 4 + length ? Bytes{} : rtp.subspan(start + 4, length);
}

}  // namespace

Bytes header_extension(Bytes rtp, int id) {
  std::uint16_t profile = 0;
  const Bytes block = extension_block(rtp, profile);
  const bool one_byte = profile == one_byte_profile;
  if (!one_byte && (profile & 0xfff0) != 0x1000) {
    return {};
  }
  for (std::size_t at = 0; at < block.size();) {
    if (block[at] == 0) {
      ++at;
      continue;
    }
    const int found = one_byte ? block[at] >> 4 : block[at];
    if ((one_byte && found == 15) || (!one_byte && at + 1 >= block.size())) {
      return {};
    }
    const std::size_t length = one_byte ? (block[at] & 0x0f) + 1U : block[at + 1];
    at += one_byte ? 1 : 2;
    if (at + length > block.size()) {
      return {};
    }
    if (found == id) {
      return block.subspan(at, length);
    }
    at += length;
  }
  return {};
}

bool Demux::Stream::accepts(std::uint32_t candidate, Time now) const {
  return !ssrc || *ssrc == candidate || now - last >= replaceable_after;
}

void Demux::set_media(const Media& media) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.media.index == media.index; });
  auto& entry = found == entries_.end() ? entries_.emplace_back() : *found;
  if (media.ssrc && entry.main.ssrc != media.ssrc) {
    entry.main = {media.ssrc, {}};
  }
  if (media.rtx_ssrc && entry.rtx.ssrc != media.rtx_ssrc) {
    entry.rtx = {media.rtx_ssrc, {}};
  }
  entry.media = media;
}

Demux::Entry* Demux::find(Bytes rtp, std::uint32_t ssrc, int payload_type) {
  for (auto& entry : entries_) {
    if (entry.main.ssrc == ssrc || entry.rtx.ssrc == ssrc) {
      return &entry;
    }
  }
  for (auto& entry : entries_) {
    const auto mid = header_extension(rtp, entry.media.mid_extension);
    if (entry.media.mid_extension != 0 && !mid.empty() && mid.size() == entry.media.mid.size() &&
        std::equal(mid.begin(), mid.end(), entry.media.mid.begin(),
                   [](std::uint8_t a, char b) { return a == std::uint8_t(b); })) {
      return &entry;
    }
  }
  for (auto& entry : entries_) {
    if (entry.media.payload_type == payload_type || entry.media.rtx_payload_type == payload_type) {
      return &entry;
    }
  }
  return nullptr;
}

std::optional<std::size_t> Demux::route(Bytes rtp, Time now) {
  if (rtp.size() < fixed_header) {
    return std::nullopt;
  }
  const auto ssrc = read32(&rtp[8]);
  const int payload_type = rtp[1] & 0x7f;
  Entry* entry = find(rtp, ssrc, payload_type);
  if (entry == nullptr) {
    return std::nullopt;
  }
  const bool is_rtx = entry->media.rtx_payload_type == payload_type;
  if (!is_rtx && entry->media.payload_type != payload_type) {
    return std::nullopt;
  }
  auto& stream = is_rtx ? entry->rtx : entry->main;
  if (!stream.accepts(ssrc, now)) {
    return std::nullopt;
  }
  stream = {ssrc, now};
  return entry->media.index;
}

std::optional<std::size_t> Demux::owner(std::uint32_t ssrc) const {
  for (const auto& entry : entries_) {
    if (entry.main.ssrc == ssrc || entry.rtx.ssrc == ssrc) {
      return entry.media.index;
    }
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Demux::ssrc(std::size_t index) const {
  for (const auto& entry : entries_) {
    if (entry.media.index == index) {
      return entry.main.ssrc;
    }
  }
  return std::nullopt;
}

}  // namespace rollcall::mcu::leg
