#include <doctest/doctest.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string>
#include <tuple>

#include "mcu/gst/handle.h"
#include "mcu/gst/media_clock.h"
#include "mcu/mixer/artwork.h"
#include "mcu/mixer/composer.h"
#include "mcu/mixer/synthetic.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;
using std::chrono::milliseconds;

namespace {

constexpr Rgb red{200, 30, 30};
constexpr Rgb green{30, 160, 30};
const layout::Size canvas_size{1280, 720};

bool close(Yuv a, Yuv b) {
  return std::abs(a.y - b.y) <= 3 && std::abs(a.u - b.u) <= 3 && std::abs(a.v - b.v) <= 3;
}

/// How many pixels of the area are unlike the colour.
int unlike(const Canvas& canvas, const layout::Tile& where, Rgb colour) {
  int count = 0;
  for (int y = where.y; y < where.y + where.height; ++y)
    for (int x = where.x; x < where.x + where.width; ++x) count += close(canvas.pixel(x, y), to_yuv(colour)) ? 0 : 1;
  return count;
}

std::shared_ptr<const Artwork> artwork(const std::string& name, layout::Tile tile) {
  const layout::Size size{tile.width, tile.height};
  const Label label{name};
  return std::make_shared<const Artwork>(Artwork{draw_name(label, size), draw_card(label, size)});
}

Seat seat(const PictureSlot& slot, const layout::Tile& tile, const std::string& name = "Romeo") {
  Seat result;
  result.id = name;
  result.slot = &slot;
  result.tile = tile;
  result.artwork = artwork(name, tile);
  return result;
}

Scene one(Seat seat) {
  Scene scene;
  scene.seats.push_back(std::move(seat));
  return scene;
}

Yuv centre(const Canvas& canvas, const layout::Tile& tile) {
  return canvas.pixel(tile.x + tile.width / 2, tile.y + tile.height / 2);
}

/// Two people side by side, whose clock the test turns.
struct TwoPeople {
  TwoPeople() {
    Scene scene;
    for (std::size_t i = 0; i < 2; ++i) scene.seats.push_back(seat(slots[i], tiles[i]));
    composer.set_scene(std::move(scene), now);
  }
  PictureSlot slots[2];
  std::vector<layout::Tile> tiles = layout::equal_grid(2, canvas_size);
  Composer composer{canvas_size};
  PictureSlot::Time now{std::chrono::hours(1)};
};

}  // namespace

TEST_CASE_FIXTURE(TwoPeople, "each participant's picture is in his own tile and nowhere else") {
  slots[0].put(solid_picture({640, 360}, red), now);
  slots[1].put(solid_picture({320, 180}, green), now);
  CHECK(composer.compose(now).drawn == 2);
  CHECK(close(centre(composer.canvas(), tiles[0]), to_yuv(red)));
  CHECK(close(centre(composer.canvas(), tiles[1]), to_yuv(green)));
  CHECK(unlike(composer.canvas(), {0, 0, 1280, 180}, palette::background) == 0);
  CHECK(unlike(composer.canvas(), {0, 540, 1280, 180}, palette::background) == 0);
}

TEST_CASE_FIXTURE(TwoPeople, "only what changed is drawn again") {
  slots[0].put(solid_picture({640, 360}, red), now);
  CHECK(composer.compose(now).drawn == 2);
  CHECK(composer.compose(now + milliseconds(33)).drawn == 0);
  slots[0].put(solid_picture({640, 360}, green), now + milliseconds(50));
  CHECK(composer.compose(now + milliseconds(66)).drawn == 1);
  CHECK(close(centre(composer.canvas(), tiles[0]), to_yuv(green)));
}

TEST_CASE_FIXTURE(TwoPeople, "a picture that stops stays for a second and then gives way to the card") {
  slots[0].put(solid_picture({640, 360}, red), now);
  std::ignore = composer.compose(now + milliseconds(999));
  CHECK(close(centre(composer.canvas(), tiles[0]), to_yuv(red)));
  CHECK(composer.compose(now + milliseconds(1001)).drawn == 1);
  CHECK(unlike(composer.canvas(), tiles[0], red) == tiles[0].width * tiles[0].height);
}

TEST_CASE_FIXTURE(TwoPeople, "who sends no picture has a card with a disc of his colour") {
  std::ignore = composer.compose(now);
  const layout::Tile& tile = tiles[1];
  const Yuv beside_letters = composer.canvas().pixel(tile.x + tile.width / 2 - 60, tile.y + tile.height * 42 / 100);
  CHECK(close(beside_letters, to_yuv(colour_of("Romeo"))));
  CHECK(close(composer.canvas().pixel(tile.x + 40, tile.y + 40), to_yuv(palette::card)));
}

TEST_CASE_FIXTURE(TwoPeople, "the picture comes back as soon as it is sent again") {
  slots[0].put(solid_picture({640, 360}, red), now);
  std::ignore = composer.compose(now + milliseconds(1500));
  slots[0].put(solid_picture({640, 360}, red), now + milliseconds(1600));
  std::ignore = composer.compose(now + milliseconds(1610));
  CHECK(close(centre(composer.canvas(), tiles[0]), to_yuv(red)));
}

TEST_CASE_FIXTURE(TwoPeople, "the name is burned into the lower left corner") {
  slots[0].put(solid_picture({640, 360}, red), now);
  std::ignore = composer.compose(now);
  const layout::Tile& tile = tiles[0];
  CHECK(unlike(composer.canvas(), {tile.x + 4, tile.y + tile.height - 44, 100, 40}, red) > 1000);
  CHECK(unlike(composer.canvas(), {tile.x + 4, tile.y + 4, tile.width - 8, tile.height - 60}, red) == 0);
}

