#include "allocator/words/words.h"

#include <cassert>

#include "allocator/words/english.h"

namespace rollcall::words {
namespace {

/// Puts the values where the text says {0}, {1}, …
std::string fill(std::string_view pattern, const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool is_place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
    if (!is_place) {
      text += pattern[i];
      continue;
    }
    const auto number = static_cast<std::size_t>(pattern[i + 1] - '0');
    assert(number < values.size());
    text += values[number];
    i += 2;
  }
  return text;
}

}  // namespace

Language language_from_tag(std::string_view /*tag*/) {
  return Language::english;
}

std::string say(const model::Sentence& sentence, Language language) {
  switch (language) {
    case Language::english:
      return fill(english(sentence.phrase), sentence.values);
  }
  __builtin_unreachable();
}

std::string explain(const model::Refusal& refusal, Language language) {
  switch (language) {
    case Language::english:
      return fill(english(refusal.reason), {refusal.subject});
  }
  __builtin_unreachable();
}

}  // namespace rollcall::words
