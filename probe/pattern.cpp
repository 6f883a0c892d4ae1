#include "probe/pattern.h"

#include <glib.h>

#include <memory>

namespace rollcall::probe {
namespace {

using Regex = std::unique_ptr<GRegex, void (*)(GRegex*)>;

Regex compile(const std::string& pattern) {
  return {g_regex_new(pattern.c_str(), GRegexCompileFlags{}, GRegexMatchFlags{}, nullptr), g_regex_unref};
}

}  // namespace

bool is_pattern(const std::string& pattern) {
  return compile(pattern) != nullptr;
}

bool matches(const std::string& text, const std::string& pattern) {
  const auto regex = compile(pattern);
  return regex && g_regex_match(regex.get(), text.c_str(), GRegexMatchFlags{}, nullptr);
}

}  // namespace rollcall::probe
