#include "mcu/leg/incoming.h"

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
      assembler_(choice.known->coding) {
  if (choice.known->kind == model::MediaKind::video) {
    decoder_ = std::make_unique<PictureDecoder>(
        DecodePool::of_process(), choice.known->coding,
        PictureDecoder::Events{[this](gst::SamplePtr picture) { sinks_.picture(std::move(picture)); }});
  }
}

void Incoming::begin_stream(std::uint32_t ssrc) {
  stream_.emplace(stream_settings(choice_));
  ssrc_ = ssrc;
  first_ = true;
  waits_for_key_ = true;
}

void Incoming::receive(const rtp::Packet& packet, bool is_retransmission, Time now) {
  const auto sink = [this](const rtp::Released& released) { take(released); };
  last_packet_ = now;
  if (is_retransmission) {
    if (stream_) {
      stream_->receive_rtx(packet, static_cast<std::uint8_t>(choice_.codec.payload_type), now, sink);
    }
    return;
  }
  if (!stream_ || ssrc_ != packet.header.ssrc) {
    begin_stream(packet.header.ssrc);
  }
  stream_->receive(packet, now, sink);
}

void Incoming::poll(Time now) {
  if (stream_) {
    stream_->poll(now, [this](const rtp::Released& released) { take(released); });
  }
  if (!decoder_ || !shown_) {
    return;
  }
  const bool overdue = now - last_packet_ < picture_overdue && now - decoder_->last_decoded() >= picture_overdue &&
                       now - last_request_ >= picture_overdue;
  if (decoder_->take_failure() || overdue) {
    need_key_frame();
  }
}

void Incoming::take(const rtp::Released& released) {
  if (!decoder_) {
    const auto level = rtp::read_audio_level(released.packet, level_id_);
    sinks_.sound({.coding = choice_.known->coding,
                  .sequence = static_cast<std::uint64_t>(released.sequence),
                  .timestamp = released.packet.header.timestamp,
                  .payload = released.packet.payload,
                  .level = level ? std::optional(level->level) : std::nullopt,
                  .arrived = released.arrived});
    return;
  }
  if (!shown_) {
    return;
  }
  const bool first = std::exchange(first_, false);
  if (released.after_loss && !first) {
    need_key_frame();
  }
  if (!assembler_.add(released.packet, released.after_loss,
                      [this](EncodedPicture&& picture) { take_picture(std::move(picture)); })) {
    need_key_frame();
  }
}

void Incoming::take_picture(EncodedPicture&& picture) {
  if (waits_for_key_ && !picture.key) {
    key_frame_due_ = true;
    return;
  }
  waits_for_key_ = false;
  if (!decoder_->put(std::move(picture))) {
    need_key_frame();
  }
}

void Incoming::need_key_frame() {
  waits_for_key_ = true;
  key_frame_due_ = true;
}

void Incoming::show(bool shown) {
  if (!decoder_ || std::exchange(shown_, shown) == shown) {
    return;
  }
  if (!shown) {
    decoder_->rest();
    key_frame_due_ = false;
  } else if (stream_) {
    need_key_frame();
  }
}

bool Incoming::take_key_frame_need(Time now) {
  if (!key_frame_due_ || now - last_request_ < request_interval || given_up()) {
    return false;
  }
  last_request_ = now;
  key_frame_due_ = false;
  return true;
}

const std::vector<std::uint16_t>& Incoming::missing(Time now) {
  missing_.clear();
  // What is not shown is not worth asking for again: it begins with a key frame anyway.
  if (stream_ && stream_->waiting() && repairs_ && shown_) {
    stream_->nacks_due(now, missing_);
  }
  return missing_;
}

void Incoming::on_sender_report(const rtp::SenderInfo& report, Time now) {
  if (stream_ && report.ssrc == ssrc_) {
    stream_->on_sender_report(report, now);
  }
}

void Incoming::set_round_trip(rtp::ReceiveStream::Duration round_trip) {
  if (stream_) {
    stream_->set_round_trip(round_trip);
  }
}

std::optional<rtp::ReportBlock> Incoming::report_block(Time now) {
  return stream_ ? stream_->report_block(now) : std::nullopt;
}

std::optional<std::uint32_t> Incoming::ssrc() const {
  return stream_ ? std::optional(ssrc_) : std::nullopt;
}

Incoming::Time Incoming::last_media() const {
  return decoder_ ? decoder_->last_decoded() : last_packet_;
}

rtp::ReceiveStream::Figures Incoming::figures() const {
  return stream_ ? stream_->figures() : rtp::ReceiveStream::Figures{};
}

rtp::ReceiveStream::Duration Incoming::jitter() const {
  return stream_ ? stream_->jitter() : rtp::ReceiveStream::Duration{};
}

}  // namespace rollcall::mcu::leg
