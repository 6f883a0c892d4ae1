// The whole mix with made-up senders: what goes in as colours and tones is judged by what comes out of decoders.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "mcu/conference/mixing.h"
#include "mcu/encode/test_decoders.h"
#include "mcu/gst/media_clock.h"
#include "mcu/leg/test_rig.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/mixer/ticker.h"
#include "mcu/voice/test_sender.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::conference;
using encode::eventually;
using mixer::Rgb;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr Rgb red{200, 30, 30}, green{30, 160, 30}, blue{40, 60, 200};
const encode::PictureClass hd{gst::Coding::vp8, 1280, 720, 30, 1500};

/// Somebody with a camera that shows one colour and a voice that is one tone; can be told to stop either.
class Sender {
 public:
  Sender(Input& input, Rgb colour, double frequency) : input_(input), colour_(colour), stream_(voice::tone(frequency)) {
    thread_ = std::thread([this] { run(); });
  }
  ~Sender() {
    ending_ = true;
    thread_.join();
  }
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  std::atomic<bool> camera = true;
  std::atomic<bool> microphone = true;

 private:
  void run() {
    const auto begin = steady_clock::now();
    for (int tick = 0; !ending_; ++tick) {
      input_.sound(stream_.next(!microphone));
      if (camera && tick % 2 == 0) input_.picture(mixer::solid_picture({640, 360}, colour_));
      std::this_thread::sleep_until(begin + (tick + 1) * milliseconds(20));
    }
  }
  Input& input_;
  Rgb colour_;
  voice::TestStream stream_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

/// A participant who sends and receives.
struct Person {
  Person(Mixing& mixing, std::string name, Rgb colour, double frequency, bool watches = true)
      : mixing(mixing), id(std::move(name)), sender(std::make_unique<Sender>(input, colour, frequency)) {
    mixing.add(id, {id}, input);
    if (watches) picture = mixing.watch(hd, [this](const gst::PicturePtr& shown) { viewer.put(shown); });
    sound = mixing.listen(id, gst::Coding::opus, [this](const gst::EncodedSound& one) { listener.put(one); });
  }
  ~Person() {
    picture = {};
    sound = {};
    mixing.remove(id);
  }
  /// The last second.
  [[nodiscard]] std::vector<std::int16_t> heard_lately() const {
    const auto all = listener.heard();
    return {all.end() - std::min<std::ptrdiff_t>(48000, static_cast<std::ptrdiff_t>(all.size())), all.end()};
  }
  Mixing& mixing;
  std::string id;
  Input input;
  encode::ViewerForTest viewer;
  encode::ListenerForTest listener;
  encode::Subscription picture, sound;
  std::unique_ptr<Sender> sender;
};

/// What this machine can do now: an idle thread with the mixer's own rhythm. On a busy machine both are late; what the
/// mixer misses beyond that is its own fault.
class Metronome {
 public:
  Metronome() { ticker_.start(); }
  [[nodiscard]] std::uint64_t ticks() const { return ticks_; }

