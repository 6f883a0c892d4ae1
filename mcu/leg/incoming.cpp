#include "mcu/leg/incoming.h"

#include <algorithm>
#include <utility>

namespace rollcall::mcu::leg {
namespace {

using namespace std::chrono_literals;

/// How long a gap is waited for: room for one or two retransmissions. Packets in order are not delayed by it.
constexpr auto repair_wait = 150ms;
/// Where nothing is sent again, only what was overtaken can still come.
constexpr auto reorder_wait = 40ms;
/// Between two requests for a key frame: about a round trip and an encoder's time.
constexpr auto request_interval = 300ms;
/// Packets arrive but no picture comes out: the key frame was lost, or damaged.
constexpr auto picture_overdue = 1000ms;

rtp::ReceiveStream::Settings stream_settings(const Choice& choice) {
  const bool repair = choice.has_feedback("nack");
  rtp::ReceiveStream::Settings settings{.clock_rate = static_cast<std::uint32_t>(choice.known->clock_rate),
                                        .wait = repair ? repair_wait : reorder_wait,
                                        .repair = repair};
  if (choice.known->kind == model::MediaKind::audio) {
    settings.wait = 0ms;
    settings.most_packets = 64;
  }
  return settings;
}

}  // namespace

Incoming::Incoming(const Choice& choice, Sinks sinks)
    : choice_(choice),
      level_id_(choice.extension_id(audio_level_uri)),
      repairs_(choice.has_feedback("nack")),
      sinks_(std::move(sinks)),
      layer_choice_(choice.layers()) {
  for (std::size_t i = 0; i < choice.layers(); ++i) {
    layers_.emplace_back(choice.known->coding);
  }
  if (choice.known->kind == model::MediaKind::video) {
    decoder_ = std::make_unique<PictureDecoder>(
        DecodePool::of_process(), choice.known->coding,
        PictureDecoder::Events{[this](gst::SamplePtr picture) { sinks_.picture(std::move(picture)); }});
  }
}

void Incoming::begin_stream(Layer& layer, std::uint32_t ssrc) {
  layer.stream.emplace(stream_settings(choice_));
  layer.ssrc = ssrc;
  layer.followed = false;
  layer.waits_for_key = true;
  ssrcs_.clear();
  for (const auto& one : layers_) {
    if (one.stream) {
      ssrcs_.push_back(one.ssrc);
    }
  }
}

void Incoming::receive(const rtp::Packet& packet, bool is_retransmission, std::size_t layer, Time now) {
  const auto sink = [this, layer](const rtp::Released& released) { take(layer, released); };
  auto& from = layers_[layer];
  last_packet_ = now;
  if (is_retransmission) {
    if (from.stream) {
      from.stream->receive_rtx(packet, static_cast<std::uint8_t>(choice_.codec.payload_type), now, sink);
    }
    return;
  }
  if (!from.stream || from.ssrc != packet.header.ssrc) {
    begin_stream(from, packet.header.ssrc);
  }
  if (decoder_ && !packet.payload.empty()) {
    layer_choice_.on_packet(layer, now);
    if (!wanted_ || layers_.size() > 1) {
      choose_layer(now);
    }
  }
  from.stream->receive(packet, now, sink);
}

void Incoming::poll(Time now) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    if (layers_[i].stream) {
      layers_[i].stream->poll(now, [this, i](const rtp::Released& released) { take(i, released); });
    }
  }
  if (!decoder_) {
    return;
  }
  choose_layer(now);
  const bool overdue = now - last_packet_ < picture_overdue && now - decoder_->last_decoded() >= picture_overdue &&
                       now - last_request_ >= picture_overdue;
  if (shown_ && wanted_ && (decoder_->take_failure() || overdue)) {
    need_key_frame(layers_[*wanted_]);
  }
}

/// A layer that is to be shown from now on begins with a key frame; until then the one before it goes on.
void Incoming::choose_layer(Time now) {
  const auto before = std::exchange(wanted_, layer_choice_.wanted(now));
  if (!wanted_ || wanted_ == before || !layer_choice_.current() || wanted_ == layer_choice_.current()) {
    return;
  }
  auto& layer = layers_[*wanted_];
  layer.waits_for_key = true;
  layer.key_frame_due = layer.stream && layer.stream->figures().packets > 0;  // a new stream begins with one by itself
}

bool Incoming::is_followed(std::size_t layer) const {
  return shown_ && (layer == wanted_ || layer == layer_choice_.current());
}

void Incoming::take_sound(const rtp::Released& released) const {
  const auto level = rtp::read_audio_level(released.packet, level_id_);
  sinks_.sound({.coding = choice_.known->coding,
                .sequence = static_cast<std::uint64_t>(released.sequence),
                .timestamp = released.packet.header.timestamp,
                .payload = released.packet.payload,
                .level = level ? std::optional(level->level) : std::nullopt,
                .arrived = released.arrived});
}

