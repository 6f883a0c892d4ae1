// Every sentence that a person can receive, by language. Pure: a phrase and its values in, text out.
#pragma once

#include <string>
#include <string_view>

#include "allocator/model/refusal.h"
#include "allocator/model/sentence.h"

namespace rollcall::words {

enum class Language { english };

/// From an xml:lang (BCP 47); what we do not speak becomes English.
[[nodiscard]] Language language_from_tag(std::string_view tag);

/// A sentence with fewer values than its phrase asks for is a bug of the caller.
[[nodiscard]] std::string say(const model::Sentence& sentence, Language language);

/// Why something was not done, and what to do about it.
[[nodiscard]] std::string explain(const model::Refusal& refusal, Language language);

}  // namespace rollcall::words
