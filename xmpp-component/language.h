// In which language somebody is spoken to: that of his last stanza.
#pragma once

#include <functional>

#include "allocator/rules/allocator.h"
#include "allocator/words/words.h"
#include "xmpp-component/stanza/jingle_xml.h"

namespace rollcall::component {

/// As remembered; English for whom nothing is known of.
[[nodiscard]] words::Language language_of(const rules::Allocator& allocator, const model::Address& person);

/// As this stanza says, otherwise as remembered.
[[nodiscard]] words::Language language_of(const rules::Allocator& allocator, const gloox::Tag& stanza);

/// Remembers the language and the nick (XEP-0172) that a person's message, presence or iq tells. Errors tell nothing.
void see_person(const gloox::Tag& stanza, const std::function<void(const rules::Event&)>& happens);

}  // namespace rollcall::component
