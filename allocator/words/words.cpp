#include "allocator/words/words.h"

#include <cassert>

#include "allocator/words/english.h"
#include "allocator/words/german.h"

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

std::string_view pattern(model::Phrase phrase, Language language) {
  switch (language) {
    case Language::english:
      return english(phrase);
    case Language::german:
      return german(phrase);
  }
  __builtin_unreachable();
}

std::string_view pattern(model::Reason reason, Language language) {
  switch (language) {
    case Language::english:
      return english(reason);
    case Language::german:
      return german(reason);
  }
  __builtin_unreachable();
}

Language language_from_tag(std::string_view tag) {
  const bool is_german = tag.size() >= 2 && (tag[0] == 'd' || tag[0] == 'D') && (tag[1] == 'e' || tag[1] == 'E') &&
                         (tag.size() == 2 || tag[2] == '-' || tag[2] == '_');
  return is_german ? Language::german : Language::english;
}

std::string say(const model::Sentence& sentence, Language language) {
  if (sentence.list.empty()) return fill(pattern(sentence.phrase, language), sentence.values);
  std::string list;
  for (const model::Sentence& part : sentence.list) list += (list.empty() ? "" : ", ") + say(part, language);
  std::vector<std::string> values = sentence.values;
  values.push_back(std::move(list));
  return fill(pattern(sentence.phrase, language), values);
}

std::string explain(const model::Refusal& refusal, Language language) {
  return fill(pattern(refusal.reason, language), {refusal.subject});
}

}  // namespace rollcall::words
