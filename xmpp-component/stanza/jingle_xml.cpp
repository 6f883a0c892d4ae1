#include "xmpp-component/stanza/jingle_xml.h"

#include <charconv>

namespace rollcall::component::stanza {

std::string namespace_of(const gloox::Tag& tag) {
  for (const gloox::Tag* at = &tag; at != nullptr; at = at->parent()) {
    if (std::string declared = at->xmlns(); !declared.empty()) return declared;
  }
  return {};
}

bool is(const gloox::Tag& tag, std::string_view name, std::string_view name_space) {
  return tag.name() == name && namespace_of(tag) == name_space;
}

const gloox::Tag* child_of(const gloox::Tag& tag, std::string_view name, std::string_view name_space) {
  for (const gloox::Tag* child : tag.children()) {
    if (is(*child, name, name_space)) return child;
  }
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<std::uint32_t> number_in(std::string_view text, std::uint32_t highest) {
  text = trimmed(text);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > highest) return std::nullopt;
  return number;
}

TagPtr element(const std::string& name, const std::string& name_space) {
  auto tag = std::make_unique<gloox::Tag>(name);
  if (!name_space.empty()) tag->setXmlns(name_space);
  return tag;
}

gloox::Tag& add_child(gloox::Tag& parent, const std::string& name, const std::string& name_space) {
  auto* child = new gloox::Tag(&parent, name);  // NOLINT: gloox owns it from here
  if (!name_space.empty()) child->setXmlns(name_space);
  return *child;
}

}  // namespace rollcall::component::stanza
