#include <doctest/doctest.h>

#include "allocator/model/fold.h"

using rollcall::model::fold;

TEST_CASE("case and marks do not matter where people type names") {
  CHECK(fold("Jürgen Łukasz") == "jurgen lukasz");
  CHECK(fold("STRASSE") == fold("Straße"));
  CHECK(fold("Zoë") == fold("zoe"));
  CHECK(fold("e\u0301va") == "eva");  // a mark of its own
  CHECK(fold("Ålesund Ærø") == "alesund aero");
  CHECK(fold("ΑΘΗΝΑ") == fold("αθηνα"));
  CHECK(fold("ЁЖИК Вася") == fold("ёжик вася"));
}

TEST_CASE("blanks at the ends go, and several between become one") {
  CHECK(fold("  Ann \t\n Smith ") == "ann smith");
  CHECK(fold("   ").empty());
}

TEST_CASE("what is no letter, and what is no UTF-8, stays as it is") {
  CHECK(fold("😀 安娜 7") == "😀 安娜 7");
  CHECK(fold("a\xff\xc3") == "a\xff\xc3");
}
