// How pictures follow one another: what is drawn again, what is kept, and how people get from place to place.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <random>
#include <string>
#include <tuple>

#include "mcu/mixer/composer.h"
#include "mcu/mixer/synthetic.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;
using std::chrono::milliseconds;

namespace {

constexpr Rgb red{200, 30, 30}, green{30, 160, 30}, blue{40, 60, 200};
const layout::Size canvas_size{640, 360};
const PictureSlot::Time noon{std::chrono::hours(12)};

bool close(Yuv a, Yuv b) {
  return std::abs(a.y - b.y) <= 3 && std::abs(a.u - b.u) <= 3 && std::abs(a.v - b.v) <= 3;
}

bool same_pixels(const Canvas& a, const Canvas& b) {
  for (int y = 0; y < a.size().height; ++y)
    for (int x = 0; x < a.size().width; ++x)
      if (a.pixel(x, y) != b.pixel(x, y)) return false;
  return true;
}

Seat seat(const std::string& id, const PictureSlot& slot, const layout::Tile& tile, bool speaking = false) {
  const layout::Size size{tile.width, tile.height};
  Seat result;
  result.id = id;
  result.slot = &slot;
  result.tile = tile;
  result.artwork = std::make_shared<const Artwork>(Artwork{draw_name({id}, size), draw_card({id}, size)});
  result.edges = std::make_shared<const Edges>(draw_edges(size, speaking));
  return result;
}

/// People a, b, c … in a grid, and a picture from each.
struct People {
  explicit People(std::size_t count, milliseconds glide = {}) : slots(count), composer(canvas_size, glide) {
    composer.set_scene(scene(count), now);
  }
  [[nodiscard]] Scene scene(std::size_t count) const {
    Scene result;
    const auto tiles = layout::equal_grid(count, canvas_size);
    for (std::size_t i = 0; i < count; ++i)
      result.seats.push_back(seat(std::string(1, static_cast<char>('a' + i)), slots[i], tiles[i]));
    return result;
  }
  void send(std::size_t who, Rgb colour) { slots[who].put(solid_picture({320, 180}, colour), now); }
  Composer::Result next() {
    now += milliseconds(33);
    return composer.compose(now);
  }
  std::deque<PictureSlot> slots;
  PictureSlot::Time now = noon;
  Composer composer;
};

Placed notice(const std::string& text) {
  const auto overlay = std::make_shared<const Overlay>(draw_notice(text, canvas_size));
  return {overlay, (canvas_size.width - overlay->size.width) / 2 & ~1, 10};
}

Yuv centre(const Canvas& canvas, const layout::Tile& tile) {
  return canvas.pixel(tile.x + tile.width / 2, tile.y + tile.height / 2);
}

}  // namespace

TEST_CASE("a picture in which nothing changed is the same picture, and says so") {
  People people(2);
  people.send(0, red);
  const auto first = people.next();
  CHECK(first.changed);
  const auto second = people.next();
  CHECK_FALSE(second.changed);
  CHECK(second.picture == first.picture);
}

TEST_CASE("a picture that an encoder still reads is not drawn into") {
  People people(2);
  people.send(0, red);
  const auto first = people.next();
  ++first.picture->readers;
  people.send(0, green);
  const auto second = people.next();
  CHECK(second.picture != first.picture);
  const auto tiles = layout::equal_grid(2, canvas_size);
  CHECK(close(centre(first.picture->canvas, tiles[0]), to_yuv(red)));
  CHECK(close(centre(second.picture->canvas, tiles[0]), to_yuv(green)));
}

TEST_CASE("memory is used again as soon as nobody reads it") {
  People people(4);
  for (int i = 0; i < 50; ++i) {
    people.send(0, i % 2 == 0 ? red : green);
    const auto result = people.next();
    ++result.picture->readers;
    people.send(1, blue);
    std::ignore = people.next();
    --result.picture->readers;
  }
  CHECK(people.composer.pictures() == 2);
}

