#include "mcu/leg/outgoing.h"

#include <random>

#include "mcu/gst/media_clock.h"

namespace rollcall::mcu::leg {
namespace {

using transport::Batch;
using transport::PacketKind;

constexpr std::chrono::milliseconds update_interval{100};
/// Lower layers: UDP, IPv4, the tag of SRTP.
constexpr std::size_t wire_overhead = 38;
constexpr int most_silent_reports = 2;

rtp::SendStream::Settings stream_settings(const Outgoing::Setup& setup) {
  std::random_device random;
  rtp::SendStream::Settings settings{.ssrc = setup.ssrc,
                                     .payload_type = static_cast<std::uint8_t>(setup.choice.codec.payload_type),
                                     .clock_rate = static_cast<std::uint32_t>(setup.choice.known->clock_rate),
                                     // Far from the turn: a peer that misses the first packets knows the rollover.
                                     .first_sequence = static_cast<std::uint16_t>(random() & 0x7fff),
                                     .first_timestamp = static_cast<std::uint32_t>(random()),
                                     .first_rtx_sequence = static_cast<std::uint16_t>(random() & 0x7fff)};
  if (setup.choice.rtx) {
    settings.rtx_ssrc = setup.rtx_ssrc;
    settings.rtx_payload_type = static_cast<std::uint8_t>(setup.choice.rtx->payload_type);
  }
  if (!setup.choice.has_feedback("nack")) {
    settings.history = 0;
  }
  return settings;
}

/// One for each thread that sends: all legs are served with it, one after the other.
Batch& batch_of_thread() {
  thread_local Batch batch;
  return batch;
}

}  // namespace

Outgoing::Outgoing(const Setup& setup, transport::Transport& transport)
    : coding_(setup.choice.known->coding),
      mid_(setup.mid),
      mid_id_(setup.choice.extension_id(mid_uri)),
      sequence_id_(setup.choice.has_feedback("transport-cc") ? setup.choice.extension_id(twcc_uri) : 0),
      // Without a stream of their own, resent packets must be what they were before: no new number in them.
      resends_(setup.choice.has_feedback("nack") && (setup.choice.rtx || sequence_id_ == 0)),
      transport_(transport),
      stream_(stream_settings(setup)) {}

void Outgoing::enable(bool on) {
  if (enabled_.exchange(on) != on) {
    started_ = false;
  }
}

void Outgoing::send(const gst::PicturePtr& picture) {
  if (!enabled_ || picture->coding != coding_ || (!started_ && !picture->key)) {
    return;
  }
  started_ = true;
  const auto now = std::chrono::steady_clock::now();
  auto& batch = batch_of_thread();
  for (std::size_t index = 0; index < picture->count();) {
    {
      const std::lock_guard lock(mutex_);
      const auto timestamp = stream_.timestamp(picture->running_time);
      for (; index < picture->count() && !batch.is_full(); ++index) {
        write(batch, timestamp, index + 1 == picture->count(), picture->payload(index), picture, now);
      }
    }
    transport_.send(PacketKind::rtp, batch);
  }
}

void Outgoing::send(const gst::EncodedSound& sound) {
  if (!enabled_ || sound.coding != coding_) {
    return;
  }
  started_ = true;
  auto& batch = batch_of_thread();
  {
    const std::lock_guard lock(mutex_);
    write(batch, stream_.timestamp(sound.running_time), sound.begins_talk, sound.payload, nullptr,
          std::chrono::steady_clock::now());
  }
  transport_.send(PacketKind::rtp, batch);
}

rtp::OutgoingExtensions Outgoing::extensions(std::size_t payload, Time now) {
  rtp::OutgoingExtensions extensions{.mid_id = mid_id_, .mid = mid_};
  const auto bytes = payload + rtp::fixed_header + wire_overhead;
  if (sequence_id_ != 0) {
    extensions.transport_sequence_id = sequence_id_;
    extensions.transport_sequence = numbers_.next(bytes, now);
  }
  estimate_.sent(bytes, now);
  return extensions;
}

void Outgoing::write(Batch& batch, std::uint32_t timestamp, bool marker, rtp::Bytes payload,
                     const rtp::SendStream::Owner& owner, Time now) {
  const auto header = stream_.next(timestamp, marker, payload, resends_ ? owner : nullptr, now);
  batch.add(rtp::write_packet(header, extensions(payload.size(), now), payload, batch.room()));
}

void Outgoing::on_nack(const rtp::Nack& nack, Time now) {
  if (!resends_) {
    return;
  }
  auto& batch = batch_of_thread();
  {
    const std::lock_guard lock(mutex_);
    nack.for_each([&](std::uint16_t sequence) {
      if (!batch.is_full()) {
        resend(batch, sequence, now);
      }
    });
  }
  transport_.send(PacketKind::rtp, batch);
}

bool Outgoing::resend(Batch& batch, std::uint16_t sequence, Time now) {
  const auto again = stream_.resend(sequence, now);
  if (!again) {
    return false;
  }
  const auto written =
      again->original_sequence
          ? rtp::write_retransmission(again->header, extensions(again->payload.size(), now), *again->original_sequence,
                                      again->payload, batch.room())
          : rtp::write_packet(again->header, extensions(again->payload.size(), now), again->payload, batch.room());
  batch.add(written);
  return true;
}

void Outgoing::on_report(const rtp::ReportBlock& report, Time now) {
  const std::lock_guard lock(mutex_);
  stream_.on_report_block(report, now);
  if (sequence_id_ == 0) {
    estimate_.on_loss(static_cast<double>(report.fraction_lost) / 256, now);
  }
}

void Outgoing::on_feedback(const rtp::TransportFeedback& feedback, Time now) {
  const std::lock_guard lock(mutex_);
  results_.clear();
  numbers_.on_feedback(feedback, results_);
  estimate_.on_results(results_, now);
}

void Outgoing::on_receiver_estimate(std::uint64_t bits_per_second, Time now) {
  const std::lock_guard lock(mutex_);
  estimate_.on_limit(bits_per_second, now);
}

void Outgoing::set_ceiling(std::uint64_t bits_per_second) {
  const std::lock_guard lock(mutex_);
  estimate_.set_ceiling(bits_per_second);
}

void Outgoing::tick(Time now) {
  if (now - last_update_ < update_interval) {
    return;
  }
  last_update_ = now;
  const std::lock_guard lock(mutex_);
  stream_.forget(now);
  estimate_.update(now);
}

std::optional<rtp::SenderInfo> Outgoing::report(Time now) {
  const auto ntp = rtp::ntp_time(std::chrono::system_clock::now());
  const std::lock_guard lock(mutex_);
  const auto packets = stream_.figures().packets;
  silent_reports_ = packets == reported_ ? silent_reports_ + 1 : 0;
  reported_ = packets;
  if (packets == 0 || silent_reports_ > most_silent_reports) {
    return std::nullopt;
  }
  return stream_.report(ntp, gst::running_time_now(), now);
}

Outgoing::Figures Outgoing::figures() {
  const std::lock_guard lock(mutex_);
  const auto& sent = stream_.figures();
  return {.packets = sent.packets,
          .octets = sent.octets,
          .estimate_kbit = estimate_.kbit(),
          .loss = sequence_id_ != 0 ? estimate_.loss() : stream_.fraction_lost().value_or(0),
          .round_trip = stream_.round_trip()};
}

}  // namespace rollcall::mcu::leg
