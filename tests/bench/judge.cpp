#include "tests/bench/judge.h"

#include <gst/video/video.h>

#include <algorithm>
#include <fstream>
#include <utility>

#include "tests/bench/chain.h"
#include "tests/bench/ears.h"
#include "tests/bench/tiles.h"

namespace rollcall::bench {
namespace {

constexpr int compared_each = 10;
constexpr auto longest_way = std::chrono::milliseconds(1500);

/// How much later than it left something is by its time stamp, in milliseconds.
double stamp_ms(const Mapping& mapping, std::uint32_t timestamp, double rate, Time left) {
  const double ahead = static_cast<std::int32_t>(timestamp - mapping.timestamp) / rate;
  // The whole seconds first: the fraction of 32.32 would not survive a subtraction of two doubles of this size.
  const std::uint64_t ntp = ntp_at(left);
  const double whole = static_cast<double>(static_cast<std::int64_t>((mapping.ntp >> 32) - (ntp >> 32)));
  const double rest = static_cast<double>(mapping.ntp & 0xffffffff) - static_cast<double>(ntp & 0xffffffff);
  return (whole + rest / 4294967296.0 + ahead) * 1000;
}

void keep_still(const Plane& canvas, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << "P5 " << canvas.width << " " << canvas.height << " 255\n";
  for (int y = 0; y < canvas.height; ++y)
    file.write(reinterpret_cast<const char*>(canvas.data) + static_cast<std::ptrdiff_t>(y) * canvas.stride,
               canvas.width);
}

}  // namespace

Judge::Judge(const Stage& stage, std::span<const Reel> reels, Packing packing, std::string still)
    : stage_(stage), reels_(reels), packing_(packing), still_(std::move(still)) {}

const Film& Judge::film(int number) {
  auto& one = films_[number];
  if (!one) one = std::make_unique<Film>(reels_[static_cast<std::size_t>(number)].clip, packing_);
  return *one;
}

std::vector<Judge::Picture> Judge::pictures_of(const Participant& observer) const {
  std::vector<Picture> pictures;
  for (const Arrival& arrival : observer.pictures().stored()) {
    const std::uint32_t timestamp = bench::read32(arrival.packet, 4);
    if (pictures.empty() || static_cast<std::int32_t>(timestamp - pictures.back().timestamp) > 0)
      pictures.push_back({timestamp, arrival.at});
    if (timestamp != pictures.back().timestamp) continue;
    pictures.back().complete = std::max(pictures.back().complete, arrival.at);
    pictures.back().packets.push_back(&arrival);
  }
  return pictures;
}

Verdict Judge::verdict(const Participant& observer) {
  verdict_ = {};
  picture_map_ = observer.pictures().mapping();
  const auto pictures = pictures_of(observer);
  if (!pictures.empty()) {
    const bool h264 = packing_ == Packing::h264;
    const std::string name = h264 ? "H264" : "VP8";
    Chain chain(std::string(h264 ? "rtph264depay ! h264parse ! " : "rtpvp8depay ! ") + decoder_of(packing_),
                "application/x-rtp,media=video,clock-rate=90000,encoding-name=" + name,
                [&](GstBuffer* buffer, const GstCaps* caps) {
                  GstVideoInfo info;
                  GstVideoFrame frame;
                  const auto index = static_cast<std::size_t>((GST_BUFFER_PTS(buffer) + GST_MSECOND / 2) / GST_MSECOND);
                  if (index >= pictures.size() || !gst_video_info_from_caps(&info, caps) ||
                      !gst_video_frame_map(&frame, &info, buffer, GST_MAP_READ))
                    return;
                  look({static_cast<std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0)),
                        GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0), info.width, info.height},
                       pictures[index]);
                  gst_video_frame_unmap(&frame);
                });
    for (std::size_t index = 0; index < pictures.size(); ++index)
      for (const Arrival* one : pictures[index].packets)
        chain.push(make_buffer(one->packet.data(), one->packet.size(), index * GST_MSECOND));
    chain.finish();
  }
  for (const auto& [owner, shown] : shown_)
    if (!shown.frozen && stage_.end - shown.since > frozen_after && std::ranges::count(stage_.watched, owner) > 0)
      ++verdict_.frozen_tiles;
  listen(observer);
  verdict_.psnr_db = percentile(similarities_, 0.5);
  verdict_.lipsync_ms = picture_stamp_ms_.empty() || sound_stamp_ms_.empty()
                            ? 0
                            : percentile(picture_stamp_ms_, 0.5) - percentile(sound_stamp_ms_, 0.5);
  return verdict_;
}

