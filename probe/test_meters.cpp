#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "probe/colour.h"
#include "probe/frame_meter.h"
#include "probe/picture_meter.h"
#include "probe/sound_meter.h"

using namespace rollcall::probe;
using namespace std::chrono_literals;

namespace {

/// A synthetic I420 picture on which rectangles can be painted.
struct Picture {
  explicit Picture(int w, int h) : width(w), height(h) {
    planes[0].assign(static_cast<std::size_t>(w * h), 16);
    planes[1].assign(static_cast<std::size_t>(w * h / 4), 128);
    planes[2].assign(static_cast<std::size_t>(w * h / 4), 128);
  }

  void paint(Colour c, int x, int y, int w, int h) {
    const double luma = 16 + 0.257 * c.red + 0.504 * c.green + 0.098 * c.blue;
    const double u = 128 - 0.148 * c.red - 0.291 * c.green + 0.439 * c.blue;
    const double v = 128 + 0.439 * c.red - 0.368 * c.green - 0.071 * c.blue;
    for (int row = y; row < y + h; ++row) {
      for (int column = x; column < x + w; ++column) {
        planes[0][static_cast<std::size_t>(row * width + column)] = static_cast<std::uint8_t>(luma);
        const auto half = static_cast<std::size_t>(row / 2 * (width / 2) + column / 2);
        planes[1][half] = static_cast<std::uint8_t>(u);
        planes[2][half] = static_cast<std::uint8_t>(v);
      }
    }
  }

  [[nodiscard]] PictureView view() const {
    return {width, height, {planes[0].data(), planes[1].data(), planes[2].data()}, {width, width / 2, width / 2}};
  }

  int width;
  int height;
  std::vector<std::uint8_t> planes[3];
};

std::vector<std::int16_t> tones(const std::vector<std::pair<int, double>>& parts, int milliseconds) {
  std::vector<std::int16_t> samples;
  for (int index = 0; index < SoundMeter::rate / 1000 * milliseconds; ++index) {
    double sum = 0;
    for (const auto& [hertz, amplitude] : parts) {
      sum += amplitude * std::sin(2 * std::numbers::pi * hertz * index / SoundMeter::rate);
    }
    samples.push_back(static_cast<std::int16_t>(sum * 32767));
  }
  return samples;
}

constexpr Colour red{0xc0, 0x30, 0x30};
constexpr Colour green{0x30, 0xc0, 0x30};
constexpr Colour blue{0x30, 0x30, 0xc0};

}  // namespace

TEST_CASE("a colour is six hexadecimal digits behind a hash, and nothing else is one") {
  CHECK(parse_colour("#c03030") == red);
  CHECK(to_text(red) == "#c03030");
  for (const auto* wrong : {"", "c03030", "#c0303", "#c030300", "#c0303g", "red"}) CHECK_FALSE(parse_colour(wrong));
}

TEST_CASE("a colour survives the way through I420") {
  CHECK(distance(colour_from_yuv(94, 107, 191), red) < 8);
}

TEST_CASE("each tile of a mix is found where it stands, and a colour that is not there is not") {
  Picture picture(1280, 720);
  picture.paint(red, 0, 0, 640, 360);
  picture.paint(green, 640, 360, 640, 360);
  PictureMeter meter({red, green, blue});
  meter.measure(picture.view(), 0ms);
  REQUIRE(meter.tiles()[0].area);
  CHECK(*meter.tiles()[0].area == Area{0, 0, 640, 360, 0.25});
  REQUIRE(meter.tiles()[1].area);
  CHECK(*meter.tiles()[1].area == Area{640, 360, 640, 360, 0.25});
  CHECK_FALSE(meter.tiles()[2].area);
}

TEST_CASE("a tile of a seven by seven grid is still found") {
  Picture picture(1280, 720);
  picture.paint(blue, 184, 104, 176, 96);
  PictureMeter meter({red, blue});
  meter.measure(picture.view(), 0ms);
  CHECK(meter.tiles()[1].area == Area{184, 104, 176, 96, 264.0 / 14400});
  CHECK_FALSE(meter.tiles()[0].area);
}

TEST_CASE("two separate patches of a colour count as the larger one, not as one tile around both") {
  Picture picture(1280, 720);
  picture.paint(red, 0, 0, 320, 160);
  picture.paint(red, 960, 400, 320, 320);
  PictureMeter meter({red});
  meter.measure(picture.view(), 0ms);
  REQUIRE(meter.tiles()[0].area);
  CHECK(meter.tiles()[0].area->x == 960);
  CHECK(meter.tiles()[0].area->width == 320);
}

