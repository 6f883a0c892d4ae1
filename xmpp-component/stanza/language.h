#pragma once

#include <gloox/tag.h>

#include <string>

namespace rollcall::component::stanza {

/// xml:lang of the element itself (BCP 47), empty if it has none. gloox knows the attribute by another name where it
/// parsed it than where it was added.
[[nodiscard]] inline std::string language_of(const gloox::Tag& tag) {
  for (const gloox::Tag::Attribute* attribute : tag.attributes()) {
    const bool is_parsed = attribute->name() == "lang" && attribute->prefix() == "xml";
    if (is_parsed || attribute->name() == "xml:lang") return attribute->value();
  }
  return {};
}

}  // namespace rollcall::component::stanza