void Judge::look(const Plane& canvas, const Picture& picture) {
  if (picture.complete < stage_.begin || picture.complete >= stage_.end) return;
  ++verdict_.pictures;
  const bool compared = ++looked_ % compared_each == 0;
  if (compared && !still_.empty()) keep_still(canvas, still_);
  for (const Tile& tile : tiles_of(stage_.senders.size(), canvas.width, canvas.height))
    look_at_tile(canvas.part(tile.x, tile.y, tile.width, tile.height), picture, compared);
}

void Judge::look_at_tile(const Plane& tile, const Picture& picture, bool compared) {
  const auto code = read(tile);
  if (!code || code->frame >= clip_frames) return;
  const Participant* owner = nullptr;
  const Departure* newest = nullptr;
  for (const Participant* one : stage_.senders) {
    const Departure* departure = departure_of(*one, *code, picture.complete);
    if (departure == nullptr || (newest != nullptr && departure->at < newest->at)) continue;
    owner = one;
    newest = departure;
  }
  if (owner == nullptr) return;
  if (shown_[owner].frame != code->frame) {
    verdict_.picture_ms.push_back(to_ms(picture.complete - newest->at));
    if (picture_map_) picture_stamp_ms_.push_back(stamp_ms(*picture_map_, picture.timestamp, 90000, newest->at));
  }
  if (owner == stage_.bad) verdict_.bad_seen_ms = to_ms(picture.complete - stage_.begin);
  watch(*owner, code->frame, picture.complete);
  if (compared) similarities_.push_back(similarity_db(tile, film(code->clip).picture(code->frame)));
}

void Judge::watch(const Participant& owner, int frame, Time at) {
  Shown& shown = shown_[&owner];
  if (shown.frame != frame) {
    shown = {frame, at, false};
  } else if (!shown.frozen && at - shown.since > frozen_after) {
    shown.frozen = true;
    if (std::ranges::count(stage_.watched, &owner) > 0) ++verdict_.frozen_tiles;
  }
}

const Departure* Judge::departure_of(const Participant& owner, const Barcode& code, Time before) const {
  if (!owner.film()) return nullptr;
  const auto& departures = owner.film()->departures();
  auto at = std::ranges::upper_bound(departures, before, {}, &Departure::at);
  while (at != departures.begin() && before - (--at)->at < longest_way)
    if (at->frame == code.frame && at->number == code.clip) return &*at;
  return nullptr;
}

void Judge::listen(const Participant& observer) {
  if (stage_.clicker == nullptr || !stage_.clicker->voice()) return;
  std::vector<Bytes> original;
  for (const Frame& frame : stage_.clicker->settings().voice->clip) original.emplace_back(frame.data);
  std::vector<Time> sent;
  const auto clicks = clicks_in(original);
  for (const Departure& departure : stage_.clicker->voice()->departures())
    for (const Click& click : clicks)
      if (static_cast<std::size_t>(departure.frame) == click.packet)
        sent.push_back(departure.at + std::chrono::microseconds(static_cast<long>(click.into_ms * 1000)));
  const auto& arrivals = observer.sounds().stored();
  std::vector<Bytes> payloads;
  for (const Arrival& arrival : arrivals) payloads.push_back(look_at(arrival.packet)->payload);
  const auto mapping = observer.sounds().mapping();
  for (const Click& click : clicks_in(payloads)) {
    const Arrival& arrival = arrivals[click.packet];
    const Time heard = arrival.at + std::chrono::microseconds(static_cast<long>(click.into_ms * 1000));
    const auto after = std::ranges::upper_bound(sent, heard);
    if (heard < stage_.begin || heard >= stage_.end || after == sent.begin()) continue;
    verdict_.sound_ms.push_back(to_ms(heard - *std::prev(after)));
    if (verdict_.sound_ms.back() > good_sound_ms) verdict_.sound_back_ms = to_ms(heard - stage_.begin);
    if (mapping)
      sound_stamp_ms_.push_back(stamp_ms(*mapping, bench::read32(arrival.packet, 4), 48000, *std::prev(after)) +
                                click.into_ms);
  }
}

}  // namespace rollcall::bench
