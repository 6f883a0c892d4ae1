// A conference with real legs: three clients, made of legs too, call it over ICE and DTLS on this machine.
#include <doctest/doctest.h>
#include <gst/video/video.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "mcu/conference/conference.h"
#include "mcu/gst/media_clock.h"
#include "mcu/leg/test_rig.h"
#include "mcu/mixer/colour.h"
#include "mcu/mixer/synthetic.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::conference;
using leg::test::Colour;
using rollcall::model::LegId;
using rollcall::model::Reason;

namespace {

/// What a client decoded: the last picture, and all sound.
class Screen {
 public:
  leg::Leg::Sinks sinks(leg::test::Sender& sender) {
    return {[this](gst::SamplePtr sample) {
              const std::lock_guard lock(mutex_);
              last_ = std::move(sample);
              ++pictures_;
            },
            [this](const gst::SoundPacket& packet) {
              const auto samples = decoder_.decode(packet);
              const std::lock_guard lock(mutex_);
              sound_.insert(sound_.end(), samples.begin(), samples.end());
            },
            [&sender] { sender.want_key_frame(); }};
  }
  [[nodiscard]] int pictures() const {
    const std::lock_guard lock(mutex_);
    return pictures_;
  }
  /// Of the last picture, at a point given for 1280x720.
  [[nodiscard]] bool shows(int x, int y, mixer::Yuv colour) const {
    const std::lock_guard lock(mutex_);
    GstVideoInfo info;
    GstVideoFrame frame;
    if (!last_ || !gst_video_info_from_caps(&info, gst_sample_get_caps(last_.get())) || info.width != 1280 ||
        !gst_video_frame_map(&frame, &info, gst_sample_get_buffer(last_.get()), GST_MAP_READ))
      return false;
    const auto differs = [&frame](unsigned plane, int column, int row, int value) {
      const auto* data = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, plane));
      return std::abs(data[row * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, plane) + column] - value) > 16;
    };
    const bool same =
        !differs(0, x, y, colour.y) && !differs(1, x / 2, y / 2, colour.u) && !differs(2, x / 2, y / 2, colour.v);
    gst_video_frame_unmap(&frame);
    return same;
  }
  /// The amplitude of a tone in the last second; none before a second was heard.
  [[nodiscard]] double hears(double frequency) const {
    const std::lock_guard lock(mutex_);
    if (sound_.size() < 48000) return -1;
    return mixer::amplitude_of(frequency, std::span(sound_).last(48000));
  }
  void forget_sound() {
    const std::lock_guard lock(mutex_);
    sound_.clear();
  }

 private:
  leg::test::SampleDecoder decoder_;  ///< the I/O thread's
  mutable std::mutex mutex_;
  gst::SamplePtr last_;
  int pictures_ = 0;
  std::vector<std::int16_t> sound_;
};

mixer::Yuv yuv(Colour colour) {
  switch (colour) {
    case Colour::red:
      return {81, 90, 240};
    case Colour::green:
      return {145, 54, 34};
    case Colour::blue:
      return {41, 240, 110};
  }
  return {};
}

struct Fixture {
  Fixture() { gst::initialise(); }
  leg::test::Loop loop;
  transport::IoContext io{leg::test::loopback()};
  std::vector<std::string> news;
  std::optional<LegId> speaker;
  Conference conference{
      "Team",
      {},
      io,
      loop.post(),
      {[this](const LegId& id) { news.push_back(id.text() + " connected"); },
       [this](const LegId& id, Reason reason) {
         news.push_back(id.text() + " ended " + std::string(rollcall::model::to_text(reason)));
       },
       [](const LegId&, const leg::Health&) {}, [this](const std::optional<LegId>& id) { speaker = id; },
       [](const std::string& text) { FAIL(text); }}};

  [[nodiscard]] bool has_news(const std::string& text) const {
    return std::find(news.begin(), news.end(), text) != news.end();
  }
  bool eventually(const std::function<bool()>& holds) { return loop.run_until(holds); }
};