TEST_CASE("a speck of a colour is no tile") {
  Picture picture(1280, 720);
  picture.paint(red, 0, 0, 40, 40);
  PictureMeter meter({red});
  meter.measure(picture.view(), 0ms);
  CHECK_FALSE(meter.tiles()[0].area);
}

TEST_CASE("a tile is alive as long as something in it moves") {
  PictureMeter meter({red});
  const auto show = [&](int ball, Milliseconds now) {
    Picture picture(640, 360);
    picture.paint(red, 0, 0, 640, 360);
    picture.paint({255, 255, 255}, ball, 160, 40, 40);
    meter.measure(picture.view(), now);
  };
  show(80, 0ms);
  CHECK_FALSE(meter.tiles()[0].last_movement);
  show(160, 200ms);
  CHECK(meter.tiles()[0].last_movement == 200ms);
  show(160, 400ms);
  CHECK(meter.tiles()[0].last_movement == 200ms);
  CHECK(meter.tiles()[0].seen == 400ms);
  CHECK(meter.tiles()[0].first_seen == 0ms);
}

TEST_CASE("a gap in the stream is not counted as time in which a tile was seen") {
  Picture picture(640, 360);
  picture.paint(red, 0, 0, 640, 360);
  PictureMeter meter({red});
  meter.measure(picture.view(), 0ms);
  meter.measure(picture.view(), 60s);
  CHECK(meter.tiles()[0].seen == 1s);
}

TEST_CASE("tones in a mix are heard with their amplitude, others are not") {
  SoundMeter meter({440, 550, 660});
  meter.feed(tones({{440, 0.25}, {660, 0.1}}, 1000), 1000ms);
  CHECK(meter.tones()[0].amplitude == doctest::Approx(0.25).epsilon(0.05));
  CHECK(meter.tones()[2].amplitude == doctest::Approx(0.1).epsilon(0.05));
  CHECK_FALSE(meter.tones()[1].audible());
  CHECK(meter.tones()[0].heard == 1000ms);
  CHECK(meter.tones()[1].heard == 0ms);
  CHECK(meter.tones()[0].first_heard == 1000ms);
  CHECK(meter.duration() == 1000ms);
}

TEST_CASE("a loud tone does not leak into a neighbour forty hertz away") {
  SoundMeter meter({440, 480});
  meter.feed(tones({{440, 0.9}}, 500), 0ms);
  CHECK(meter.tones()[0].audible());
  CHECK_FALSE(meter.tones()[1].audible());
}

TEST_CASE("silence is counted as silence") {
  SoundMeter meter({440});
  meter.feed(tones({}, 300), 0ms);
  meter.feed(tones({{440, 0.2}}, 200), 0ms);
  CHECK(meter.silence() == 300ms);
  CHECK(meter.duration() == 500ms);
  CHECK(meter.tones()[0].heard == 200ms);
}

TEST_CASE("a steady stream has its rate and no gap") {
  FrameMeter meter;
  for (int frame = 0; frame <= 100; ++frame) meter.arrived(1280, 720, frame * 40ms);
  CHECK(meter.frames() == 101);
  CHECK(meter.rate() == doctest::Approx(25));
  CHECK(meter.gaps() == 0);
  CHECK(meter.freezes() == 0);
  CHECK(meter.sizes() == 1);
}

TEST_CASE("a pause in a steady stream is a gap and a freeze") {
  FrameMeter meter;
  for (int frame = 0; frame < 50; ++frame) meter.arrived(1280, 720, frame * 40ms);
  meter.arrived(640, 360, 49 * 40ms + 500ms);
  CHECK(meter.gaps() == 1);
  CHECK(meter.freezes() == 1);
  CHECK(meter.frozen() == 500ms);
  CHECK(meter.longest_gap() == 500ms);
  CHECK(meter.sizes() == 2);
  CHECK(meter.width() == 640);
}

TEST_CASE("a late picture that a browser would not call a freeze is none") {
  FrameMeter meter;
  for (int frame = 0; frame < 50; ++frame) meter.arrived(1280, 720, frame * 40ms);
  meter.arrived(1280, 720, 49 * 40ms + 180ms);
  CHECK(meter.freezes() == 0);
}
