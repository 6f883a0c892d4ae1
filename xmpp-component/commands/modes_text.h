#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "allocator/model/expected.h"
#include "allocator/model/modes.h"
#include "allocator/words/words.h"

namespace rollcall::component::commands {

/// `mobile +49170…, phone +4930… 08:00-17:00 desk, room sip:room@vc.example no-ring`, in English or German, an entry
/// behind each comma or in each line; `at once` for itself: everything rings together. `off`: none. Refuses bad_request
/// and bad_address with the entry.
[[nodiscard]] model::Expected<model::Modes> parse_modes(std::string_view text);

/// The same, a line each, for a form that is filled in already.
[[nodiscard]] std::vector<std::string> lines_of(const model::Modes& modes, words::Language language);

/// The mode that a word means, in any language; none: it means none.
[[nodiscard]] std::optional<model::CommunicationMode> mode_of_word(std::string_view word);

}  // namespace rollcall::component::commands
