// Small reading and writing on gloox::Tag for the Jingle codecs. gloox knows a namespace only on the element that
// declares it, so these look upwards.
#pragma once

#include <gloox/tag.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::component::stanza {

using TagPtr = std::unique_ptr<gloox::Tag>;

/// The namespace that the element is in, inherited or own.
[[nodiscard]] std::string namespace_of(const gloox::Tag& tag);
[[nodiscard]] bool is(const gloox::Tag& tag, std::string_view name, std::string_view name_space);
/// The first child of that name and namespace; none: null.
[[nodiscard]] const gloox::Tag* child_of(const gloox::Tag& tag, std::string_view name, std::string_view name_space);
/// Without the blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// A whole decimal number in 0…`highest`.
[[nodiscard]] std::optional<std::uint32_t> number_in(std::string_view text, std::uint32_t highest);

[[nodiscard]] TagPtr element(const std::string& name, const std::string& name_space);
/// A child that says its namespace; none: the parent's. Owned by `parent`.
gloox::Tag& add_child(gloox::Tag& parent, const std::string& name, const std::string& name_space = {});

}  // namespace rollcall::component::stanza
