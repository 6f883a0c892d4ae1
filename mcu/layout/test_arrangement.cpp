#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "mcu/layout/arrangement.h"

using namespace rollcall::mcu::layout;

namespace {

using Ids = std::vector<std::string>;

Ids shown(const Arrangement& arrangement) {
  Ids ids;
  for (const auto& one : arrangement.shown()) ids.push_back(one.id);
  return ids;
}

std::map<std::string, Tile> places(const Arrangement& arrangement) {
  std::map<std::string, Tile> tiles;
  for (const auto& one : arrangement.shown()) tiles[one.id] = one.tile;
  return tiles;
}

/// How many of those who are shown before and after have another tile.
int moved(const Arrangement& before, const Arrangement& after) {
  const auto old = places(before);
  int count = 0;
  for (const auto& [id, tile] : places(after)) count += old.contains(id) && old.at(id) != tile ? 1 : 0;
  return count;
}

/// a, b, c …
Arrangement with(int people, Layout layout = Layout::automatic) {
  Arrangement arrangement{Size{}};
  arrangement.set_layout(layout);
  for (int i = 0; i < people; ++i)
    arrangement.join(i < 26 ? std::string(1, static_cast<char>('a' + i)) : "z" + std::to_string(i));
  return arrangement;
}

}  // namespace

TEST_CASE("people stand in the order in which they joined") {
  CHECK(shown(with(4)) == Ids{"a", "b", "c", "d"});
  CHECK(shown(with(5)) == Ids{"a", "b", "c", "d", "e"});
  CHECK(shown(with(0)).empty());
}

TEST_CASE("whoever joins takes the last tile, and where the tiles stay nobody else moves") {
  const Arrangement fourteen = with(14);
  Arrangement fifteen = fourteen;
  fifteen.join("new");
  CHECK(fifteen.shown().back().id == "new");
  CHECK(moved(fourteen, fifteen) == 2);  // only the two in the last row make room
}

TEST_CASE("whoever leaves is followed by the one in the last tile, and nobody else moves") {
  const Arrangement sixteen = with(16);
  Arrangement fifteen = sixteen;
  fifteen.leave("c");
  CHECK(fifteen.shown()[2].id == "p");
  CHECK(moved(sixteen, fifteen) == 4);  // he, and the three beside whom he stood
}

TEST_CASE("where the tiles change anyway, the order of joining is kept") {
  Arrangement arrangement = with(3);
  arrangement.leave("a");
  CHECK(shown(arrangement) == Ids{"b", "c"});
}

TEST_CASE("a new speaker does not move a grid") {
  for (const int people : {2, 4, 14, 16, 20}) {
    const Arrangement before = with(people);
    Arrangement after = before;
    after.spoke("b");
    CHECK(after.shown() == before.shown());
  }
}

TEST_CASE("a new speaker changes places with the one in the large tile, and nobody else moves") {
  Arrangement arrangement = with(7);
  for (const std::string speaker : {"d", "f", "a", "d"}) {
    const Arrangement before = arrangement;
    arrangement.spoke(speaker);
    CHECK(arrangement.shown().front().id == speaker);
    CHECK(moved(before, arrangement) == 2);
    CHECK(places(arrangement)[before.shown().front().id] == places(before)[speaker]);
  }
}

TEST_CASE("the same speaker once more moves nobody") {
  Arrangement arrangement = with(7);
  arrangement.spoke("d");
  const Arrangement before = arrangement;
  arrangement.spoke("d");
  CHECK(arrangement.shown() == before.shown());
}

TEST_CASE("when the speaker leaves, whoever spoke before him becomes large") {
  Arrangement arrangement = with(7);
  arrangement.spoke("d");
  arrangement.spoke("f");
  arrangement.leave("f");
  CHECK(arrangement.shown().front().id == "d");
  CHECK(shown(arrangement).size() == 6);
}

TEST_CASE("of more people than tiles the first sixteen are shown, until another speaks") {
  Arrangement arrangement = with(20);
  CHECK(arrangement.shown().size() == 16);
  const Arrangement before = arrangement;
  for (const std::string speaker : {"a", "b", "c"}) arrangement.spoke(speaker);
  CHECK(arrangement.shown() == before.shown());
  arrangement.spoke("t");
  CHECK(moved(before, arrangement) == 0);
  CHECK(places(arrangement)["t"] == places(before)["p"]);  // the last of those who never spoke
}

