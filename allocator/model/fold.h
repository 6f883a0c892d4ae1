#pragma once

#include <string>
#include <string_view>

namespace rollcall::model {

/// What is left of a text when case and marks above and below letters do not matter: “Jürgen Łukasz” → “jurgen lukasz”.
/// UTF-8 in and out. Latin, Greek and Cyrillic letters are folded; blanks at either end go, those between become one.
/// For comparing what people type with how others are called, never for addresses.
[[nodiscard]] std::string fold(std::string_view text);

}  // namespace rollcall::model