void Incoming::take(std::size_t layer, const rtp::Released& released) {
  if (choice_.keys && released.packet.header.payload_type == choice_.keys->payload_type) {
    take_key(released.packet);
    return;
  }
  if (!decoder_) {
    take_sound(released);
    return;
  }
  if (const int height = key_frame_height(choice_.known->coding, released.packet.payload); height > 0) {
    layer_choice_.set_height(layer, height);
  }
  auto& from = layers_[layer];
  const bool followed_before = std::exchange(from.followed, is_followed(layer));
  if (!from.followed) {
    return;
  }
  if (released.after_loss && followed_before) {
    need_key_frame(from);
  }
  const bool whole =
      from.assembler.add(released.packet, released.after_loss || !followed_before,
                         [this, layer](EncodedPicture&& picture) { take_picture(layer, std::move(picture)); });
  if (!whole) {
    need_key_frame(from);
  }
}

void Incoming::take_picture(std::size_t layer, EncodedPicture&& picture) {
  auto& from = layers_[layer];
  if (from.waits_for_key && !picture.key) {
    from.key_frame_due = true;
    return;
  }
  const bool goes_on = layer == layer_choice_.current();
  if (picture.key ? !layer_choice_.on_key_frame(layer, last_packet_) : !goes_on) {
    from.waits_for_key = true;
    return;
  }
  from.waits_for_key = false;
  from.key_frame_due = false;
  if (!decoder_->put(std::move(picture))) {
    need_key_frame(from);
  }
}

void Incoming::need_key_frame(Layer& layer) {
  layer.waits_for_key = true;
  layer.key_frame_due = true;
}

void Incoming::show(bool shown) {
  if (!decoder_ || std::exchange(shown_, shown) == shown) {
    return;
  }
  if (!shown) {
    decoder_->rest();
  }
  for (auto& layer : layers_) {
    layer.waits_for_key = true;
    layer.key_frame_due = shown && layer.stream && is_followed(static_cast<std::size_t>(&layer - layers_.data()));
  }
}

bool Incoming::has_news() const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const auto& layer = layers_[i];
    if (is_followed(i) && (layer.key_frame_due || (repairs_ && layer.stream && layer.stream->waiting()))) {
      return true;
    }
  }
  return false;
}

std::optional<std::uint32_t> Incoming::take_key_frame_need(Time now) {
  if (now - last_request_ < request_interval || given_up()) {
    return std::nullopt;
  }
  for (const auto& place : {wanted_, layer_choice_.current()}) {
    if (place && shown_ && layers_[*place].stream && std::exchange(layers_[*place].key_frame_due, false)) {
      last_request_ = now;
      return layers_[*place].ssrc;
    }
  }
  return std::nullopt;
}

std::span<const Incoming::Missing> Incoming::missing(Time now) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    auto& stream = layers_[i].stream;
    // What is not shown is not worth asking for again: it begins with a key frame anyway.
    if (!repairs_ || !stream || !stream->waiting() || !is_followed(i)) {
      continue;
    }
    missing_.resize(std::max(missing_.size(), count + 1));
    auto& due = missing_[count];
    due.ssrc = layers_[i].ssrc;
    due.sequences.clear();
    stream->nacks_due(now, due.sequences);
    count += due.sequences.empty() ? 0 : 1;
  }
  return std::span(missing_).first(count);
}

void Incoming::on_sender_report(const rtp::SenderInfo& report, Time now) {
  for (auto& layer : layers_) {
    if (layer.stream && report.ssrc == layer.ssrc) {
      layer.stream->on_sender_report(report, now);
    }
  }
}

void Incoming::set_round_trip(rtp::ReceiveStream::Duration round_trip) {
  for (auto& layer : layers_) {
    if (layer.stream) {
      layer.stream->set_round_trip(round_trip);
    }
  }
}

std::span<const rtp::ReportBlock> Incoming::report_blocks(Time now) {
  reports_.clear();
  for (auto& layer : layers_) {
    if (const auto block = layer.stream ? layer.stream->report_block(now) : std::nullopt) {
      reports_.push_back(*block);
    }
  }
  return reports_;
}

Incoming::Time Incoming::last_media() const {
  return decoder_ && shown_ ? decoder_->last_decoded() : last_packet_;
}

rtp::ReceiveStream::Figures Incoming::figures() const {
  rtp::ReceiveStream::Figures all;
  for (const auto& layer : layers_) {
    if (layer.stream) {
      const auto& one = layer.stream->figures();
      all.packets += one.packets;
      all.octets += one.octets;
      all.given_up += one.given_up;
      all.repaired += one.repaired;
    }
  }
  return all;
}

rtp::ReceiveStream::Duration Incoming::jitter() const {
  const auto& layer = layers_[layer_choice_.current().value_or(0)];
  return layer.stream ? layer.stream->jitter() : rtp::ReceiveStream::Duration{};
}

}  // namespace rollcall::mcu::leg
