#include "mcu/rtp/receive_stream.h"

#include <algorithm>

namespace rollcall::mcu::rtp {
namespace {

using State = PacketRing::Slot::State;

constexpr std::int64_t cycle = 65'536;
constexpr std::int64_t most_dropout = 3000;        // RFC 3550 A.1
constexpr std::int64_t most_ahead_repaired = 100;  // what is sent again can hardly be news
constexpr unsigned late_run_starts_anew = 32;

}  // namespace

ReceiveStream::ReceiveStream(const Settings& settings)
    : settings_(settings), reception_(settings.clock_rate), ring_(settings.most_packets) {}

ReceiveStream::Outcome ReceiveStream::receive(const Packet& packet, Time now, Sink sink) {
  if (ssrc_ != packet.header.ssrc) {
    start(packet, sink);
  }
  const auto sequence = extend(highest_, packet.header.sequence);
  if (!is_near(sequence)) {
    if (!starts_anew(sequence)) {
      return Outcome::strange;
    }
    start(packet, sink);
    return receive(packet, now, sink);
  }
  odd_.reset();
  reception_.count(sequence, packet.header.timestamp, now);
  const auto outcome = place(packet, sequence, now, sink);
  if (outcome == Outcome::late && late_run_ >= late_run_starts_anew) {
    // It began again a little before where it was: without this nothing would be seen until it has caught up.
    start(packet, sink);
    return receive(packet, now, sink);
  }
  return outcome;
}

ReceiveStream::Outcome ReceiveStream::receive_rtx(const Packet& packet, std::uint8_t payload_type, Time now,
                                                  Sink sink) {
  if (!ssrc_ || packet.payload.size() <= 2) {
    return Outcome::strange;
  }
  Packet original = packet;
  original.header.sequence = read16(packet.payload.data());
  original.header.payload_type = payload_type;
  original.header.ssrc = *ssrc_;
  original.payload = packet.payload.subspan(2);
  const auto sequence = extend(highest_, original.header.sequence);
  if (sequence > highest_ + most_ahead_repaired || sequence < highest_ - most_dropout) {
    return Outcome::strange;
  }
  const auto outcome = place(original, sequence, now, sink);
  figures_.repaired += outcome == Outcome::released || outcome == Outcome::held ? 1 : 0;
  late_run_ = 0;
  return outcome;
}

bool ReceiveStream::is_near(std::int64_t sequence) const {
  return sequence <= highest_ + most_dropout && sequence > highest_ - most_dropout;
}

/// A.1: one packet from far away may be a stray, the next one after it confirms.
bool ReceiveStream::starts_anew(std::int64_t sequence) {
  const bool confirmed = odd_ == sequence;
  odd_ = sequence + 1;
  return confirmed;
}

void ReceiveStream::start(const Packet& packet, Sink sink) {
  while (waiting()) {
    give_up_next(sink);
  }
  const bool same_source = ssrc_ == packet.header.ssrc;
  if (ssrc_) {
    ++figures_.restarts;
    after_loss_ = true;
  }
  ssrc_ = packet.header.ssrc;
  // A cycle further on: extended numbers never go back, and packets a little before the first one are not negative.
  next_ = (highest_ + cycle) / cycle * cycle + cycle + packet.header.sequence;
  highest_ = next_ - 1;
  reception_.start(next_, same_source);
  seen_.reset();
  odd_.reset();
  late_run_ = 0;
}

ReceiveStream::Outcome ReceiveStream::drop_late(std::int64_t sequence) {
  if (highest_ - sequence < SeenWindow::width && seen_.has(sequence)) {
    ++figures_.duplicates;
    return Outcome::duplicate;
  }
  late_run_ = sequence == last_late_ + 1 ? late_run_ + 1 : 1;
  last_late_ = sequence;
  ++figures_.late;
  return Outcome::late;
}

ReceiveStream::Outcome ReceiveStream::place(const Packet& packet, std::int64_t sequence, Time now, Sink sink) {
  if (sequence == next_) {
    return pass_on(packet, sequence, now, sink);
  }
  if (settings_.wait == Duration::zero()) {
    return pass_out_of_turn(packet, sequence, now, sink);
  }
  if (sequence < next_) {
    return drop_late(sequence);
  }
  if (sequence <= highest_ && seen_.has(sequence)) {
    ++figures_.duplicates;
    return Outcome::duplicate;
  }
  if (sequence > highest_) {
    make_room(sequence, sink);
    if (sequence == next_) {
      return pass_on(packet, sequence, now, sink);
    }
    note_missing(sequence, now);
  }
  seen_.add(sequence);
  ring_.hold(sequence, packet, now);
  while (ring_.held_bytes() > settings_.most_bytes && waiting()) {
    give_up_next(sink);
  }
  return sequence < next_ ? Outcome::released : Outcome::held;
}

ReceiveStream::Outcome ReceiveStream::pass_on(const Packet& packet, std::int64_t sequence, Time now, Sink sink) {
  seen_.add(sequence);
  if (waiting()) {
    ring_.clear(ring_.at(sequence));
  } else {
    highest_ = sequence;
  }
  next_ = sequence + 1;
  release(packet, sequence, now, sink);
  release_ready(sink);
  return Outcome::released;
}

/// Nothing is waited for: what is new goes out, in whatever order it comes.
ReceiveStream::Outcome ReceiveStream::pass_out_of_turn(const Packet& packet, std::int64_t sequence, Time now,
                                                       Sink sink) {
  if (sequence <= highest_ && (highest_ - sequence >= SeenWindow::width || seen_.has(sequence))) {
    return drop_late(sequence);
  }
  if (sequence > highest_) {
    forget_seen(sequence);
    after_loss_ = true;
    highest_ = sequence;
    next_ = sequence + 1;
  }
  seen_.add(sequence);
  release(packet, sequence, now, sink);
  return Outcome::released;
}

/// The numbers between the highest and this one did not come, whatever came a window earlier.
void ReceiveStream::forget_seen(std::int64_t sequence) {
  for (auto missing = std::max(highest_ + 1, sequence - SeenWindow::width); missing < sequence; ++missing) {
    seen_.remove(missing);
  }
}

void ReceiveStream::make_room(std::int64_t sequence, Sink sink) {
  while (waiting() && sequence - next_ >= ring_.capacity()) {
    give_up_next(sink);
  }
  const auto hopeless = sequence - ring_.capacity() + 1 - next_;
  if (hopeless > 0) {
    figures_.given_up += static_cast<std::uint64_t>(hopeless);
    next_ += hopeless;
    after_loss_ = true;
  }
}

void ReceiveStream::note_missing(std::int64_t sequence, Time now) {
  forget_seen(sequence);
  for (auto missing = std::max(highest_ + 1, next_); missing < sequence; ++missing) {
    ring_.miss(missing, now);
  }
  highest_ = sequence;
}

void ReceiveStream::release(const Packet& packet, std::int64_t sequence, Time arrived, Sink sink) {
  ++figures_.packets;
  figures_.octets += packet.payload.size();
  const bool after_loss = after_loss_;
  after_loss_ = false;
  sink({.packet = packet, .sequence = sequence, .arrived = arrived, .after_loss = after_loss});
}

void ReceiveStream::release_ready(Sink sink) {
  while (waiting()) {
    auto& slot = ring_.at(next_);
    if (slot.state != State::held) {
      return;
    }
    release(PacketRing::view(slot), next_, slot.since, sink);
    ring_.clear(slot);
    ++next_;
  }
}

void ReceiveStream::give_up_next(Sink sink) {
  ring_.clear(ring_.at(next_));
  ++figures_.given_up;
  after_loss_ = true;
  ++next_;
  release_ready(sink);
}

void ReceiveStream::poll(Time now, Sink sink) {
  while (waiting() && now - ring_.at(next_).since >= settings_.wait) {
    give_up_next(sink);
  }
}

bool ReceiveStream::is_due(const PacketRing::Slot& slot, std::int64_t sequence, Time now) const {
  if (slot.nacks == 0) {
    return highest_ - sequence >= static_cast<std::int64_t>(settings_.reorder_packets) ||
           now - slot.since >= settings_.reorder_time;
  }
  return slot.nacks < settings_.most_nacks &&
         now - slot.last_nack >= std::max(round_trip_, settings_.least_nack_interval);
}

void ReceiveStream::nacks_due(Time now, std::vector<std::uint16_t>& sequences) {
  if (!settings_.repair) {
    return;
  }
  for (auto sequence = next_; sequence < highest_; ++sequence) {
    auto& slot = ring_.at(sequence);
    if (slot.state == State::missing && is_due(slot, sequence, now)) {
      ++slot.nacks;
      slot.last_nack = now;
      sequences.push_back(static_cast<std::uint16_t>(sequence));
    }
  }
}

std::optional<ReportBlock> ReceiveStream::report_block(Time now) {
  return ssrc_ ? std::optional(reception_.report_block(*ssrc_, now)) : std::nullopt;
}

}  // namespace rollcall::mcu::rtp
