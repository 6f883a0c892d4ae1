#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "mcu/mixer/loudest.h"
#include "mcu/mixer/sound.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/mixer/ticker.h"

using namespace rollcall::mcu::mixer;

namespace {

Block constant(std::int16_t value) {
  Block block;
  block.fill(value);
  return block;
}

}  // namespace

TEST_CASE("a mix without oneself is the sum less one's own") {
  Sum sum{};
  const Block a = constant(1000), b = constant(20), c = constant(-300);
  for (const Block* block : {&a, &b, &c}) add_to(sum, *block);
  Block mix;
  mix_without(sum, a, mix);
  CHECK(mix == constant(-280));
  mix_all(sum, mix);
  CHECK(mix == constant(720));
}

TEST_CASE("what is too loud is clipped, not wrapped, and nobody's own loudness clips the others") {
  Sum sum{};
  const Block loud = constant(30000), quiet = constant(5);
  add_to(sum, loud);
  add_to(sum, loud);
  add_to(sum, quiet);
  Block mix;
  mix_without(sum, quiet, mix);
  CHECK(mix == constant(32767));
  mix_without(sum, loud, mix);
  CHECK(mix == constant(30005));
}

TEST_CASE("the level is the root of the mean square") {
  CHECK(root_mean_square(constant(-500)) == doctest::Approx(500));
  CHECK(root_mean_square({}) == 0);
}

TEST_CASE("everybody is heard while seats are free, from his first sound on") {
  Loudest loudest(3);
  const Loudest::Level levels[] = {{1, 100}, {2, 0}, {3, 5000}};
  loudest.update(levels);
  CHECK(loudest.heard(1));
  CHECK_FALSE(loudest.heard(2));
  CHECK(loudest.heard(3));
}

TEST_CASE("a full house changes only for somebody clearly louder") {
  Loudest loudest(2);
  for (int i = 0; i < 100; ++i) loudest.update(std::vector<Loudest::Level>{{1, 1000}, {2, 2000}, {3, 0}});
  for (int i = 0; i < 100; ++i) loudest.update(std::vector<Loudest::Level>{{1, 1000}, {2, 2000}, {3, 1500}});
  CHECK_FALSE(loudest.heard(3));
  for (int i = 0; i < 100; ++i) loudest.update(std::vector<Loudest::Level>{{1, 1000}, {2, 2000}, {3, 4000}});
  CHECK(loudest.heard(3));
  CHECK_FALSE(loudest.heard(1));
  CHECK(loudest.heard(2));
}

TEST_CASE("a seat that is taken by noise goes to the first sound of a word") {
  Loudest loudest(2);
  for (int i = 0; i < 100; ++i) loudest.update(std::vector<Loudest::Level>{{1, 100}, {2, 60}, {3, 0}});
  loudest.update(std::vector<Loudest::Level>{{1, 100}, {2, 60}, {3, 400}});
  CHECK(loudest.heard(3));
  CHECK_FALSE(loudest.heard(2));
}

TEST_CASE("a seat is given up after two silent seconds, and when its owner leaves") {
  Loudest loudest(1);
  loudest.update(std::vector<Loudest::Level>{{1, 1000}, {2, 0}});
  for (int i = 0; i < 99; ++i) loudest.update(std::vector<Loudest::Level>{{1, 0}, {2, 0}});
  CHECK(loudest.heard(1));
  loudest.update(std::vector<Loudest::Level>{{1, 0}, {2, 50}});
  CHECK_FALSE(loudest.heard(1));
  CHECK(loudest.heard(2));
  loudest.update(std::vector<Loudest::Level>{{1, 0}});
  CHECK_FALSE(loudest.heard(2));
}

TEST_CASE("the speaker is the one who speaks, for two seconds at least") {
  Loudest loudest;
  CHECK_FALSE(loudest.speaker());
  for (int i = 0; i < 20; ++i) loudest.update(std::vector<Loudest::Level>{{1, 3000}, {2, 0}});
  CHECK(loudest.speaker() == 1);
  for (int i = 0; i < 50; ++i) loudest.update(std::vector<Loudest::Level>{{1, 0}, {2, 3000}});
  CHECK(loudest.speaker() == 1);
  for (int i = 0; i < 50; ++i) loudest.update(std::vector<Loudest::Level>{{1, 0}, {2, 3000}});
  CHECK(loudest.speaker() == 2);
  for (int i = 0; i < 200; ++i) loudest.update(std::vector<Loudest::Level>{{1, 0}, {2, 0}});
  CHECK_FALSE(loudest.speaker());
}

TEST_CASE("a speaker who leaves is not the speaker any more") {
  Loudest loudest;
  for (int i = 0; i < 20; ++i) loudest.update(std::vector<Loudest::Level>{{1, 3000}, {2, 0}});
  loudest.update(std::vector<Loudest::Level>{{2, 0}});
  CHECK_FALSE(loudest.speaker());
}

TEST_CASE("missed ticks are left out, or made up where a few are allowed") {
  using namespace std::chrono_literals;
  const auto period = 20ms;
  CHECK(Ticker::next_tick(4, 81ms, period, 0) == 5);
  CHECK(Ticker::next_tick(4, 101ms, period, 0) == 5);
  CHECK(Ticker::next_tick(4, 145ms, period, 0) == 7);
  CHECK(Ticker::next_tick(4, 145ms, period, 5) == 5);
  CHECK(Ticker::next_tick(4, 1000ms, period, 5) == 50);
}