TEST_CASE("when all pictures are still being read there is none, and later there is one again") {
  People people(1);
  std::vector<Composer::Result> held;
  for (std::size_t i = 0; i <= Composer::most_pictures; ++i) {
    people.send(0, i % 2 == 0 ? red : green);
    held.push_back(people.next());
    if (held.back().picture) ++held.back().picture->readers;
  }
  CHECK(held.back().picture == nullptr);
  CHECK(held[held.size() - 2].picture != nullptr);
  --held.front().picture->readers;
  const auto result = people.next();
  REQUIRE(result.picture != nullptr);
  CHECK(result.changed);
  CHECK(close(result.picture->canvas.pixel(320, 180), to_yuv(Composer::most_pictures % 2 == 0 ? red : green)));
}

TEST_CASE("whatever is kept, copied or drawn, each picture is the one that drawing everything would have given") {
  std::mt19937 random(1122);
  const auto any = [&](unsigned below) { return random() % below; };
  for (int run = 0; run < 6; ++run) {
    People people(5);
    std::deque<std::shared_ptr<MixedPicture>> reading;
    std::size_t count = 5;
    Scene scene = people.scene(count);
    for (int step = 0; step < 60; ++step) {
      for (std::size_t i = 0; i < people.slots.size(); ++i)
        if (any(3) == 0) people.send(i, any(2) == 0 ? red : blue);
      if (any(12) == 0) {
        count = 1 + any(5);
        scene = people.scene(count);
        if (any(2) == 0) scene.over.push_back(notice("hello"));
        people.composer.set_scene(scene, people.now);
      } else if (any(8) == 0) {
        scene.seats[any(static_cast<unsigned>(count))].camera_off = any(2) == 0;
        people.composer.set_scene(scene, people.now);
      }
      if (any(20) == 0) people.now += milliseconds(1200);
      const auto result = people.next();
      REQUIRE(result.picture != nullptr);
      Composer fresh(canvas_size);
      fresh.set_scene(scene, people.now);
      std::ignore = fresh.compose(people.now);
      REQUIRE(same_pixels(result.picture->canvas, fresh.canvas()));
      ++result.picture->readers;
      reading.push_back(result.picture);
      while (reading.size() > any(4)) {
        --reading.front()->readers;
        reading.pop_front();
      }
    }
  }
}

TEST_CASE("a translucent notice does not get darker with every picture below it") {
  People people(2);
  Scene scene = people.scene(2);
  // Over both tiles, one of which changes.
  const auto overlay = std::make_shared<const Overlay>(draw_notice("Team · you are the only one here", canvas_size));
  scene.over.push_back({overlay, (canvas_size.width - overlay->size.width) / 2 & ~1, 150});
  people.composer.set_scene(std::move(scene), people.now);
  people.send(0, red);
  people.send(1, red);
  const Yuv once = people.next().picture->canvas.pixel(360, 156);
  for (int i = 0; i < 20; ++i) {
    people.send(0, red);
    std::ignore = people.next();
  }
  CHECK(people.composer.canvas().pixel(360, 156) == once);
}

TEST_CASE("the mark of a recording is in the corner, over whatever is there") {
  People people(1);
  Scene scene = people.scene(1);
  const auto overlay = std::make_shared<const Overlay>(draw_recording(canvas_size));
  scene.over.push_back({overlay, canvas_size.width - 10 - overlay->size.width, 10});
  people.composer.set_scene(std::move(scene), people.now);
  people.send(0, green);
  std::ignore = people.next();
  int dots = 0;
  for (int y = 10; y < 10 + overlay->size.height; ++y)
    for (int x = canvas_size.width - 10 - overlay->size.width; x < canvas_size.width - 10; ++x)
      dots += close(people.composer.canvas().pixel(x, y), to_yuv(palette::recording)) ? 1 : 0;
  CHECK(dots > 20);
}

TEST_CASE("one whose network stands still costs the others nothing: their pictures go on") {
  People people(3);
  people.send(0, red);
  const auto tiles = layout::equal_grid(3, canvas_size);
  for (int i = 0; i < 60; ++i) {
    const Rgb now = i % 2 == 0 ? green : blue;
    people.send(1, now);
    people.send(2, now);
    const auto result = people.next();
    REQUIRE(result.changed);
    REQUIRE(close(centre(result.picture->canvas, tiles[1]), to_yuv(now)));
    REQUIRE(close(centre(result.picture->canvas, tiles[2]), to_yuv(now)));
  }
  CHECK_FALSE(close(centre(people.composer.canvas(), tiles[0]), to_yuv(red)));  // long since a card
}

