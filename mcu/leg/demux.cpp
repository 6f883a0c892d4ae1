#include "mcu/leg/demux.h"

#include <algorithm>

namespace rollcall::mcu::leg {

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

Demux::Entry* Demux::find(const rtp::Packet& packet) {
  const auto ssrc = packet.header.ssrc;
  for (auto& entry : entries_) {
    if (entry.main.ssrc == ssrc || entry.rtx.ssrc == ssrc) {
      return &entry;
    }
  }
  for (auto& entry : entries_) {
    if (const auto mid = rtp::read_text_extension(packet, entry.media.mid_extension);
        !mid.empty() && mid == entry.media.mid) {
      return &entry;
    }
  }
  for (auto& entry : entries_) {
    const int payload_type = packet.header.payload_type;
    if (entry.media.payload_type == payload_type || entry.media.rtx_payload_type == payload_type) {
      return &entry;
    }
  }
  return nullptr;
}

std::optional<Demux::Route> Demux::route(const rtp::Packet& packet, Time now) {
  Entry* entry = find(packet);
  if (entry == nullptr) {
    return std::nullopt;
  }
  const int payload_type = packet.header.payload_type;
  const bool is_rtx = entry->media.rtx_payload_type == payload_type;
  if (!is_rtx && entry->media.payload_type != payload_type) {
    return std::nullopt;
  }
  auto& stream = is_rtx ? entry->rtx : entry->main;
  if (!stream.accepts(packet.header.ssrc, now)) {
    return std::nullopt;
  }
  stream.ssrc = packet.header.ssrc;
  stream.last = now;
  return Route{entry->media.index, is_rtx};
}

std::optional<std::size_t> Demux::owner(std::uint32_t ssrc) const {
  for (const auto& entry : entries_) {
    if (entry.main.ssrc == ssrc || entry.rtx.ssrc == ssrc) {
      return entry.media.index;
    }
  }
  return std::nullopt;
}

void Demux::on_goodbye(std::uint32_t ssrc) {
  for (auto& entry : entries_) {
    for (auto* stream : {&entry.main, &entry.rtx}) {
      if (stream->ssrc == ssrc) {
        stream->last = {};
      }
    }
  }
}

}  // namespace rollcall::mcu::leg
