// Names are strangers' text.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "mcu/mixer/artwork.h"
#include "mcu/mixer/drawing.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

std::vector<std::uint8_t> bytes_of(std::initializer_list<int> values) {
  return {values.begin(), values.end()};
}

/// A PNG of one colour, as Cairo writes it.
std::vector<std::uint8_t> png(int width, int height) {
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_t* context = cairo_create(surface);
  cairo_set_source_rgb(context, 1, 0, 0);
  cairo_paint(context);
  cairo_destroy(context);
  std::vector<std::uint8_t> result;
  cairo_surface_write_to_png_stream(
      surface,
      [](void* to, const unsigned char* data, unsigned length) {
        auto& bytes = *static_cast<std::vector<std::uint8_t>*>(to);
        bytes.insert(bytes.end(), data, data + length);
        return CAIRO_STATUS_SUCCESS;
      },
      &result);
  cairo_surface_destroy(surface);
  return result;
}

/// 32x16 of one red, as GStreamer's jpegenc writes it.
std::vector<std::uint8_t> jpeg() {
  const std::string hex =
      "ffd8ffe000104a46494600010100000100010000ffdb00430006040506050406060506070706080a100a0a09090a140e0f0c"
      "1017141818171416161a1d251f1a1b231c1616202c20232627292a29191f2d302d283025282928ffdb0043010707070a080a"
      "130a0a13281a161a282828282828282828282828282828282828282828282828282828282828282828282828282828282828"
      "2828282828282828ffc00011080010002003012200021101031101ffc4001f00000105010101010101000000000000000001"
      "02030405060708090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114"
      "328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a434445464748494a53545556"
      "5758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5"
      "b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9faffc4001f010003"
      "0101010101010101010000000000000102030405060708090a0bffc400b51100020102040403040705040400010277000102"
      "031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35"
      "363738393a434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495"
      "969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9ea"
      "f2f3f4f5f6f7f8f9faffda000c03010002110311003f00e1a8a28af08fd5828a28a00fffd9";
  std::vector<std::uint8_t> result;
  for (std::size_t at = 0; at < hex.size(); at += 2)
    result.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  return result;
}

int pixels_like(const Overlay& overlay, Rgb colour) {
  const Yuv wanted = to_yuv(colour);
  int count = 0;
  for (int y = 0; y < overlay.size.height; ++y)
    for (int x = 0; x < overlay.size.width; ++x) {
      const auto at = static_cast<std::size_t>(y * overlay.size.width + x);
      const auto chroma = static_cast<std::size_t>(y / 2 * (overlay.size.width / 2) + x / 2);
      count += std::abs(overlay.y[at] - wanted.y) <= 6 && std::abs(overlay.u[chroma] - wanted.u) <= 6 &&
                       std::abs(overlay.v[chroma] - wanted.v) <= 6
                   ? 1
                   : 0;
    }
  return count;
}

