// Who is shown at what size, as the mixer tells it, so that nobody decodes or asks for more than is seen.
#include <doctest/doctest.h>

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "mcu/mixer/picture_mixer.h"

using namespace rollcall::mcu;
using namespace rollcall::mcu::mixer;

namespace {

using Size = std::optional<layout::Size>;

struct Fixture {
  std::map<std::string, Size> told;
  int tellings = 0;
  std::deque<PictureSlot> slots;
  PictureMixer mixer{{},
                     [](GstBuffer*, bool) {},
                     [this](const std::string& id, Size size) {
                       told[id] = size;
                       ++tellings;
                     }};
  void join(const std::string& id) { mixer.add(id, {id}, slots.emplace_back()); }
  void join_many(int count) {
    for (int i = 0; i < count; ++i) join("p" + std::to_string(i));
  }
};

const Size whole = layout::Size{1280, 720}, large = layout::Size{960, 540}, half = layout::Size{640, 360},
           quarter = layout::Size{320, 180}, not_at_all = std::nullopt;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "while nobody looks nobody is wanted, and everybody is told so when he comes") {
  join("a");
  REQUIRE(told.contains("a"));
  CHECK(told["a"] == not_at_all);
  mixer.start();
  CHECK(told["a"] == whole);
  mixer.stop();
  CHECK(told["a"] == not_at_all);
}

TEST_CASE_FIXTURE(Fixture, "everybody is told the size of his tile, and only when it changes") {
  mixer.start();
  join("a");
  CHECK(told["a"] == whole);
  join("b");
  CHECK(told == std::map<std::string, Size>{{"a", half}, {"b", half}});
  const int before = tellings;
  join("c");
  mixer.set_speaker("c");
  mixer.update("c", {"Another name"});
  CHECK(tellings == before + 1);
}

TEST_CASE_FIXTURE(Fixture, "a new speaker and the one he displaces are told, and nobody else") {
  mixer.start();
  join_many(8);
  CHECK(told["p0"] == large);
  CHECK(told["p5"] == quarter);
  const int before = tellings;
  mixer.set_speaker("p5");
  CHECK(told["p0"] == quarter);
  CHECK(told["p5"] == large);
  CHECK(tellings == before + 2);
}

TEST_CASE_FIXTURE(Fixture, "who is not shown is told so, until he speaks") {
  mixer.start();
  join_many(18);
  CHECK(told["p15"] == quarter);
  CHECK(told["p16"] == not_at_all);
  mixer.set_speaker("p17");
  CHECK(told["p17"] == quarter);
  CHECK(told["p15"] == not_at_all);
}

TEST_CASE_FIXTURE(Fixture, "with a spotlight only he is wanted, with a presentation it is large") {
  mixer.start();
  join_many(3);
  mixer.set_spotlight("p1");
  mixer.set_layout(layout::Layout::spotlight);
  CHECK(told == std::map<std::string, Size>{{"p0", not_at_all}, {"p1", whole}, {"p2", not_at_all}});
  mixer.set_spotlight("");
  mixer.set_layout(layout::Layout::automatic);
  mixer.set_presentation("p2");
  CHECK(told == std::map<std::string, Size>{{"p0", quarter}, {"p1", quarter}, {"p2", large}});
}

TEST_CASE_FIXTURE(Fixture, "who has gone is told nothing, the others what they have won") {
  mixer.start();
  join_many(2);
  told.clear();
  mixer.remove("p0");
  CHECK(told == std::map<std::string, Size>{{"p1", whole}});
}
