// How pictures are handed to the decoders, and what becomes of those that cannot be decoded.
#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <future>
#include <thread>

#include "mcu/leg/decode_pool.h"
#include "mcu/leg/picture_decoder.h"

using namespace rollcall::mcu;
using namespace std::chrono_literals;
using leg::DecodePool;
using leg::PictureDecoder;

namespace {

/// A piece of work that says how it was done.
struct Counted final : DecodePool::Work {
  explicit Counted(int count) : left(count) {}
  bool step() override {
    if (running.exchange(true)) {
      twice = true;
    }
    std::this_thread::yield();
    running = false;
    const bool more = --left > 0;
    if (!more) {
      done.set_value();
    }
    return more;
  }
  std::atomic<int> left;
  std::atomic<bool> running = false;
  std::atomic<bool> twice = false;
  std::promise<void> done;
};

/// Keeps a thread busy.
struct Blocker final : DecodePool::Work {
  bool step() override {
    go.get_future().wait();
    return false;
  }
  std::promise<void> go;
};

leg::EncodedPicture rubbish(bool key) {
  return {key, std::vector<std::uint8_t>(200, 0xff)};
}

}  // namespace

TEST_CASE("the pool does each one's work piece by piece, never on two threads") {
  DecodePool pool(4);
  std::deque<Counted> works;
  for (int i = 0; i < 16; ++i) {
    pool.add(works.emplace_back(200));
  }
  for (auto& work : works) {
    CHECK(work.done.get_future().wait_for(20s) == std::future_status::ready);
    CHECK_FALSE(work.twice);
  }
}

TEST_CASE("who falls behind goes on with the next key frame") {
  DecodePool pool(1);
  Blocker blocker;
  pool.add(blocker);
  PictureDecoder decoder(pool, gst::Coding::vp8, {[](gst::SamplePtr) {}});
  for (std::size_t i = 0; i < PictureDecoder::most_waiting; ++i) {
    CHECK(decoder.put(rubbish(i == 0)));
  }
  CHECK_FALSE(decoder.put(rubbish(false)));
  CHECK(decoder.put(rubbish(true)));
  CHECK(decoder.put(rubbish(false)));
  blocker.go.set_value();
}

TEST_CASE("what cannot be decoded is given up after a while, and nothing else suffers") {
  DecodePool pool(2);
  std::atomic<int> shown = 0;
  PictureDecoder decoder(pool, gst::Coding::opus, {[&shown](gst::SamplePtr) { ++shown; }});  // no decoder of pictures
  const auto end = std::chrono::steady_clock::now() + 20s;
  int taken = 0;
  while (!decoder.given_up() && std::chrono::steady_clock::now() < end) {
    taken += decoder.put(rubbish(true)) ? 1 : 0;
    std::this_thread::yield();
  }
  CHECK(decoder.given_up());
  CHECK(decoder.take_failure());
  CHECK_FALSE(decoder.put(rubbish(true)));
  CHECK(shown == 0);
}
