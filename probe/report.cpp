#include "probe/report.h"

#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <cmath>
#include <ostream>

#include "probe/clock.h"
#include "probe/measurements.h"

namespace rollcall::probe {
namespace {

using Poco::JSON::Array;
using Json = Poco::JSON::Object;

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

/// Relative to the call's start; left out when it has not happened.
void put(Json& object, const char* name, std::optional<Milliseconds> at, std::optional<Milliseconds> start) {
  if (at && start) object.set(name, static_cast<std::int64_t>((*at - *start).count()));
}

Json video_figures(const Measurements& measured) {
  const auto& frames = measured.frames();
  const auto& rtp = measured.statistics().video;
  Json object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("frames", frames.frames());
  object.set("width", frames.width());
  object.set("height", frames.height());
  object.set("sizes", frames.sizes());
  object.set("fps", rounded(frames.rate()));
  object.set("gaps", frames.gaps());
  object.set("longest_gap_ms", static_cast<std::int64_t>(frames.longest_gap().count()));
  object.set("freezes", frames.freezes());
  object.set("frozen_ms", static_cast<std::int64_t>(frames.frozen().count()));
  object.set("packets", rtp.received);
  object.set("lost", rtp.lost);
  object.set("jitter_ms", rounded(rtp.jitter_ms));
  object.set("sent", rtp.sent);
  return object;
}

Array tile_figures(const Measurements& measured) {
  Array tiles;
  for (const auto& tile : measured.pictures().tiles()) {
    Json object(Poco::JSON_PRESERVE_KEY_ORDER);
    object.set("colour", to_text(tile.colour));
    object.set("seen_ms", static_cast<std::int64_t>(tile.seen.count()));
    object.set("there", tile.area.has_value());
    put(object, "first_seen_ms", tile.first_seen, measured.times.start);
    const auto last = measured.frames().last();
    object.set("moving", tile.last_movement && last && *last - *tile.last_movement < Milliseconds{1000});
    if (tile.area) {
      object.set("x", tile.area->x);
      object.set("y", tile.area->y);
      object.set("width", tile.area->width);
      object.set("height", tile.area->height);
      object.set("share", rounded(tile.area->share));
    }
    tiles.add(object);
  }
  return tiles;
}

Json audio_figures(const Measurements& measured) {
  const auto& rtp = measured.statistics().audio;
  Array tones;
  for (const auto& tone : measured.sound().tones()) {
    Json object(Poco::JSON_PRESERVE_KEY_ORDER);
    object.set("hz", tone.hertz);
    object.set("heard_ms", static_cast<std::int64_t>(tone.heard.count()));
    object.set("there", tone.audible());
    object.set("amplitude", rounded(tone.amplitude));
    object.set("loudest", rounded(tone.loudest));
    put(object, "first_heard_ms", tone.first_heard, measured.times.start);
    tones.add(object);
  }
  Json object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("ms", static_cast<std::int64_t>(measured.sound().duration().count()));
  object.set("silence_ms", static_cast<std::int64_t>(measured.sound().silence().count()));
  object.set("level", rounded(measured.sound().level()));
  object.set("packets", rtp.received);
  object.set("lost", rtp.lost);
  object.set("jitter_ms", rounded(rtp.jitter_ms));
  object.set("sent", rtp.sent);
  object.set("tones", tones);
  return object;
}

Json time_figures(const Measurements& measured) {
  const auto& times = measured.times;
  Json object(Poco::JSON_PRESERVE_KEY_ORDER);
  put(object, "proceed_ms", times.proceed, times.start);
  put(object, "accept_ms", times.accept, times.start);
  put(object, "connected_ms", times.connected, times.start);
  put(object, "first_sound_ms", times.first_sound, times.start);
  put(object, "first_frame_ms", measured.frames().first(), times.start);
  put(object, "call_ms", times.end ? times.end : now(), times.start);
  return object;
}

}  // namespace

void Report::event(const std::string& name, Fields fields) {
  Json object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("event", name);
  object.set("ms", static_cast<std::int64_t>(now().count()));
  for (const auto& [key, value] : fields) {
    std::visit([&object, key = key](const auto& plain) { object.set(key, plain); }, value);
  }
  object.stringify(out_);
  out_ << std::endl;
}

void Report::figures(const Measurements& measurements) {
  const auto& frames = measurements.frames();
  const auto number = [](auto value) { return static_cast<std::int64_t>(value); };
  event("figures", {{"frames", number(frames.frames())},
                    {"freezes", number(frames.freezes())},
                    {"frozen_ms", number(frames.frozen().count())},
                    {"longest_gap_ms", number(frames.longest_gap().count())},
                    {"packets", number(measurements.statistics().video.received)},
                    {"lost", number(measurements.statistics().video.lost)}});
}

void Report::final_report(const Measurements& measurements, const std::vector<std::string>& unmet) {
  Array sentences;
  for (const auto& sentence : unmet) sentences.add(sentence);
  Json object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("event", "report");
  object.set("ms", static_cast<std::int64_t>(now().count()));
  object.set("ok", unmet.empty());
  object.set("unmet", sentences);
  object.set("times", time_figures(measurements));
  object.set("video", video_figures(measurements));
  object.set("tiles", tile_figures(measurements));
  object.set("audio", audio_figures(measurements));
  object.stringify(out_);
  out_ << std::endl;
}

}  // namespace rollcall::probe
