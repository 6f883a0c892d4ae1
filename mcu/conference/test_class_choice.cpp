#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <vector>

#include "mcu/conference/class_choice.h"
#include "mcu/conference/picture_class.h"

using namespace rollcall::mcu::conference;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

const std::vector<int> ladder = {1500, 500, 150, 40};
const ClassChoice::Time begin{seconds(1000)};

/// A path that carries so much and no more: what is sent above that is lost, and the estimate says what arrives.
struct SimulatedPath {
  int capacity_kbit = 100'000;
  double random_loss = 0;
  bool estimates = true;

  [[nodiscard]] ClassChoice::Path seen(int sent_kbit) const {
    const double over = std::max(0, sent_kbit - capacity_kbit) / static_cast<double>(std::max(1, sent_kbit));
    return {estimates ? std::min(capacity_kbit, 4000) : 0, std::max(over, random_loss), 0};
  }
};

struct Run {
  ClassChoice choice{ladder, 1500, begin};
  ClassChoice::Time now = begin;
  std::vector<std::size_t> places = {};
  int changes = 0;

  void pass(const SimulatedPath& path, int time_s, std::size_t asks = 0) {
    for (int i = 0; i < time_s; ++i) {
      now += seconds(1);
      const std::size_t before = choice.place();
      const int picture = choice.none() ? 0 : ladder[before];
      auto seen = path.seen(picture + ClassChoice::sound_kbit);
      seen.asks = asks;
      places.push_back(choice.look(seen, now));
      changes += places.back() != before ? 1 : 0;
    }
  }
};

}  // namespace

TEST_CASE("on a good path everybody has the best class that the ceiling allows, from the start") {
  Run run;
  run.pass({}, 120);
  CHECK(run.choice.place() == 0);
  CHECK(run.changes == 0);
  CHECK(ClassChoice(ladder, 400, begin).place() == 2);
  CHECK(ClassChoice(ladder, 20, begin).none());
}

TEST_CASE("an estimate that has only begun costs nobody his class, one that fell does at once") {
  Run run;
  for (int i = 1; i < 8; ++i) CHECK(run.choice.look({ClassChoice::first_estimate_kbit, 0, 0}, begin + seconds(i)) == 0);
  CHECK(run.choice.look({ClassChoice::first_estimate_kbit, 0, 0}, begin + seconds(8)) == 1);
  CHECK(ClassChoice(ladder, 1500, begin).look({180, 0, 0}, begin + seconds(1)) == 3);
}

TEST_CASE("a path that becomes narrow is met at once, and left again ten seconds after it has become wide") {
  Run run;
  run.pass({}, 20);
  run.pass({.capacity_kbit = 700}, 1);
  CHECK(run.choice.place() == 1);
  run.pass({.capacity_kbit = 220}, 1);
  CHECK(run.choice.place() == 2);
  run.pass({}, 8);
  CHECK(run.choice.place() == 2);
  run.pass({}, 3);
  CHECK(run.choice.place() == 1);
  run.pass({}, 11);
  CHECK(run.choice.place() == 0);
}

TEST_CASE("on a path of 50 kbit/s the sound goes alone, and one of 100 has the smallest picture") {
  Run run;
  run.pass({.capacity_kbit = 50}, 5);
  CHECK(run.choice.none());
  run.pass({.capacity_kbit = 50}, 300);
  CHECK(run.choice.none());
  run.pass({.capacity_kbit = 100}, 125);
  CHECK(run.choice.place() == 3);
}

TEST_CASE("where nothing is estimated heavy loss leads down, and each ascent that failed waits longer for the next") {
  Run run;
  run.pass({.capacity_kbit = 300, .estimates = false}, 1200);
  int at_half = 0;
  for (const std::size_t place : run.places) at_half += place == 1 ? 1 : 0;
  CHECK(run.choice.place() == 2);
  CHECK(at_half < 30);  // seconds of twenty minutes
  CHECK(run.changes <= 2 + 2 * 13);
}

TEST_CASE("a path that was narrow for an hour has its picture back about two minutes after it has become wide") {
  Run run;
  run.pass({.capacity_kbit = 700, .estimates = false}, 3600);
  run.pass({}, 135);
  CHECK(run.choice.place() == 0);
}

TEST_CASE("five percent of loss that is repaired costs nobody his class") {
  Run run;
  run.pass({.random_loss = 0.05}, 60, 4);
  CHECK(run.choice.place() == 0);
}

TEST_CASE("one who asks for key frames again and again is moved, but never left without a picture") {
  Run run;
  run.pass({}, 1, ClassChoice::most_asks + 1);
  CHECK(run.choice.place() == 1);
  run.pass({.random_loss = 0.5}, 60, ClassChoice::most_asks + 1);
  CHECK(run.choice.place() == 3);
}

TEST_CASE("a path that changes its mind every few seconds does not make the picture flicker") {
  Run run;
  for (int i = 0; i < 60; ++i) {
    run.pass({.capacity_kbit = 700}, 5);
    run.pass({}, 5);
  }
  CHECK(run.changes <= 2);
}

TEST_CASE("who lost the picture gets it again though nothing is heard of what is not sent") {
  ClassChoice choice(ladder, 1500, begin);
  const ClassChoice::Path gone{.estimate_kbit = 30, .loss = 1};
  choice.look(gone, begin + seconds(5));
  REQUIRE(choice.none());
  CHECK(choice.look(gone, begin + seconds(14)) == choice.place());
  choice.look(gone, begin + seconds(16));
  CHECK(choice.place() + 1 == ladder.size());
}

TEST_CASE("a new ceiling is obeyed at once, down and up") {
  ClassChoice choice(ladder, 1500, begin);
  choice.set_ceiling(600);
  CHECK(choice.place() == 1);
  choice.set_ceiling(5000);
  CHECK(choice.place() == 0);
}

TEST_CASE("one who waits for a key frame and asks five times a second has asked once in each second") {
  KeyFrameAsks asks;
  for (int i = 0; i < 10; ++i) asks.ask(begin + i * milliseconds(200));
  CHECK(asks.count(begin + seconds(2)) == 2);
  CHECK(asks.count(begin + seconds(30)) == 0);
}

TEST_CASE("the classes descend from the whole picture to one for fifty kilobits") {
  const auto classes = picture_classes(rollcall::mcu::gst::Coding::vp8, {}, 1500);
  REQUIRE(classes.size() == 4);
  const auto is = [](const auto& one, int width, int height, int rate, int kbit) {
    return one.width == width && one.height == height && one.frame_rate == rate && one.kbit == kbit;
  };
  CHECK(is(classes[0], 1280, 720, 30, 1500));
  CHECK(is(classes[1], 640, 360, 30, 500));
  CHECK(is(classes[2], 320, 180, 15, 150));
  CHECK(is(classes[3], 320, 180, 5, 40));
}