TEST_CASE("those who spoke last stay") {
  Arrangement arrangement = with(17);
  for (int i = 0; i < 16; ++i) arrangement.spoke(std::string(1, static_cast<char>('a' + i)));
  arrangement.spoke("q");
  CHECK_FALSE(places(arrangement).contains("a"));
  arrangement.spoke("a");
  CHECK_FALSE(places(arrangement).contains("b"));
}

TEST_CASE("who leaves a full picture is followed by one who was hidden, and nobody else moves") {
  Arrangement arrangement = with(18);
  const Arrangement before = arrangement;
  arrangement.leave("d");
  CHECK(arrangement.shown()[3].id == "q");
  CHECK(moved(before, arrangement) == 0);
}

TEST_CASE("somebody in the spotlight is large whoever speaks, and with that layout nobody else is shown") {
  Arrangement arrangement = with(3);
  arrangement.set_spotlight("c");
  arrangement.spoke("a");
  CHECK(arrangement.layout() == Layout::speaker);
  CHECK(arrangement.shown().front().id == "c");
  arrangement.set_layout(Layout::spotlight);
  CHECK(shown(arrangement) == Ids{"c"});
  arrangement.set_spotlight("");
  CHECK(shown(arrangement) == Ids{"a"});
  arrangement.set_layout(Layout::automatic);
  CHECK(shown(arrangement) == Ids{"a", "b", "c"});
}

TEST_CASE("somebody in the spotlight is shown even where there is no room for all") {
  Arrangement arrangement = with(20);
  arrangement.set_spotlight("s");
  arrangement.set_layout(Layout::grid);
  CHECK(arrangement.shown().size() == 20);
  arrangement.set_layout(Layout::automatic);
  CHECK(arrangement.shown().front().id == "s");
}

TEST_CASE("a presentation is large and whole, everybody else beside it, until it ends") {
  Arrangement arrangement = with(4);
  const Arrangement before = arrangement;
  arrangement.set_presentation("b");
  CHECK(arrangement.layout() == Layout::presentation);
  CHECK(shown(arrangement) == Ids{"b", "a", "c", "d"});
  CHECK(arrangement.shown()[0].fit == Fit::whole);
  CHECK(arrangement.shown()[1].fit == Fit::fill);
  arrangement.spoke("d");
  CHECK(shown(arrangement) == Ids{"b", "a", "c", "d"});
  arrangement.set_presentation("");
  CHECK(arrangement.shown() == before.shown());
}

TEST_CASE("when the presenter leaves, the presentation is over") {
  Arrangement arrangement = with(3);
  arrangement.set_presentation("b");
  arrangement.leave("b");
  CHECK(arrangement.layout() == Layout::grid);
  CHECK(arrangement.presentation().empty());
}

TEST_CASE("ids that are not here count as none") {
  Arrangement arrangement = with(6);
  const Arrangement before = arrangement;
  arrangement.set_presentation("nobody");
  arrangement.set_spotlight("nobody");
  arrangement.spoke("nobody");
  arrangement.leave("nobody");
  CHECK(arrangement.shown() == before.shown());
}

TEST_CASE("whatever happens, nobody is shown twice, no tile is empty, and the rules hold") {
  std::mt19937 random(20261122);
  const auto any = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  for (int run = 0; run < 60; ++run) {
    Arrangement arrangement{Size{}};
    Ids here;
    for (int step = 0, next = 0; step < 200; ++step) {
      const int what = any(12);
      const std::string someone =
          here.empty() ? "x" : here[static_cast<std::size_t>(any(static_cast<int>(here.size())))];
      if (what < 4 && here.size() < 49) {
        here.push_back("p" + std::to_string(next++));
        arrangement.join(here.back());
      } else if (what < 6) {
        arrangement.leave(someone);
        std::erase(here, someone);
      } else if (what < 9) {
        arrangement.spoke(someone);
        if (!here.empty() && arrangement.layout() != Layout::spotlight) REQUIRE(places(arrangement).contains(someone));
      } else if (what == 9) {
        arrangement.set_layout(static_cast<Layout>(any(5)));
      } else if (what == 10) {
        arrangement.set_spotlight(any(2) == 0 ? "" : someone);
      } else {
        arrangement.set_presentation(any(2) == 0 ? "" : someone);
      }
      const Ids now = shown(arrangement);
      REQUIRE(std::set<std::string>(now.begin(), now.end()).size() == now.size());
      REQUIRE(now.empty() == here.empty());
      for (const auto& id : now) REQUIRE(std::find(here.begin(), here.end(), id) != here.end());
      if (arrangement.layout() != Layout::spotlight && here.size() <= 16) REQUIRE(now.size() == here.size());
    }
  }
}