/// How many columns of the strip have something bright in them: how wide the text really is.
int inked_columns(const Overlay& strip) {
  int count = 0;
  for (int x = 0; x < strip.size.width; ++x) {
    bool ink = false;
    for (int y = 0; y < strip.size.height; ++y)
      ink = ink || strip.y[static_cast<std::size_t>(y * strip.size.width + x)] > 120;
    count += ink ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("text of every script stays what it is") {
  for (const std::string name : {"Ada", "Zoë Müller", "مرحبا بالعالم", "山田 太郎", "नमस्ते", "שלום", "สวัสดี",
                                 "👩‍👩‍👧", "می‌خواهم", "e\u0301"})
    CHECK(presentable(name) == name);
}

TEST_CASE("what turns the direction of the neighbours' text, or is not to be seen, is left out") {
  CHECK(presentable("\u202Eevil\u202C") == "evil");
  CHECK(presentable("\u2066a\u2069\u200F\u061C") == "a");
  CHECK(presentable("\uFEFFa\u00AD") == "a");
  CHECK(presentable("a\x1b[31mb\x07") == "a[31mb");
  CHECK(presentable("\U000E0041\U000E0042x") == "x");
  CHECK(presentable("\uE000x") == "x");
}

TEST_CASE("white space is folded, and a name of nothing else is empty") {
  CHECK(presentable("  Ada \t\r\n  King\u2028\u2029 ") == "Ada King");
  CHECK(presentable("\u3164\u2800\u115f  ").empty());
  CHECK(presentable(std::string("nul\0nul", 7)).find('\0') == std::string::npos);
}

TEST_CASE("marks piled upon one letter are cut to three") {
  CHECK(presentable("e" + repeated("\u0301", 500) + "x") == "e" + repeated("\u0301", 3) + "x");
  CHECK(presentable(repeated("\u0301", 10) + "x") == "x");
}

TEST_CASE("a text of any length and any bytes is short and valid afterwards") {
  CHECK(presentable(std::string(10000, 'W')).size() == most_letters);
  CHECK(presentable(repeated("山", 10000)).size() == 3 * most_letters);
  CHECK(presentable("\xff\xfe bad").find("bad") != std::string::npos);
  CHECK(presentable(std::string(1 << 20, '\xcc')).size() < 4096);
}

TEST_CASE("ten thousand letters fill the strip and no more") {
  for (const layout::Size tile : {layout::Size{1280, 720}, {320, 180}, {160, 90}}) {
    const Overlay strip = draw_name({std::string(10000, 'W')}, tile);
    CHECK(strip.size.width <= tile.width);
    CHECK(strip.size.height <= tile.height / 4);
    CHECK(inked_columns(strip) > strip.size.width / 2);
  }
}

TEST_CASE("a zalgo name is no higher than another") {
  const layout::Size tile{320, 180};
  const Overlay plain = draw_name({"Romeo"}, tile);
  const Overlay zalgo = draw_name({"R" + repeated("\u030d\u0310\u0353\u0324", 100) + "omeo"}, tile);
  CHECK(zalgo.size.height <= 2 * plain.size.height);
  CHECK(zalgo.size.width <= 2 * plain.size.width);
}

TEST_CASE("a name with overrides is drawn as the same name without them") {
  const layout::Size tile{320, 180};
  CHECK(draw_name({"\u202ERomeo\u202C"}, tile).y == draw_name({"Romeo"}, tile).y);
  CHECK(draw_card({"Romeo\u0007"}, tile).size == tile);
}

TEST_CASE("names are legible at 180p: letters of full brightness, on something dark") {
  const Overlay strip = draw_name({"Juliet Capulet"}, {320, 180});
  CHECK(strip.size.height >= 18);
  CHECK(std::count_if(strip.y.begin(), strip.y.end(), [](int y) { return y > 170; }) > 120);
  CHECK(std::count_if(strip.y.begin(), strip.y.end(), [](int y) { return y < 60; }) > 500);
}

TEST_CASE("each mark is seen in the strip and on the card, in its own colour") {
  const layout::Size tile{640, 360};
  const Label plain{"Ada"};
  Label muted = plain, poor = plain, presenting = plain, hand = plain, note = plain;
  muted.microphone_muted = true;
  poor.poor_connection = true;
  presenting.presenting = true;
  hand.hand_raised = true;
  note.note = "on hold";
  CHECK(pixels_like(draw_name(muted, tile), palette::muted) > 10);
  CHECK(pixels_like(draw_name(hand, tile), palette::warning) > 30);
  CHECK(pixels_like(draw_name(poor, tile), palette::warning) > 5);
  for (const Label& label : {muted, poor, presenting, hand, note}) {
    CHECK(draw_name(label, tile).size.width > draw_name(plain, tile).size.width);
    CHECK(draw_card(label, tile).y != draw_card(plain, tile).y);
  }
}

TEST_CASE("the slate has the title and the text, and fits for any title") {
  const layout::Size canvas{1280, 720};
  for (const std::string& title :
       {std::string("Team"), std::string(), std::string(10000, 'W'), std::string("\u202E")}) {
    const Overlay slate = draw_slate(title, "waiting for others", canvas);
    CHECK(slate.size == canvas);
    CHECK(slate.alpha.empty());
  }
  CHECK(pixels_like(draw_slate("Team", "", canvas), palette::text) > 500);
  CHECK(pixels_like(draw_slate("", "waiting for others", canvas), palette::quiet_text) > 200);
}

TEST_CASE("an avatar stands on the card in place of the initials, cut to a disc") {
  const auto avatar = decode_avatar(png(300, 200));
  REQUIRE(avatar != nullptr);
  CHECK(avatar->pixels.size() == 256 * 256 * 4);
  Label label{"Ada"};
  label.avatar = avatar;
  const layout::Size tile{640, 360};
  const double disc = 3.14159 * 79 * 79;
  CHECK(pixels_like(draw_card(label, tile), {255, 0, 0}) == doctest::Approx(disc).epsilon(0.05));
  CHECK(pixels_like(draw_card({"Ada"}, tile), {255, 0, 0}) == 0);
}

TEST_CASE("a JPEG is read as well as a PNG") {
  const auto avatar = decode_avatar(jpeg());
  REQUIRE(avatar != nullptr);
  const std::size_t middle = (128 * 256 + 128) * 4;
  CHECK(avatar->pixels[middle + 2] > 180);  // red
  CHECK(avatar->pixels[middle + 1] < 60);
}

TEST_CASE("pictures that are too large, broken or no pictures at all are refused") {
  CHECK(decode_avatar({}) == nullptr);
  CHECK(decode_avatar(bytes_of({0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'})) == nullptr);
  CHECK(decode_avatar(bytes_of({0xff, 0xd8, 0xff, 0xe0})) == nullptr);
  CHECK(decode_avatar(std::vector<std::uint8_t>(Avatar::most_bytes + 1, 0xff)) == nullptr);
  CHECK(decode_avatar(png(2049, 8)) == nullptr);
  auto bomb = png(8, 8);
  bomb[16] = 0x7f;  // says it is two thousand million pixels wide
  CHECK(decode_avatar(bomb) == nullptr);
}

TEST_CASE("no piece of a picture and no changed byte of one does harm") {
  for (const auto& whole : {png(40, 30), jpeg()}) {
    for (std::size_t length = 0; length < whole.size(); ++length)
      CHECK_NOTHROW(decode_avatar(std::span(whole).first(length)));
    for (std::size_t at = 0; at < whole.size(); ++at) {
      auto changed = whole;
      changed[at] ^= 0x55;
      CHECK_NOTHROW(decode_avatar(changed));
    }
  }
}
