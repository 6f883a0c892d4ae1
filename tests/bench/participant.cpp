#include "tests/bench/participant.h"

#include <algorithm>
#include <utility>

namespace rollcall::bench {
namespace {

using std::chrono::milliseconds;

constexpr auto complaint_period = milliseconds(20);
constexpr auto report_period = milliseconds(1000);
constexpr const char* level_uri = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
constexpr const char* mid_uri = "urn:ietf:params:rtp-hdrext:sdes:mid";
constexpr const char* rid_uri = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
constexpr const char* twcc_uri = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
constexpr auto log_period = milliseconds(100);
constexpr int opus_type = 111;
constexpr int vp8_type = 96;
constexpr int h264_type = 102;

const std::vector<model::Feedback> feedback = {{"nack"}, {"nack", "pli"}, {"ccm", "fir"}};

model::Media sound_media(bool sends, bool levels) {
  model::Media media{.mid = "a", .kind = model::MediaKind::audio};
  if (!sends) media.direction = model::Direction::recvonly;
  media.codecs = {{opus_type, "opus", 48000, 2, {{"minptime", "10"}, {"useinbandfec", "1"}}}};
  if (levels) media.header_extensions.push_back({1, level_uri});
  return media;
}

model::Media picture_media(bool sends, Packing packing, bool as_browser) {
  model::Media media{.mid = "v", .kind = model::MediaKind::video};
  if (!sends) media.direction = model::Direction::recvonly;
  const int type = packing == Packing::h264 ? h264_type : vp8_type;
  if (packing == Packing::h264)
    media.codecs = {{type,
                     "H264",
                     90000,
                     1,
                     {{"packetization-mode", "1"}, {"profile-level-id", "42e01f"}, {"level-asymmetry-allowed", "1"}},
                     feedback}};
  else
    media.codecs = {{type, "VP8", 90000, 1, {}, feedback}};
  if (as_browser) media.header_extensions.push_back({3, twcc_uri});
  if (as_browser) media.codecs[0].feedback.push_back({"transport-cc"});
  if (as_browser) media.codecs.push_back({type + 1, "rtx", 90000, 1, {{"apt", std::to_string(type)}}});
  return media;
}

int extension(const model::Media& media, const char* uri) {
  const auto found = std::ranges::find(media.header_extensions, uri, &model::HeaderExtension::uri);
  return found == media.header_extensions.end() ? 0 : found->id;
}

}  // namespace

Participant::Participant(Settings settings, mcu::transport::IoContext* io)
    : settings_(std::move(settings)),
      pictures_(settings_.packing, settings_.stored),
      sounds_(Packing::opus, settings_.stored),
      dice_(static_cast<unsigned>(settings_.index * 31 + 7)) {
  auto take = [this](Bytes packet, bool rtcp, Time arrived) { receive(packet, rtcp, arrived); };
  wire_ = settings_.webrtc ? make_webrtc_wire(*io, take) : make_plain_wire(settings_.picture, take);
}

model::MediaDescription Participant::offer() const {
  model::MediaDescription offer;
  offer.media.push_back(sound_media(settings_.sends, settings_.levels));
  if (settings_.picture) offer.media.push_back(picture_media(settings_.sends, settings_.packing, settings_.webrtc));
  if (settings_.webrtc)
    for (auto& media : offer.media) media.header_extensions.push_back({2, mid_uri});
  for (std::size_t index = 0; index < offer.media.size() && settings_.sends; ++index) {
    const auto ssrc = static_cast<std::uint32_t>(0x10000 * (settings_.index + 1)) + static_cast<std::uint32_t>(index);
    offer.media[index].sources = {{.ssrc = ssrc, .cname = settings_.name}};
    if (index == 1 && settings_.webrtc) offer.media[index].sources[0].rtx_ssrc = ssrc + 0x100;
  }
  if (settings_.low_film != nullptr) {
    auto& picture = offer.media.back();
    picture.send_rids = {"l", "h"};
    picture.header_extensions.push_back({5, rid_uri});
    picture.sources.clear();
  }
  wire_->describe(offer);
  return offer;
}

void Participant::make_streams(const model::MediaDescription& answer) {
  const Time begin = std::chrono::steady_clock::now();
  const auto ssrc = static_cast<std::uint32_t>(0x10000 * (settings_.index + 1));
  for (const auto& media : answer.media) {
    if (media.codecs.empty() || !settings_.sends) continue;
    Outgoing::Settings out{.payload_type = media.codecs[0].payload_type, .mid_id = extension(media, mid_uri)};
    // Everybody has a phase of his own, as people have.
    const auto phase = milliseconds(settings_.index * 7 % 20);
    if (media.kind == model::MediaKind::audio) {
      out.clock_rate = 48000;
      out.period = milliseconds(20);
      out.level_id = extension(media, level_uri);
      out.ssrc = ssrc;
      voice_.emplace(out, *settings_.voice, settings_.voice_start, begin + phase);
    } else if (settings_.film != nullptr) {
      out.period = std::chrono::nanoseconds(1'000'000'000 / picture_rate);
      out.mid = 'v';
      out.twcc_id = extension(media, twcc_uri);
      out.ssrc = ssrc + 1;
      out.rtx_ssrc = ssrc + 0x101;
      if (media.codecs.size() > 1) out.rtx_payload_type = media.codecs[1].payload_type;
      out.rid_id = media.receive_rids.empty() ? 0 : extension(media, rid_uri);
      const Time first = begin + milliseconds(settings_.index * 13 % 33);
      film_.emplace(out, *settings_.film, settings_.film_start, first);
      if (out.rid_id == 0) continue;
      out.rid = 'l';
      out.ssrc = ssrc + 2;
      low_film_.emplace(out, *settings_.low_film, settings_.film_start, first);
    }
  }
}

void Participant::take_answer(const model::MediaDescription& answer) {
  wire_->apply(answer);
  for (const auto& media : answer.media)
    if (media.kind == model::MediaKind::video && media.codecs.size() > 1) rtx_ = media.codecs[1].payload_type;
  for (const auto& media : answer.media)
    if (media.kind == model::MediaKind::video) twcc_id_ = extension(media, twcc_uri);
  make_streams(answer);
  next_report_ = next_complaint_ = std::chrono::steady_clock::now() + milliseconds(settings_.index * 17 % 900);
  answered_ = true;
}

void Participant::leave() {
  gone_ = true;
  wire_->close();
}

Time Participant::due() const {
  Time first = std::min(next_report_, next_complaint_);
  if (voice_) first = std::min(first, voice_->due());
  if (film_) first = std::min(first, film_->due());
  return first;
}

void Participant::play(Time now) {
  if (const Reel* film = next_film_.exchange(nullptr); film != nullptr && film_) film_->change_reel(*film);
  const bool speaks = !gone_ && wire_->open();
  while (voice_ && voice_->due() <= now)
    voice_->play(speaks, [this](Bytes packet) { send(Lane::sound, false, packet); });
  const auto send_picture = [this](Bytes packet) { send(Lane::picture, false, packet); };
  while (film_ && film_->due() <= now) {
    film_->play(speaks && camera_on, send_picture);
    if (low_film_) low_film_->play_beside(*film_, speaks && camera_on, send_picture);
  }
  if (next_complaint_ <= now) complain(now);
  if (next_report_ <= now) report(now);
}

void Participant::complain(Time now) {
  next_complaint_ = now + (settings_.picture ? complaint_period : report_period);
  std::vector<std::uint8_t> packet;
  const std::uint32_t own = film_ ? film_->ssrc() : static_cast<std::uint32_t>(settings_.index + 1);
  for (const auto sequence : wanted_.take())
    film_->send_again(sequence, [this](Bytes again) { send(Lane::picture, false, again); });
  // RFC 5506: feedback without a report in front of it.
  pictures_.complain(packet, own, now);
  if (twcc_id_ != 0 && next_log_ <= now) {
    next_log_ = now + log_period;
    const std::lock_guard lock(log_mutex_);
    log_.append(packet, own, pictures_.ssrc());
  }
  if (!packet.empty()) send(Lane::picture, true, packet);
}

void Participant::report(Time now) {
  next_report_ = now + report_period;
  report_lane(Lane::sound, voice_, sounds_, now);
  if (settings_.picture) report_lane(Lane::picture, film_, pictures_, now);
}

void Participant::report_lane(Lane lane, const std::optional<Outgoing>& out, Incoming& in, Time now) {
  std::vector<std::uint8_t> packet;
  const std::uint32_t own = out ? out->ssrc() : static_cast<std::uint32_t>(settings_.index + 1);
  if (out) out->report(packet, now);
  const auto begin = packet.size();
  put32(packet, 0x81c90007);
  put32(packet, own);
  if (!in.report_block(packet, now)) {
    packet.resize(begin);
    put32(packet, 0x80c90001);
    put32(packet, own);
  }
  put32(packet, 0x81ca0003);  // SDES with a CNAME of six letters
  put32(packet, own);
  for (const char byte : {'\1', '\6', 'b', 'e', 'n', 'c', 'h', '1'}) packet.push_back(static_cast<std::uint8_t>(byte));
  send(lane, true, packet);
}

bool Participant::is_lost(Bytes packet, bool incoming) {
  const double loss = line.loss;
  const int kbit = incoming ? line.kbit.load() : 0;
  if (loss == 0 && kbit == 0) return false;
  const std::lock_guard lock(dice_mutex_);
  if (loss > 0 && std::uniform_real_distribution<>(0, 1)(dice_) < loss) return true;
  if (kbit == 0) return false;
  // A queue of 300 ms before a thin line.
  const Time now = std::chrono::steady_clock::now();
  const double most = kbit * 1000 / 8.0 * 0.3;
  bucket_ = std::min(most, bucket_ + std::chrono::duration<double>(now - bucket_filled_).count() * kbit * 125);
  bucket_filled_ = now;
  if (bucket_ < static_cast<double>(packet.size())) return true;
  bucket_ -= static_cast<double>(packet.size());
  return false;
}

void Participant::send(Lane lane, bool rtcp, Bytes packet) {
  if (!gone_ && !is_lost(packet, false)) wire_->send(lane, rtcp, packet);
}

void Participant::receive(Bytes packet, bool rtcp, Time arrived) {
  if (gone_ || is_lost(packet, true)) return;
  if (rtcp) return receive_rtcp(packet, arrived);
  const auto seen = look_at(packet, twcc_id_);
  if (!seen) return;
  if (seen->twcc) {
    const std::lock_guard lock(log_mutex_);
    log_.note(*seen->twcc, arrived);
  }
  if (seen->payload_type == opus_type) {
    sounds_.take(*seen, packet, arrived);
  } else if (rtx_ != 0 && seen->payload_type == rtx_) {
    pictures_.take_retransmitted(*seen, arrived);
  } else {
    pictures_.take(*seen, packet, arrived);
  }
}

void Participant::receive_rtcp(Bytes packet, Time arrived) {
  for (std::size_t at = 0; at + 8 <= packet.size();) {
    const std::size_t length = 4U * (read16(packet, at + 2) + 1U);
    if (at + length > packet.size()) return;
    const Bytes block = packet.subspan(at, length);
    const int type = block[1];
    if (type == 200 && block.size() >= 28) {
      (pictures_.is(read32(block, 4)) ? pictures_ : sounds_).take_report(block, arrived);
    } else if ((type == 205 || type == 206) && block.size() >= 12) {
      take_feedback(type, block[0] & 0x1f, block);
    }
    at += length;
  }
}

void Participant::take_feedback(int type, int format, Bytes body) {
  if (!film_) return;
  if (type == 206 && (format == 1 || format == 4)) {
    ++key_requests_;
    film_->want_key_frame();  // of either layer
    return;
  }
  if (type != 205 || format != 1 || read32(body, 8) != film_->ssrc()) return;
  for (std::size_t at = 12; at + 4 <= body.size(); at += 4) {
    const std::uint16_t first = read16(body, at);
    const std::uint16_t more = read16(body, at + 2);
    wanted_.push(first);
    for (int bit = 0; bit < 16; ++bit)
      if ((more >> bit & 1) != 0) wanted_.push(static_cast<std::uint16_t>(first + bit + 1));
  }
}

}  // namespace rollcall::bench
