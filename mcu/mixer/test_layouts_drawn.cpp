#include <doctest/doctest.h>

#include <deque>
#include <string>

#include "mcu/layout/arrangement.h"
#include "mcu/mixer/composer.h"
#include "mcu/mixer/synthetic.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

TEST_CASE("a composer without a scene gives an empty picture, and the first scene is drawn over it") {
  Composer composer({1280, 720});
  const PictureSlot::Time now{std::chrono::hours(12)};
  CHECK(composer.compose(now).picture != nullptr);
  std::deque<PictureSlot> slots(3);
  Scene scene;
  for (auto& slot : slots) {
    slot.put(solid_picture({320, 180}, {200, 30, 30}), now);
    scene.seats.push_back({std::to_string(scene.seats.size()), &slot, {}, {}, std::make_shared<const Artwork>()});
    scene.seats.back().tile = layout::equal_grid(3, {1280, 720})[scene.seats.size() - 1];
  }
  composer.set_scene(scene, now);
  const auto result = composer.compose(now);
  CHECK(result.drawn == 3);
  CHECK(result.picture->canvas.pixel(640, 540).v > 180);
}

TEST_CASE("on its way through every layout no picture has a stripe, a hole or two people in one place") {
  std::deque<PictureSlot> slots(30);
  layout::Arrangement arrangement{layout::Size{1280, 720}};
  Composer composer({1280, 720});
  PictureSlot::Time now{std::chrono::hours(12)};
  for (auto& slot : slots) slot.put(solid_picture({320, 180}, {200, 30, 30}), now);
  for (int people = 0; people < 30; ++people) {
    arrangement.join(std::to_string(people));
    for (const auto layout : {layout::Layout::automatic, layout::Layout::grid, layout::Layout::speaker,
                              layout::Layout::presentation, layout::Layout::spotlight}) {
      arrangement.set_layout(layout);
      Scene scene;
      for (const auto& shown : arrangement.shown()) {
        Seat one;
        one.id = shown.id;
        one.slot = &slots[std::stoul(shown.id)];
        one.tile = shown.tile;
        one.artwork = std::make_shared<const Artwork>();  // no name: every pixel of a tile is his
        scene.seats.push_back(std::move(one));
      }
      composer.set_scene(std::move(scene), now);
      const auto result = composer.compose(now);
      long pixels = 0, wanted = 0;
      for (const auto& shown : arrangement.shown()) wanted += shown.tile.width * shown.tile.height;
      for (int y = 0; y < 720; ++y)
        for (int x = 0; x < 1280; ++x) pixels += result.picture->canvas.pixel(x, y).v > 180 ? 1 : 0;
      CAPTURE(people);
      CAPTURE(static_cast<int>(layout));
      REQUIRE(pixels == wanted);
    }
  }
}
