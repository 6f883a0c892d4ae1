#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "mcu/mixer/loudest.h"
#include "mcu/mixer/sound.h"
#include "mcu/mixer/sound_queue.h"
#include "mcu/mixer/synthetic.h"
#include "mcu/mixer/ticker.h"

using namespace rollcall::mcu::mixer;

namespace {

Block constant(std::int16_t value) {
  Block block;
  block.fill(value);
  return block;
}

/// A queue that is given and gives `blocks` times.
void flow(SoundQueue& queue, int blocks, const Block& content) {
  Block taken;
  for (int i = 0; i < blocks; ++i) {
    queue.put(content);
    queue.take(taken);
  }
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

TEST_CASE("a queue gives nothing until two blocks are there, then in order") {
  SoundQueue queue;
  Block block;
  queue.put(constant(1));
  CHECK_FALSE(queue.take(block));
  CHECK(block == constant(0));
  queue.put(constant(2));
  CHECK(queue.take(block));
  CHECK(block == constant(1));
  CHECK(queue.take(block));
  CHECK(block == constant(2));
}

TEST_CASE("packets of other lengths than 20 ms pass unharmed") {
  SoundQueue queue;
  Tone tone(440), expected(440);
  Block block, right;
  std::vector<std::int16_t> packet(480);
  for (int i = 0; i < 6; ++i) {
    tone.fill(packet);
    queue.put(packet);
  }
  for (int i = 0; i < 3; ++i) {
    expected.fill(right);
    REQUIRE(queue.take(block));
    CHECK(block == right);
  }
}

TEST_CASE("a queue that ran empty wants one block more, up to four, and less after calm seconds") {
  SoundQueue queue;
  Block block;
  for (int round = 0; round < 5; ++round) {
    flow(queue, 20, constant(1000));
    while (queue.samples_waiting() > 0) queue.take(block);
    queue.take(block);
  }
  CHECK(queue.target_blocks() == 4);
  flow(queue, 501 + 4, constant(1000));
  CHECK(queue.target_blocks() == 3);
}

TEST_CASE("a sender that falls silent without packets teaches the queue nothing") {
  SoundQueue queue;
  Block block;
  for (int round = 0; round < 5; ++round) {
    flow(queue, 20, constant(1000));
    flow(queue, 5, constant(0));
    while (queue.samples_waiting() > 0) queue.take(block);
    queue.take(block);
  }
  CHECK(queue.target_blocks() == 2);
}

TEST_CASE("what waits too long is cut to the target, oldest first") {
  SoundQueue queue;
  for (std::int16_t i = 1; i <= 11; ++i) queue.put(constant(i));
  CHECK(queue.samples_waiting() == 2 * block_samples);
  CHECK(queue.figures().dropped == 9 * block_samples);
  Block block;
  queue.take(block);
  CHECK(block == constant(10));
}

TEST_CASE("a long queue gets shorter in silence and not while somebody speaks") {
  SoundQueue queue;
  for (int i = 0; i < 6; ++i) queue.put(constant(1000));
  flow(queue, 20, constant(1000));
  CHECK(queue.samples_waiting() == 6 * block_samples);
  flow(queue, 20, constant(0));
  CHECK(queue.samples_waiting() <= 2 * block_samples);
  CHECK(queue.figures().trimmed >= 3);
}

TEST_CASE("a sender whose clock runs fast never makes the sound later than the limit") {
  SoundQueue queue;
  Block block;
  Tone tone(440);
  std::vector<std::int16_t> packet(block_samples + 5);
  std::size_t longest = 0;
  for (int i = 0; i < 50 * 60; ++i) {
    tone.fill(packet);
    queue.put(packet);
    queue.take(block);
    longest = std::max(longest, queue.samples_waiting());
  }
  CHECK(longest <= SoundQueue::limit_blocks * block_samples);
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
