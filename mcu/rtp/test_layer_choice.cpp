#include <doctest/doctest.h>

#include "mcu/rtp/layer_choice.h"

using namespace rollcall::mcu::rtp;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t low = 0, middle = 1, high = 2;

/// A sender of three layers: 180, 360 and 720 lines. Each step is a picture's time.
struct Sender {
  LayerChoice choice{3};
  Time now{1000s};
  bool sends[3] = {true, true, true};

  void passes(std::chrono::milliseconds span) {
    for (const auto end = now + span; now < end; now += 20ms)
      for (const auto layer : {low, middle, high})
        if (sends[layer]) choice.on_packet(layer, now);
  }
  /// As a leg does: asks for a key frame of what is wanted, and it comes.
  std::optional<std::size_t> decoded() {
    if (const auto wanted = choice.wanted(now)) (void)choice.on_key_frame(*wanted, now);
    return choice.current();
  }
};

}  // namespace

TEST_CASE("the layer is the smallest that fills three quarters of the tile") {
  Sender sender;
  sender.passes(100ms);
  struct Case {
    int tile;
    std::size_t layer;
  };
  for (const auto& [tile, layer] : {Case{90, low},
                                    {180, low},
                                    {240, low},
                                    {241, middle},
                                    {360, middle},
                                    {480, middle},
                                    {481, high},
                                    {720, high},
                                    {1080, high},
                                    {0, high}}) {
    CAPTURE(tile);
    sender.choice.set_shown(tile);
    CHECK(sender.decoded() == layer);
  }
}

TEST_CASE("it is switched at a key frame of the wanted layer and not before") {
  Sender sender;
  sender.choice.set_shown(180);
  sender.passes(100ms);
  CHECK_FALSE(sender.choice.current());
  CHECK(sender.choice.on_key_frame(low, sender.now));
  sender.choice.set_shown(720);
  sender.passes(500ms);
  CHECK(sender.choice.wanted(sender.now) == high);
  CHECK(sender.choice.current() == low);
  CHECK_FALSE(sender.choice.on_key_frame(middle, sender.now));
  CHECK(sender.choice.on_key_frame(low, sender.now));  // its own go on being decoded
  CHECK(sender.choice.current() == low);
  CHECK(sender.choice.on_key_frame(high, sender.now));
  CHECK(sender.choice.current() == high);
  CHECK_FALSE(sender.choice.on_key_frame(low, sender.now));
}

TEST_CASE("whatever layer comes first is shown first") {
  Sender sender;
  sender.choice.set_shown(720);
  sender.passes(100ms);
  CHECK(sender.choice.on_key_frame(low, sender.now));
  CHECK(sender.choice.current() == low);
  CHECK(sender.choice.wanted(sender.now) == high);
}

TEST_CASE("when a layer stops the next one below takes its place") {
  Sender sender;
  sender.choice.set_shown(720);
  sender.passes(100ms);
  CHECK(sender.decoded() == high);
  sender.sends[high] = false;
  sender.passes(LayerChoice::stopped_after - 100ms);
  CHECK(sender.decoded() == high);
  sender.passes(200ms);
  CHECK(sender.decoded() == middle);
  sender.sends[middle] = false;
  sender.passes(LayerChoice::stopped_after + 100ms);
  CHECK(sender.decoded() == low);
  sender.sends[low] = false;
  sender.passes(LayerChoice::stopped_after + 100ms);
  CHECK_FALSE(sender.choice.wanted(sender.now));
}

TEST_CASE("a layer that was stopped is used again when it has lasted for a while") {
  Sender sender;
  sender.choice.set_shown(720);
  sender.passes(100ms);
  sender.sends[high] = false;
  sender.passes(LayerChoice::stopped_after + 100ms);
  CHECK(sender.decoded() == middle);
  sender.sends[high] = true;
  sender.passes(LayerChoice::lasting_after - 200ms);
  CHECK(sender.decoded() == middle);
  sender.passes(400ms);
  CHECK(sender.decoded() == high);
}

TEST_CASE("when all have stopped, the first that comes again is used at once") {
  Sender sender;
  sender.choice.set_shown(720);
  sender.passes(100ms);
  CHECK(sender.decoded() == high);
  for (auto& one : sender.sends) one = false;
  sender.passes(5s);
  CHECK_FALSE(sender.choice.wanted(sender.now));
  sender.sends[low] = true;
  sender.passes(40ms);
  CHECK(sender.decoded() == low);
}

TEST_CASE("a tile smaller than the smallest layer gets the smallest, a larger one than the largest the largest") {
  Sender sender;
  sender.passes(100ms);
  sender.choice.set_shown(45);
  CHECK(sender.decoded() == low);
  sender.choice.set_shown(2160);
  CHECK(sender.decoded() == high);
}

TEST_CASE("layers are judged by their size where it is known, in whatever order they were offered") {
  Sender sender;
  sender.choice.set_height(low, 720);
  sender.choice.set_height(middle, 360);
  sender.choice.set_height(high, 180);
  sender.passes(100ms);
  sender.choice.set_shown(180);
  CHECK(sender.decoded() == high);
  sender.choice.set_shown(720);
  CHECK(sender.decoded() == low);
}

TEST_CASE("a single layer is the one, whatever is shown") {
  LayerChoice choice(1);
  const Time now{1000s};
  CHECK_FALSE(choice.wanted(now));
  choice.on_packet(0, now);
  for (const int tile : {0, 45, 720}) {
    choice.set_shown(tile);
    CHECK(choice.wanted(now) == 0);
    CHECK(choice.on_key_frame(0, now));
  }
}