/// Somebody who calls the conference: offers, sends one colour and one tone.
struct Client {
  Client(Fixture& fixture, std::string name, Colour colour, double tone, rollcall::model::LegProfile profile = {})
      : fixture(fixture), id(std::move(name)), sender(colour, tone) {
    leg = std::make_unique<leg::Leg>(LegId("client of " + id.text()), profile, fixture.io, fixture.loop.post(),
                                     screen.sinks(sender),
                                     leg::Leg::Callbacks{[] {}, [](Reason) {}, [](const leg::Health&) {}});
    const auto offer = leg->offer();
    REQUIRE(offer.has_value());
    const auto answer = fixture.conference.add(id, id.text(), {}, *offer);
    REQUIRE(answer.has_value());
    REQUIRE(leg->accept(*answer).has_value());
    sender.add(*leg);
  }
  ~Client() { hang_up(); }
  void hang_up() {
    if (!leg) return;
    sender.remove(*leg);
    leg.reset();
  }
  Fixture& fixture;
  LegId id;
  Screen screen;
  leg::test::Sender sender;
  std::unique_ptr<leg::Leg> leg;
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "three callers see one another in one picture and hear the others, not themselves") {
  Client a(*this, "a", Colour::red, 440);
  REQUIRE(eventually([&] { return has_news("a connected"); }));
  Client b(*this, "b", Colour::green, 630);
  REQUIRE(eventually([&] { return has_news("b connected"); }));
  Client c(*this, "c", Colour::blue, 970);
  REQUIRE(eventually([&] { return has_news("c connected"); }));
  Client* clients[] = {&a, &b, &c};
  const Colour colours[] = {Colour::red, Colour::green, Colour::blue};
  const int places[][2] = {{320, 180}, {960, 180}, {640, 540}};
  const double tones[] = {440, 630, 970};
  for (int viewer = 0; viewer < 3; ++viewer)
    for (int sender = 0; sender < 3; ++sender) {
      CAPTURE(viewer);
      CAPTURE(sender);
      const auto& screen = clients[viewer]->screen;
      CHECK(eventually([&] { return screen.shows(places[sender][0], places[sender][1], yuv(colours[sender])); }));
      if (viewer != sender) CHECK(eventually([&] { return screen.hears(tones[sender]) > 3000; }));
    }
  for (int i = 0; i < 3; ++i) clients[i]->screen.forget_sound();
  for (int i = 0; i < 3; ++i) {
    REQUIRE(eventually([&] { return clients[i]->screen.hears(tones[i]) >= 0; }));
    CHECK(clients[i]->screen.hears(tones[i]) < 300);
  }
  CHECK(conference.figures().encoders == 1);
}

TEST_CASE_FIXTURE(Fixture, "who hangs up is gone from the picture, and the others go on") {
  Client a(*this, "a", Colour::red, 440);
  Client b(*this, "b", Colour::green, 630);
  REQUIRE(eventually([&] { return has_news("a connected") && has_news("b connected"); }));
  const bool a_first = news.front() == "a connected";
  const int x = a_first ? 320 : 960;
  REQUIRE(eventually([&] { return a.screen.shows(x, 360, yuv(Colour::red)); }));
  b.hang_up();
  REQUIRE(eventually([&] { return has_news("b ended hung-up"); }));
  CHECK_FALSE(conference.holds(LegId("b")));
  CHECK(eventually(
      [&] { return a.screen.shows(640, 360, yuv(Colour::red)) && a.screen.shows(100, 360, yuv(Colour::red)); }));
}