 private:
  std::atomic<std::uint64_t> ticks_ = 0;
  mixer::Ticker ticker_{std::chrono::nanoseconds(33333333), 0, [this](std::uint64_t) { ++ticks_; }};
};

struct Fixture {
  Fixture() { gst::initialise(); }
  leg::test::Loop loop;
  std::mutex mutex;
  std::string speaker = "?";
  Mixing mixing{{},
                {loop.post(),
                 [this](const std::string& id) {
                   const std::lock_guard lock(mutex);
                   speaker = id;
                 },
                 [](const std::string& text) { FAIL(text); }}};
  [[nodiscard]] std::string who_speaks() {
    const std::lock_guard lock(mutex);
    return speaker;
  }
};

bool is(const encode::Pixel& pixel, Rgb colour) {
  const mixer::Yuv yuv = mixer::to_yuv(colour);
  return std::abs(pixel.y - yuv.y) < 14 && std::abs(pixel.u - yuv.u) < 14 && std::abs(pixel.v - yuv.v) < 14;
}

/// How often sound was missing where it was not silent; what is sent is always a multiple of 20 ms apart.
std::uint64_t holes(const Person& person) {
  const auto times = person.listener.times();
  for (std::size_t i = 1; i < times.size(); ++i) {
    REQUIRE(times[i] > times[i - 1]);
    REQUIRE((times[i] - times[i - 1]) % milliseconds(20) == std::chrono::nanoseconds(0));
  }
  return static_cast<std::uint64_t>(person.listener.holes());
}

/// Waits for `seconds` of media, by what one viewer was sent.
void watch_for(const Person& person, double seconds) {
  const int until = person.viewer.seen().put + static_cast<int>(seconds * 30);
  REQUIRE(eventually([&] { return person.viewer.seen().put >= until; }));
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "three participants see everybody's colour in the right tile") {
  Person a(mixing, "a", red, 440), b(mixing, "b", green, 660), c(mixing, "c", blue, 880);
  for (const Person* person : {&a, &b, &c}) {
    CAPTURE(person->id);
    CHECK(eventually([&] { return is(person->viewer.pixel(320, 180), red); }));
    CHECK(eventually([&] { return is(person->viewer.pixel(960, 180), green); }));
    CHECK(eventually([&] { return is(person->viewer.pixel(640, 540), blue); }));
    CHECK(person->viewer.seen().width == 1280);
  }
  CHECK(mixing.figures().encoders == 1);
}

/// In one whole second that a busy machine did not tear, `tone` is heard and `own` is not.
bool hears(const Person& person, double tone, double own) {
  const auto heard = person.heard_lately();
  return heard.size() == 48000 && mixer::amplitude_of(tone, heard) > 4000 && mixer::amplitude_of(own, heard) < 200;
}

TEST_CASE_FIXTURE(Fixture, "each hears everybody but himself") {
  const double tones[] = {440, 630, 970};
  Person a(mixing, "a", red, tones[0]), b(mixing, "b", green, tones[1]), c(mixing, "c", blue, tones[2]);
  const Person* people[] = {&a, &b, &c};
  for (int listener = 0; listener < 3; ++listener)
    for (int sender = 0; sender < 3; ++sender) {
      if (listener == sender) continue;
      CAPTURE(listener);
      CAPTURE(sender);
      CHECK(eventually([&] { return hears(*people[listener], tones[sender], tones[listener]); }));
    }
}

TEST_CASE_FIXTURE(Fixture, "a listener who starts to speak keeps a continuous sequence and never hears himself") {
  Person a(mixing, "a", red, 440), b(mixing, "b", green, 660, false);
  b.sender->microphone = false;
  watch_for(a, 1);
  b.sender->microphone = true;
  watch_for(a, 1.5);
  CHECK(mixer::amplitude_of(660, b.heard_lately()) < 200);
  CHECK(eventually([&] { return hears(b, 440, 660); }));
  CHECK(holes(b) <= mixing.figures().sound.late);
}

TEST_CASE_FIXTURE(Fixture, "a camera that stops costs nobody a frame and becomes a card within a second") {
  Person a(mixing, "a", red, 440), b(mixing, "b", green, 660);
  REQUIRE(eventually([&] { return is(a.viewer.pixel(960, 360), green); }));
  const Metronome metronome;
  const auto before = mixing.figures().picture;
  b.sender->camera = false;
  REQUIRE(eventually([&] { return is(a.viewer.pixel(660, 200), mixer::palette::card); }));
  const auto frames = mixing.figures().picture.frames - before.frames;
  CHECK(frames * 10 + 20 >= metronome.ticks() * 9);
  CHECK(metronome.ticks() >= 20);  // a second, less what a busy machine leaves out
  CHECK(metronome.ticks() <= 50);
  CHECK(is(a.viewer.pixel(320, 360), red));
  b.sender->camera = true;
  CHECK(eventually([&] { return is(a.viewer.pixel(660, 200), green); }));
}

TEST_CASE_FIXTURE(Fixture, "joining and leaving disturbs no picture and no sound of the others") {
  Person a(mixing, "a", red, 440);
  watch_for(a, 0.5);
  const Metronome metronome;
  const auto before = mixing.figures().picture;
  for (int i = 0; i < 6; ++i) {
    Person guest(mixing, "guest " + std::to_string(i), green, 660);
    REQUIRE(eventually([&] { return is(a.viewer.pixel(960, 360), green); }));
  }
  watch_for(a, 0.3);
  const auto frames = mixing.figures().picture.frames - before.frames;
  CHECK(frames * 10 + 20 >= metronome.ticks() * 9);
  CHECK(holes(a) <= mixing.figures().sound.late);
}

TEST_CASE_FIXTURE(Fixture, "who speaks is told, and framed in the picture") {
  Person a(mixing, "a", red, 440), b(mixing, "b", green, 660);
  a.sender->microphone = false;
  CHECK(eventually([&] { return who_speaks() == "b"; }));
  mixing.set_speaker("b");
  CHECK(eventually([&] { return is(a.viewer.pixel(644, 360), mixer::palette::speaking); }));
  b.sender->microphone = false;
  CHECK(eventually([&] { return who_speaks().empty(); }));
}

TEST_CASE_FIXTURE(Fixture, "an empty conference does nothing, and starts again for the next one") {
  for (int round = 0; round < 3; ++round) {
    {
      Person a(mixing, "a", red, 440);
      REQUIRE(eventually([&] { return is(a.viewer.pixel(640, 360), red); }));
    }
    const Figures idle = mixing.figures();
    CHECK(idle.encoders == 0);
    std::this_thread::sleep_for(milliseconds(120));
    CHECK(mixing.figures().picture.frames == idle.picture.frames);
    CHECK(mixing.figures().sound.blocks == idle.sound.blocks);
  }
}

TEST_CASE_FIXTURE(Fixture, "a listener without a picture costs no picture") {
  Person a(mixing, "a", red, 440, false);
  REQUIRE(eventually([&] { return a.listener.times().size() > 10; }));
  CHECK(mixing.figures().picture.frames == 0);
  CHECK(mixing.figures().encoders == 0);
}
