#include "tests/bench/outgoing.h"

#include <utility>

namespace rollcall::bench {

Reel::Reel(Clip frames, Packing packing, int clip_number) : clip(std::move(frames)), number(clip_number) {
  for (const Frame& frame : clip) payloads.push_back(cut(frame, packing));
}

Outgoing::Outgoing(Settings settings, const Reel& reel, int first_frame, Time begin)
    : settings_(settings), reel_(&reel), begin_(begin), frame_(first_frame % static_cast<int>(reel.clip.size())) {
  buffer_.reserve(1600);
}

void Outgoing::play(bool on, const Send& send) {
  const Time due_now = due();
  ++count_;
  if (!on) {
    paused_ = true;
    return;
  }
  if (key_wanted_.exchange(false) || std::exchange(paused_, false)) frame_ = next_key_frame();
  const auto& payloads = reel_->payloads[static_cast<std::size_t>(frame_)];
  Header header{.payload_type = settings_.payload_type, .ssrc = settings_.ssrc, .level_id = settings_.level_id};
  header.level = reel_->clip[static_cast<std::size_t>(frame_)].level;
  header.mid_id = settings_.mid_id;
  header.mid = settings_.mid;
  header.rid_id = settings_.rid_id;
  header.rid = settings_.rid;
  header.twcc_id = settings_.twcc_id;
  header.timestamp = static_cast<std::uint32_t>((due_now - begin_).count() * settings_.clock_rate / 1'000'000'000);
  for (std::size_t index = 0; index < payloads.size(); ++index) {
    header.marker = settings_.clock_rate == 90000 && index + 1 == payloads.size();
    header.sequence = sequence_++;
    history_[header.sequence % history_.size()] = {true, header, &payloads[index]};
    send_packet(header, payloads[index], send);
  }
  if (!payloads.empty()) departures_.push_back({std::chrono::steady_clock::now(), reel_->number, frame_});
  played_ = frame_;
  frame_ = (frame_ + 1) % static_cast<int>(reel_->clip.size());
}

void Outgoing::play_beside(const Outgoing& larger, bool on, const Send& send) {
  frame_ = larger.played_;
  paused_ = false;
  play(on, send);
}

void Outgoing::send_packet(const Header& header, const std::vector<std::uint8_t>& payload, const Send& send) {
  Header full = header;
  full.twcc = twcc_++;
  buffer_.clear();
  write(buffer_, full, payload);
  send(buffer_);
  ++packets_;
  octets_ += static_cast<long>(payload.size());
}

void Outgoing::send_again(std::uint16_t sequence, const Send& send) {
  const Sent& sent = history_[sequence % history_.size()];
  if (!sent.valid || sent.header.sequence != sequence) return;
  if (settings_.rtx_payload_type == 0) return send_packet(sent.header, *sent.payload, send);
  Header header = sent.header;
  header.payload_type = settings_.rtx_payload_type;
  header.ssrc = settings_.rtx_ssrc;
  header.sequence = rtx_sequence_++;
  std::vector<std::uint8_t> payload;
  put16(payload, sequence);
  payload.insert(payload.end(), sent.payload->begin(), sent.payload->end());
  send_packet(header, payload, send);
}

void Outgoing::change_reel(const Reel& reel) {
  reel_ = &reel;
  frame_ = next_key_frame();
  history_ = {};
}

int Outgoing::next_key_frame() const {
  const auto count = static_cast<int>(reel_->clip.size());
  int frame = frame_ % count;
  while (!reel_->clip[static_cast<std::size_t>(frame)].key) frame = (frame + 1) % count;
  return frame;
}

void Outgoing::report(std::vector<std::uint8_t>& to, Time now) const {
  const std::uint64_t ntp = ntp_at(now);
  put32(to, 0x80c80006);
  put32(to, settings_.ssrc);
  put32(to, static_cast<std::uint32_t>(ntp >> 32));
  put32(to, static_cast<std::uint32_t>(ntp));
  put32(to, static_cast<std::uint32_t>((now - begin_).count() * settings_.clock_rate / 1'000'000'000));
  put32(to, static_cast<std::uint32_t>(packets_));
  put32(to, static_cast<std::uint32_t>(octets_));
}

std::uint64_t ntp_at(Time time) {
  static const auto offset =
      std::chrono::system_clock::now().time_since_epoch() - std::chrono::steady_clock::now().time_since_epoch();
  const auto wall = std::chrono::nanoseconds(time.time_since_epoch() + offset).count();
  const auto seconds = static_cast<std::uint64_t>(wall / 1'000'000'000) + 2'208'988'800U;
  const auto rest = static_cast<std::uint64_t>(wall % 1'000'000'000);
  return seconds << 32 | (rest << 32) / 1'000'000'000;
}

double ntp_seconds(std::uint64_t ntp) {
  return static_cast<double>(ntp >> 32) + static_cast<double>(ntp & 0xffffffff) / 4294967296.0;
}

}  // namespace rollcall::bench
