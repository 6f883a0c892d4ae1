#include <doctest/doctest.h>

#include <algorithm>

#include "mcu/mixer/sound_tap.h"

using namespace rollcall::mcu::mixer;

namespace {

/// A block in which every sample is `value`, for the common mix and for one own.
struct Mixed {
  explicit Mixed(std::int16_t value) {
    common.fill(value);
    own.push_back({"juliet", common});
  }
  [[nodiscard]] SoundMix mix() const { return {std::chrono::milliseconds(20), 1, &common, own}; }
  Block common{};
  std::vector<OwnMix> own = {};
};

bool differs(const Block& block, std::int16_t value) {
  return std::any_of(block.begin(), block.end(), [value](std::int16_t one) { return one != value; });
}

}  // namespace

TEST_CASE("without a chime the mix passes as it is, and whoever listens hears the common one") {
  SoundTap tap;
  const Mixed mixed(100);
  int heard = 0;
  tap.listen([&](std::chrono::nanoseconds time, std::span<const std::int16_t> samples) {
    CHECK(time == std::chrono::milliseconds(20));
    CHECK(samples.data() == mixed.common.data());
    ++heard;
  });
  const SoundMix passed = tap.pass(mixed.mix());
  CHECK(passed.common == &mixed.common);
  CHECK(heard == 1);
  tap.listen({});
  (void)tap.pass(mixed.mix());
  CHECK(heard == 1);
}

TEST_CASE("a chime is heard by everybody above what is said, and is over after two notes") {
  SoundTap tap;
  const Mixed mixed(100);
  tap.play(Chime(true));
  int sounding = 0;
  for (int i = 0; i < 40; ++i) {
    const SoundMix passed = tap.pass(mixed.mix());
    REQUIRE(passed.own.size() == 1);
    CHECK(differs(*passed.common, 100) == differs(passed.own[0].samples, 100));
    sounding += differs(*passed.common, 100) ? 1 : 0;
  }
  CHECK(sounding == 2 * Chime::note_ms / 20);
}

TEST_CASE("a chime above loud speech is clipped, not torn") {
  SoundTap tap;
  const Mixed mixed(32700);
  tap.play(Chime(false));
  for (int i = 0; i < 10; ++i)
    for (const std::int16_t sample : *tap.pass(mixed.mix()).common) CHECK(sample > 20000);
}