TEST_CASE("a member with sound only has a card and takes nobody's picture away") {
  People people(3);
  const auto tiles = layout::equal_grid(3, canvas_size);
  people.send(0, red);
  people.send(2, blue);
  const auto result = people.next();
  CHECK(close(centre(result.picture->canvas, tiles[0]), to_yuv(red)));
  CHECK(close(centre(result.picture->canvas, tiles[2]), to_yuv(blue)));
  CHECK(close(result.picture->canvas.pixel(tiles[1].x + 20, tiles[1].y + 20), to_yuv(palette::card)));
}

TEST_CASE("a screen that stands still keeps its picture longer than a face") {
  People people(1);
  Scene scene = people.scene(1);
  scene.seats[0].card_after = milliseconds(5000);
  people.composer.set_scene(std::move(scene), people.now);
  people.send(0, red);
  people.now += milliseconds(4500);
  CHECK(close(people.next().picture->canvas.pixel(320, 100), to_yuv(red)));
  people.now += milliseconds(600);
  CHECK_FALSE(close(people.next().picture->canvas.pixel(320, 100), to_yuv(red)));
}

TEST_CASE("when somebody joins, people glide to their new places and arrive in 300 ms") {
  People people(2, milliseconds(300));
  for (std::size_t i = 0; i < 2; ++i) people.send(i, i == 0 ? red : blue);
  std::ignore = people.next();
  people.slots.emplace_back();
  people.send(2, green);
  people.composer.set_scene(people.scene(3), people.now);
  const auto under_way = people.next();
  CHECK(under_way.changed);
  CHECK(close(under_way.picture->canvas.pixel(10, 110), to_yuv(red)));  // on his way up, and still in his old row
  for (int i = 0; i < 9; ++i) std::ignore = people.next();
  Composer straight(canvas_size);
  straight.set_scene(people.scene(3), people.now);
  std::ignore = straight.compose(people.now);
  CHECK(same_pixels(people.composer.canvas(), straight.canvas()));
  CHECK_FALSE(people.next().changed);
}

TEST_CASE("when somebody leaves, not a pixel of him remains, and the rest come to their places") {
  People people(3, milliseconds(300));
  for (std::size_t i = 0; i < 3; ++i) people.send(i, i == 2 ? green : blue);
  std::ignore = people.next();
  people.composer.set_scene(people.scene(2), people.now);
  for (int i = 0; i < 12; ++i) {
    const auto result = people.next();
    REQUIRE(result.picture != nullptr);
    for (int y = 0; y < canvas_size.height; y += 3)
      for (int x = 0; x < canvas_size.width; x += 3)
        REQUIRE_FALSE(close(result.picture->canvas.pixel(x, y), to_yuv(green)));
  }
}

TEST_CASE("two who change places do so at once") {
  People people(2, milliseconds(300));
  people.send(0, red);
  people.send(1, blue);
  std::ignore = people.next();
  Scene scene = people.scene(2);
  std::swap(scene.seats[0].tile, scene.seats[1].tile);
  people.composer.set_scene(std::move(scene), people.now);
  const auto tiles = layout::equal_grid(2, canvas_size);
  const auto result = people.next();
  CHECK(close(centre(result.picture->canvas, tiles[0]), to_yuv(blue)));
  CHECK(close(centre(result.picture->canvas, tiles[1]), to_yuv(red)));
}

TEST_CASE("a new speaker's frame moves nobody and draws two tiles again, not all") {
  People people(4, milliseconds(300));
  for (std::size_t i = 0; i < 4; ++i) people.send(i, red);
  std::ignore = people.next();
  Scene scene = people.scene(4);
  const auto before = scene;
  scene.seats[1] = seat("b", people.slots[1], scene.seats[1].tile, true);
  people.composer.set_scene(before, people.now);
  std::ignore = people.next();
  Scene next = before;
  next.seats[1].edges = scene.seats[1].edges;
  people.composer.set_scene(std::move(next), people.now);
  CHECK(people.next().drawn == 1);
}
