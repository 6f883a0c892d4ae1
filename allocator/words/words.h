// Every sentence that a person can receive, by language. Pure: a phrase and its values in, text out.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "allocator/model/refusal.h"
#include "allocator/model/sentence.h"

namespace rollcall::words {

enum class Language { english, german };

inline constexpr std::array all_languages{Language::english, Language::german};

/// From an xml:lang (BCP 47); what we do not speak becomes English.
[[nodiscard]] Language language_from_tag(std::string_view tag);

/// The catalogue's entry, with {0}, {1}, … where the values go.
[[nodiscard]] std::string_view pattern(model::Phrase phrase, Language language);
[[nodiscard]] std::string_view pattern(model::Reason reason, Language language);

/// A sentence with fewer values than its phrase asks for is a bug of the caller.
[[nodiscard]] std::string say(const model::Sentence& sentence, Language language);

/// Why something was not done, and what to do about it.
[[nodiscard]] std::string explain(const model::Refusal& refusal, Language language);

}  // namespace rollcall::words
