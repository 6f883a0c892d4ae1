#include "xmpp-component/status.h"

#include <algorithm>

#include "allocator/rules/indicator.h"

namespace rollcall::component {

using model::Phrase;
using words::Language;

namespace {

std::string names_in(const model::PresenceIndicator& indicator, Language language) {
  std::string names;
  const auto people = rules::people_in(indicator);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const std::string name = words::say(people[i], language);
    const bool is_stalled = std::ranges::find(indicator.stalled, indicator.names[i]) != indicator.stalled.end();
    names += (names.empty() ? "" : ", ") + (is_stalled ? words::say({Phrase::stalled, {name}}, language) : name);
  }
  return names;
}

}  // namespace

std::string status_of(const model::PresenceIndicator& indicator, Language language) {
  if (!indicator.running) return words::say({Phrase::idle}, language);
  const std::string count = std::to_string(indicator.names.size());
  return words::say({Phrase::running, {count, names_in(indicator, language)}}, language);
}

}  // namespace rollcall::component
