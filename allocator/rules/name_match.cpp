#include "allocator/rules/name_match.h"

#include <algorithm>
#include <set>

#include "allocator/model/fold.h"

namespace rollcall::rules {
namespace {

using model::Address;
using model::fold;

/// How somebody can be called.
struct Names {
  std::string shown;                     ///< folded
  std::vector<std::string> others = {};  ///< folded
};

enum class Likeness { none, beginning, other, shown };

bool has_word_that_begins(const std::string& name, const std::string& wanted) {
  for (auto at = name.find(wanted); at != std::string::npos; at = name.find(wanted, at + 1)) {
    constexpr std::string_view between_words = " .-_@";
    if (at == 0 || between_words.find(name[at - 1]) != std::string_view::npos) return true;
  }
  return false;
}

Likeness likeness(const Names& names, const std::string& wanted) {
  if (names.shown == wanted) return Likeness::shown;
  if (std::ranges::find(names.others, wanted) != names.others.end()) return Likeness::other;
  const bool begins =
      has_word_that_begins(names.shown, wanted) ||
      std::ranges::any_of(names.others, [&](const std::string& name) { return name.starts_with(wanted); });
  return begins ? Likeness::beginning : Likeness::none;
}

Names names_of(const State& state, std::string_view shown, const Address& address) {
  Names names{.shown = fold(shown)};
  if (address.empty()) return names;
  names.others = {fold(address.bare().text()), fold(address.node())};
  const model::Person* person = find_person(state, address);
  if (person != nullptr && !person->nick.empty()) names.others.push_back(fold(person->nick));
  return names;
}

/// Those of `all` that are most like `text`.
template <class Each, class NamesOf>
std::vector<Each> most_like(const std::vector<Each>& all, std::string_view text, NamesOf names_of_each) {
  const std::string wanted = fold(text);
  std::vector<Each> found;
  Likeness best = Likeness::beginning;
  if (wanted.empty()) return found;
  for (const Each& one : all) {
    const Likeness like = likeness(names_of_each(one), wanted);
    if (like > best) found.clear();
    best = std::max(best, like);
    if (like == best) found.push_back(one);
  }
  return found;
}

}  // namespace

std::vector<const model::Participant*> participants_called(const State& state, const model::ConferenceId& conference,
                                                           std::string_view text) {
  auto found = most_like(participants_of(state, conference), text, [&](const model::Participant* participant) {
    return names_of(state, participant->name, participant->address);
  });
  std::set<Address> seen;
  std::erase_if(found, [&](const model::Participant* participant) {
    return !participant->address.empty() && !seen.insert(participant->address.bare()).second;
  });
  return found;
}

std::vector<Address> people_called(const State& state, const model::Conference& conference, std::string_view text) {
  if (const auto typed = Address::parse(text); typed && !typed->node().empty()) return {typed->bare()};
  const auto in_call = participants_called(state, conference.id, text);
  std::set<Address> people{conference.owner};
  for (const auto& [person, role] : conference.roles) {
    if (person.bare() != conference.group.address) people.insert(person);
  }
  for (const auto& [person, invitation] : conference.invitations) people.insert(person);
  people.insert(conference.holders.begin(), conference.holders.end());
  const std::vector<Address> all(people.begin(), people.end());
  auto found = most_like(all, text, [&](const Address& person) { return names_of(state, person.node(), person); });
  for (const model::Participant* participant : in_call) {
    const Address person = participant->address.bare();
    if (!participant->address.empty() && std::ranges::find(found, person) == found.end()) found.push_back(person);
  }
  return found;
}

}  // namespace rollcall::rules
