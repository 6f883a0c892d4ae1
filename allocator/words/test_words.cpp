#include <doctest/doctest.h>

#include <set>
#include <string>

#include "allocator/words/labels.h"
#include "allocator/words/words.h"

using namespace rollcall;

namespace {

const std::vector<std::string> enough_values{"zero", "one", "two", "three"};

bool is_for_people(const std::string& text) {
  return text.size() > 5 && text.find('{') == std::string::npos && text.find('}') == std::string::npos;
}

std::set<char> places_in(std::string_view pattern) {
  std::set<char> places;
  for (auto at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
    places.insert(pattern.at(at + 1));
  }
  return places;
}

}  // namespace

TEST_CASE("every phrase has words in every language, and every value finds its place") {
  for (const words::Language language : words::all_languages) {
    for (int number = 0; number <= static_cast<int>(model::Phrase::ring_failed); ++number) {
      CAPTURE(number);
      CHECK(is_for_people(words::say({static_cast<model::Phrase>(number), enough_values}, language)));
    }
  }
}

TEST_CASE("every refusal is explained in a sentence, in every language") {
  for (const words::Language language : words::all_languages) {
    for (int number = 0; number <= static_cast<int>(model::Reason::internal); ++number) {
      CAPTURE(number);
      CHECK(is_for_people(words::explain({static_cast<model::Reason>(number), "it"}, language)));
    }
  }
}

TEST_CASE("all languages put the same values into a sentence, and none has kept the words of another") {
  const auto compare = [](auto last) {
    using Entry = decltype(last);
    for (int number = 0; number <= static_cast<int>(last); ++number) {
      CAPTURE(number);
      const auto entry = static_cast<Entry>(number);
      const std::string_view english = words::pattern(entry, words::Language::english);
      const std::string_view german = words::pattern(entry, words::Language::german);
      CHECK(places_in(english) == places_in(german));
      CHECK(english != german);
    }
  };
  compare(model::Phrase::ring_failed);
  compare(model::Reason::internal);
}

TEST_CASE("every label has words in every language") {
  for (const words::Language language : words::all_languages) {
    for (int number = 0; number <= static_cast<int>(words::Label::screen); ++number) {
      CAPTURE(number);
      CHECK_FALSE(words::label(static_cast<words::Label>(number), language).empty());
    }
  }
}

TEST_CASE("a language is known by its tag, with or without a country; others become English") {
  for (const char* tag : {"de", "DE", "de-AT", "de_DE", "de-Latn-CH"}) {
    CHECK(words::language_from_tag(tag) == words::Language::german);
  }
  for (const char* tag : {"", "en", "d", "den", "fr", "x-de"}) {
    CHECK(words::language_from_tag(tag) == words::Language::english);
  }
}

TEST_CASE("JC-52: encrypted chat is answered with what to do, in both languages") {
  const auto in = [](words::Language language) { return words::say({model::Phrase::cannot_read_encrypted}, language); };
  CHECK(in(words::Language::english).find("Turn encryption off for this chat, or just use the call button") !=
        std::string::npos);
  CHECK(in(words::Language::german).find("Schalte die Verschlüsselung für diesen Chat aus") != std::string::npos);
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
