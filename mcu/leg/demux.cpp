#include "mcu/leg/demux.h"

#include <algorithm>

namespace rollcall::mcu::leg {

bool Demux::Stream::accepts(std::uint32_t candidate, Time now) const {
  return !ssrc || *ssrc == candidate || now - last >= replaceable_after;
}

bool Demux::Entry::has(std::uint32_t ssrc) const {
  return std::any_of(layers.begin(), layers.end(), [ssrc](const Layer& layer) { return layer.has(ssrc); });
}

Demux::Layer* Demux::Entry::layer_of(const rtp::Packet& packet, bool is_rtx) {
  if (media.rids.empty()) {
    return &layers.front();
  }
  const auto ssrc = packet.header.ssrc;
  const auto known = std::find_if(layers.begin(), layers.end(), [&](const Layer& layer) { return layer.has(ssrc); });
  if (known != layers.end()) {
    return &*known;
  }
  const auto rid = rtp::read_text_extension(packet, is_rtx ? media.repaired_rid_extension : media.rid_extension);
  const auto named = std::find(media.rids.begin(), media.rids.end(), rid);
  return named == media.rids.end() ? nullptr : &layers[static_cast<std::size_t>(named - media.rids.begin())];
}

void Demux::set_media(const Media& media) {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.media.index == media.index; });
  auto& entry = found == entries_.end() ? entries_.emplace_back() : *found;
  entry.layers.resize(std::max<std::size_t>(1, media.rids.size()));
  auto& first = entry.layers.front();
  if (media.ssrc && first.main.ssrc != media.ssrc) {
    first.main = {media.ssrc, {}};
  }
  if (media.rtx_ssrc && first.rtx.ssrc != media.rtx_ssrc) {
    first.rtx = {media.rtx_ssrc, {}};
  }
  entry.media = media;
}

Demux::Entry* Demux::find(const rtp::Packet& packet) {
  const auto ssrc = packet.header.ssrc;
  for (auto& entry : entries_) {
    if (entry.has(ssrc)) {
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
    if (entry.media.payload_type == payload_type || entry.media.rtx_payload_type == payload_type ||
        entry.media.keys_payload_type == payload_type) {
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
  if (!is_rtx && entry->media.payload_type != payload_type && entry->media.keys_payload_type != payload_type) {
    return std::nullopt;
  }
  auto* layer = entry->layer_of(packet, is_rtx);
  if (layer == nullptr) {
    return std::nullopt;
  }
  auto& stream = is_rtx ? layer->rtx : layer->main;
  if (!stream.accepts(packet.header.ssrc, now)) {
    return std::nullopt;
  }
  stream.ssrc = packet.header.ssrc;
  stream.last = now;
  return Route{entry->media.index, is_rtx, static_cast<std::size_t>(layer - entry->layers.data())};
}

std::optional<std::size_t> Demux::owner(std::uint32_t ssrc) const {
  for (const auto& entry : entries_) {
    if (entry.has(ssrc)) {
      return entry.media.index;
    }
  }
  return std::nullopt;
}

void Demux::on_goodbye(std::uint32_t ssrc) {
  for (auto& entry : entries_) {
    for (auto& layer : entry.layers) {
      for (auto* stream : {&layer.main, &layer.rtx}) {
        if (stream->ssrc == ssrc) {
          stream->last = {};
        }
      }
    }
  }
}

}  // namespace rollcall::mcu::leg