TEST_CASE("a muted camera shows the card at once, not the last picture") {
  PictureSlot slot;
  const layout::Tile tile{0, 0, 1280, 720};
  const PictureSlot::Time now{std::chrono::hours(1)};
  slot.put(solid_picture({640, 360}, red), now);
  Composer composer(canvas_size);
  Seat romeo = seat(slot, tile);
  romeo.camera_off = true;
  composer.set_scene(one(std::move(romeo)), now);
  std::ignore = composer.compose(now);
  CHECK(unlike(composer.canvas(), {100, 600, 100, 100}, palette::card) == 0);
}

TEST_CASE("the speaker's tile is framed") {
  PictureSlot slots[2];
  const auto tiles = layout::equal_grid(2, canvas_size);
  Composer composer(canvas_size);
  Scene scene;
  for (std::size_t i = 0; i < 2; ++i) {
    scene.seats.push_back(seat(slots[i], tiles[i]));
    scene.seats[i].edges = std::make_shared<const Edges>(draw_edges({tiles[i].width, tiles[i].height}, i == 1));
  }
  composer.set_scene(std::move(scene), {});
  std::ignore = composer.compose({});
  CHECK(close(composer.canvas().pixel(642, 360), to_yuv(palette::speaking)));
  CHECK(close(composer.canvas().pixel(2, 360), to_yuv(palette::card)));
}

TEST_CASE("a picture in a format we cannot read is a card, not a crash") {
  gst::initialise();
  PictureSlot slot;
  const layout::Tile tile{0, 0, 1280, 720};
  const gst::CapsPtr caps(gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "RGB", "width", G_TYPE_INT, 64,
                                              "height", G_TYPE_INT, 64, nullptr));
  const gst::BufferPtr buffer(gst_buffer_new_allocate(nullptr, 16, nullptr));
  slot.put(gst::SamplePtr(gst_sample_new(buffer.get(), caps.get(), nullptr, nullptr)), {});
  Composer composer(canvas_size);
  composer.set_scene(one(seat(slot, tile)), {});
  std::ignore = composer.compose({});
  CHECK(unlike(composer.canvas(), {100, 600, 100, 100}, palette::card) == 0);
}

TEST_CASE("pictures of every size are drawn inside their tiles") {
  for (std::size_t count : {1U, 3U, 7U, 25U, 49U})
    for (const layout::Size source :
         {layout::Size{2, 2}, {60, 900}, {1920, 1080}, {176, 144}, {641, 361}, {1000, 60}}) {
      CAPTURE(count);
      CAPTURE(source.width);
      std::vector<PictureSlot> slots(count);
      const auto tiles = layout::equal_grid(count, canvas_size);
      Composer composer(canvas_size);
      Scene scene;
      for (std::size_t i = 0; i < count; ++i) {
        slots[i].put(solid_picture(source, red), {});
        scene.seats.push_back(seat(slots[i], tiles[i], "R"));
      }
      composer.set_scene(std::move(scene), {});
      CHECK(composer.compose({}).drawn == count);
      for (const auto& tile : tiles) REQUIRE(close(centre(composer.canvas(), tile), to_yuv(red)));
    }
}

TEST_CASE("names of any kind are drawn, within the tile") {
  const std::string names[] = {"",
                               " ",
                               "Ada",
                               std::string(5000, 'W'),
                               "مرحبا بالعالم",
                               "🎈🎈",
                               "a\nb\r\nc\t",
                               "\xff\xfe bad",
                               "<b>&amp;</b>",
                               std::string("nul\0nul", 7),
                               "e\xcc\x81\xcc\x81\xcc\x81"};
  for (const auto& name : names)
    for (const auto& tile : {layout::Size{1280, 720}, {320, 180}, {182, 102}}) {
      CAPTURE(name);
      const Overlay strip = draw_name({name, true}, tile);
      CHECK(strip.size.width <= tile.width);
      CHECK(strip.size.height <= tile.height);
      CHECK(strip.size.width % 2 == 0);
      CHECK(strip.size.height % 2 == 0);
      CHECK(strip.alpha.size() == strip.y.size());
      CHECK(draw_card({name, true, "connection lost"}, tile).size == tile);
    }
}

TEST_CASE("the microphone mark changes the strip and the card") {
  const layout::Size tile{640, 360};
  CHECK(draw_name({"Ada", true}, tile).y != draw_name({"Ada", false}, tile).y);
  CHECK(draw_card({"Ada", true}, tile).y != draw_card({"Ada", false}, tile).y);
}

TEST_CASE("initials are the first letters of the first and the last word") {
  CHECK(initials("Ada King Lovelace") == "AL");
  CHECK(initials("romeo@montague.example") == "RE");
  CHECK(initials("  plato ") == "P");
  CHECK(initials("Örn") == "Ö");
  CHECK(initials("Ada 🎈") == "A");
  CHECK(initials("(Ada) \"King\"") == "AK");
  CHECK(initials("") == "?");
  CHECK(initials("...") == "?");
}

TEST_CASE("the colour depends on the name alone, and names differ") {
  CHECK(colour_of("leg-1") == colour_of("leg-1"));
  int different = 0;
  for (int i = 0; i < 50; ++i)
    different += colour_of("leg-" + std::to_string(i)) == colour_of("leg-" + std::to_string(i + 1)) ? 0 : 1;
  CHECK(different > 35);
}