TEST_CASE_FIXTURE(Fixture, "a caller without a camera is a card, not a hole, and hears and is heard") {
  Client a(*this, "a", Colour::red, 440);
  REQUIRE(eventually([&] { return has_news("a connected"); }));
  Client b(*this, "b", Colour::green, 630, {.video = false});
  REQUIRE(eventually([&] { return has_news("b connected"); }));
  CHECK(eventually([&] { return a.screen.shows(660, 200, mixer::to_yuv(mixer::palette::card)); }));
  CHECK(eventually([&] { return a.screen.hears(630) > 3000 && b.screen.hears(440) > 3000; }));
  CHECK(b.screen.pictures() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a muted camera becomes a card at once and comes back") {
  Client a(*this, "a", Colour::red, 440);
  REQUIRE(eventually([&] { return a.screen.shows(200, 360, yuv(Colour::red)); }));
  REQUIRE(conference.update(a.id, {.camera_muted = true}).has_value());
  CHECK(eventually([&] { return a.screen.shows(200, 360, mixer::to_yuv(mixer::palette::card)); }));
  REQUIRE(conference.update(a.id, {.camera_muted = false}).has_value());
  CHECK(eventually([&] { return a.screen.shows(200, 360, yuv(Colour::red)); }));
}

TEST_CASE_FIXTURE(Fixture, "a presentation is large, the others beside it, until it ends") {
  Client a(*this, "a", Colour::red, 440);
  REQUIRE(eventually([&] { return has_news("a connected"); }));
  Client b(*this, "b", Colour::green, 630);
  REQUIRE(eventually([&] { return a.screen.shows(320, 360, yuv(Colour::red)) && has_news("b connected"); }));
  conference.arrange({.presentation = b.id});
  CHECK(eventually(
      [&] { return a.screen.shows(200, 200, yuv(Colour::green)) && a.screen.shows(1120, 360, yuv(Colour::red)); }));
  conference.arrange({.layout = layout::Layout::spotlight, .spotlight = a.id});
  CHECK(eventually(
      [&] { return a.screen.shows(200, 100, yuv(Colour::red)) && a.screen.shows(1100, 600, yuv(Colour::red)); }));
  conference.arrange({.layout = layout::Layout::automatic, .spotlight = LegId(), .presentation = LegId()});
  CHECK(eventually(
      [&] { return a.screen.shows(320, 360, yuv(Colour::red)) && a.screen.shows(960, 360, yuv(Colour::green)); }));
}

TEST_CASE_FIXTURE(Fixture, "the conference calls somebody, who answers") {
  Screen screen;
  leg::test::Sender sender(Colour::blue, 630);
  leg::Leg callee(LegId("callee"), {}, io, loop.post(), screen.sinks(sender),
                  {[] {}, [](Reason) {}, [](const leg::Health&) {}});
  const auto offer = conference.add(LegId("a"), "a", {}, std::nullopt);
  REQUIRE(offer.has_value());
  const auto answer = callee.answer(*offer);
  REQUIRE(answer.has_value());
  REQUIRE(conference.accept(LegId("a"), *answer).has_value());
  sender.add(callee);
  CHECK(eventually([&] { return screen.shows(200, 360, yuv(Colour::blue)); }));
  CHECK(eventually([&] { return speaker == LegId("a"); }));
  sender.remove(callee);
}

TEST_CASE_FIXTURE(Fixture, "when everybody has left, nothing runs any more") {
  {
    Client a(*this, "a", Colour::red, 440);
    REQUIRE(eventually([&] { return a.screen.shows(200, 360, yuv(Colour::red)); }));
    CHECK(conference.remove(a.id).has_value());
  }
  const Figures idle = conference.figures();
  CHECK(idle.encoders == 0);
  loop.run_for(std::chrono::milliseconds(150));
  CHECK(conference.figures().picture.frames == idle.picture.frames);
  CHECK(conference.figures().sound.blocks == idle.sound.blocks);
  CHECK(conference.legs().empty());
}

TEST_CASE_FIXTURE(Fixture, "what cannot be answered leaves no leg behind, and unknown legs are refused") {
  CHECK_FALSE(conference.add(LegId("x"), "x", {}, rollcall::model::MediaDescription{}).has_value());
  CHECK_FALSE(conference.holds(LegId("x")));
  CHECK(conference.remove(LegId("x")).error().reason == Reason::unknown_leg);
  CHECK(conference.accept(LegId("x"), {}).error().reason == Reason::unknown_leg);
  CHECK(conference.change(LegId("x"), {}).error().reason == Reason::unknown_leg);
  CHECK(conference.update(LegId("x"), {.name = "y"}).error().reason == Reason::unknown_leg);
}

TEST_CASE_FIXTURE(Fixture, "who is not shown is not decoded, and is seen at once when he is shown again") {
  Client a(*this, "a", Colour::red, 440);
  REQUIRE(eventually([&] { return has_news("a connected"); }));
  Client b(*this, "b", Colour::green, 630);
  REQUIRE(eventually([&] { return a.screen.shows(960, 360, yuv(Colour::green)); }));
  conference.arrange({.layout = layout::Layout::spotlight, .spotlight = b.id});
  REQUIRE(eventually([&] { return a.screen.shows(100, 100, yuv(Colour::green)); }));
  conference.arrange({.spotlight = a.id});
  REQUIRE(eventually([&] { return a.screen.shows(100, 100, yuv(Colour::red)); }));
  loop.run_for(std::chrono::milliseconds(300));
  conference.arrange({.spotlight = b.id});
  CHECK(eventually([&] { return a.screen.shows(100, 100, yuv(Colour::green)); }));
}
