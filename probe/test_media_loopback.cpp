// Two probes' media call each other inside one process, without XMPP, and measure each other.
#include <doctest/doctest.h>
#include <gst/video/video.h>

#include <chrono>
#include <thread>

#include "probe/jingle_sdp.h"
#include "probe/media.h"
#include "probe/picture.h"
#include "probe/picture_meter.h"
#include "probe/sound_meter.h"

using namespace rollcall::probe;
using namespace std::chrono_literals;

namespace {

constexpr Colour red{0xc0, 0x30, 0x30};
constexpr Colour green{0x30, 0xc0, 0x30};

/// One end: its media, and what it measured of the other.
struct End {
  End(MediaSettings settings, Colour expected, int tone)
      : media(std::move(settings), events), pictures({expected}), sound({tone}) {}

  void drain(End& other) {
    media.poll(now());
    for (auto& event : events.take()) {
      if (auto* local = std::get_if<LocalDescription>(&event)) description = local->sdp;
      if (auto* candidate = std::get_if<LocalCandidate>(&event)) {
        ++candidates;
        other.media.add_candidate(candidate->media, candidate->line);
      }
      if (auto* failed = std::get_if<MediaFailed>(&event)) FAIL(failed->sentence);
      if (auto* frame = std::get_if<FrameArrived>(&event)) {
        ++frames;
        measure(frame->sample.get(), pictures, frame->at);
      }
      if (auto* heard = std::get_if<SoundArrived>(&event)) sound.feed(heard->samples, heard->at);
      if (auto* figures = std::get_if<Statistics>(&event)) statistics = *figures;
    }
  }

  MediaEventQueue events;
  Media media;
  PictureMeter pictures;
  SoundMeter sound;
  std::string description;
  int frames = 0;
  int candidates = 0;
  Statistics statistics;
};

MediaSettings settings(Colour colour, int tone) {
  MediaSettings made;
  made.colour = colour;
  made.tone = tone;
  made.addresses = {"127.0.0.1"};
  return made;
}

template <class Predicate>
bool wait(End& one, End& other, Predicate done) {
  const auto deadline = now() + 30s;
  while (!done() && now() < deadline) {
    one.drain(other);
    other.drain(one);
    std::this_thread::sleep_for(5ms);
  }
  return done();
}

void must(const rollcall::model::Expected<void>& done) {
  if (!done) FAIL(done.error().subject);
}

void connect(End& caller, End& callee) {
  must(caller.media.offer());
  REQUIRE(wait(caller, callee, [&] { return !caller.description.empty(); }));
  must(callee.media.answer(caller.description));
  REQUIRE(wait(caller, callee, [&] { return !callee.description.empty(); }));
  caller.media.take_answer(callee.description);
}

bool measured(const End& end) {
  return end.frames > 30 && end.pictures.tiles()[0].seen > 500ms && end.sound.tones()[0].heard > 500ms;
}

void call_and_measure(End& caller, End& callee) {
  connect(caller, callee);
  REQUIRE(wait(caller, callee, [&] { return measured(caller) && measured(callee); }));
  CHECK(caller.pictures.tiles()[0].area->share > 0.9);
  CHECK(callee.pictures.tiles()[0].last_movement);
}

}  // namespace

TEST_CASE("two bundled ends see each other's colour move and hear each other's tone") {
  gst_init(nullptr, nullptr);
  End caller(settings(red, 440), green, 550);
  End callee(settings(green, 550), red, 440);
  call_and_measure(caller, callee);
  CHECK(caller.description.find("a=group:BUNDLE") != std::string::npos);
  caller.media.ask_statistics();
  CHECK(wait(caller, callee, [&] { return caller.statistics.video.received > 0; }));
  CHECK(caller.statistics.audio.received > 0);
  CHECK(caller.statistics.video.sent > 0);
  CHECK(caller.statistics.video.lost == 0);
}

TEST_CASE("an offer without a bundle gives one transport per media, and both carry") {
  gst_init(nullptr, nullptr);
  auto like_dino = settings(red, 440);
  like_dino.bundle = false;
  End caller(like_dino, green, 550);
  End callee(settings(green, 550), red, 440);
  call_and_measure(caller, callee);
  CHECK(caller.description.find("a=group") == std::string::npos);
  const auto transports = content_transports(callee.description);
  REQUIRE(transports.size() == 2);
  CHECK(transports[0].ufrag != transports[1].ufrag);
}

TEST_CASE("candidates may trickle in after the descriptions") {
  gst_init(nullptr, nullptr);
  auto first = settings(red, 440);
  auto second = settings(green, 550);
  first.trickle = second.trickle = true;
  End caller(first, green, 550);
  End callee(second, red, 440);
  call_and_measure(caller, callee);
  CHECK(caller.description.find("a=candidate") == std::string::npos);
  CHECK(caller.candidates > 0);
}

TEST_CASE("a call of sound alone has one media") {
  gst_init(nullptr, nullptr);
  auto voice = settings(red, 440);
  voice.video = false;
  End caller(voice, green, 550);
  End callee(settings(green, 550), red, 440);
  connect(caller, callee);
  CHECK(wait(caller, callee, [&] { return callee.sound.tones()[0].heard > 500ms; }));
  CHECK(media_kinds(callee.description) == std::vector<std::string>{"audio"});
}

TEST_CASE("an offer of codecs that the probe lacks is refused with a sentence") {
  gst_init(nullptr, nullptr);
  MediaEventQueue events;
  Media media(settings(red, 440), events);
  const auto refused = media.answer(
      "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video 9 UDP/TLS/RTP/SAVPF 98\r\n"
      "c=IN IP4 0.0.0.0\r\na=rtpmap:98 H264/90000\r\n");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().subject == "The offered video lacks VP8.");
}
