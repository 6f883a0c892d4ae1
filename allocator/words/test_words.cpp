#include <doctest/doctest.h>

#include <string>

#include "allocator/words/words.h"

using namespace rollcall;

namespace {

const std::vector<std::string> enough_values{"zero", "one", "two", "three"};

bool is_for_people(const std::string& text) {
  return text.size() > 5 && text.find('{') == std::string::npos && text.find('}') == std::string::npos;
}

}  // namespace

TEST_CASE("every phrase has words, and every value finds its place") {
  for (int number = 0; number <= static_cast<int>(model::Phrase::media_server_lost); ++number) {
    CAPTURE(number);
    CHECK(is_for_people(words::say({static_cast<model::Phrase>(number), enough_values}, words::Language::english)));
  }
}

TEST_CASE("every refusal is explained in a sentence") {
  for (int number = 0; number <= static_cast<int>(model::Reason::internal); ++number) {
    CAPTURE(number);
    CHECK(is_for_people(words::explain({static_cast<model::Reason>(number), "it"}, words::Language::english)));
  }
}

TEST_CASE("an invitation says who, to what, and three ways to join") {
  const std::string text =
      words::say({model::Phrase::invitation, {"romeo@example.org", "Team", "team@call.example.org", "https://m/j/x"}},
                 words::Language::english);
  for (const char* part : {"romeo@example.org", "Team", "call button", "https://m/j/x", "xmpp:team@call.example.org"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("a value that looks like a place is left as it is") {
  CHECK(words::explain({model::Reason::bad_address, "{0}"}, words::Language::english).find("“{0}”") !=
        std::string::npos);
}
