#include "allocator/rules/rights.h"

#include <algorithm>

#include "allocator/rules/interrupted.h"

namespace rollcall::rules {

using model::Reason;
using model::Refusal;
using model::Role;

bool may_ask(const Settings& settings, const model::Address& asker) {
  return std::ranges::find(settings.allowed_domains, asker.domain()) != settings.allowed_domains.end();
}

Role role_of(const model::Conference& conference, const model::Address& person) {
  if (person.empty()) return Role::guest;
  if (conference.owner == person.bare()) return Role::owner;
  const bool is_place = person.bare() == conference.group.address;  // somebody whose address the group chat hides
  const auto found = conference.roles.find(is_place ? person : person.bare());
  return found == conference.roles.end() ? Role::guest : found->second;
}

bool may_join(const Settings& settings, const model::Conference& conference, const model::Address& person) {
  if (role_of(conference, person) >= Role::member) return true;
  if (conference.members_only) return false;
  return may_ask(settings, person) || conference.invitations.contains(person.bare());
}

bool may_know(const Settings& settings, const model::Conference& conference, const model::Address& person) {
  const bool is_in_group = conference.group.attended && person.bare() == conference.group.address;
  return is_in_group || may_join(settings, conference, person);
}

namespace {

bool is_service_of(const std::string& domain, const model::Address& group) {
  return group.domain() == domain || group.domain().ends_with("." + domain);
}

}  // namespace

bool is_at_home(const Settings& settings, const model::Address& group) {
  return std::ranges::any_of(settings.allowed_domains,
                             [&](const std::string& domain) { return is_service_of(domain, group); });
}

bool may_speak_for(const Settings& settings, const model::Address& group, const model::Address& person) {
  return is_service_of(person.domain(), group) || is_at_home(settings, group);
}

std::optional<Refusal> refusal_to_enter(const State& state, const model::Conference& conference,
                                        const model::Address& person) {
  const bool has_link = person.empty();
  if (conference.members_only && (has_link || role_of(conference, person) < Role::member)) {
    return Refusal{Reason::members_only, conference.title};
  }
  if (!has_link && !may_join(state.settings, conference, person)) return Refusal{Reason::not_allowed, conference.title};
  if (!has_link && conference.removed.contains(person.bare())) return Refusal{Reason::removed, conference.title};
  if (!conference.locked || (!has_link && role_of(conference, person) >= Role::moderator)) return std::nullopt;
  const bool is_in_already =
      !has_link && std::ranges::any_of(participants_of(state, conference.id), [&](const model::Participant* other) {
        return !other->address.empty() && other->address.bare() == person.bare();
      });
  if (is_in_already || is_awaited(state, conference, person)) return std::nullopt;
  return Refusal{Reason::locked, conference.title};
}

std::optional<Refusal> refusal_below(Role needed, const model::Conference& conference, const model::Address& person) {
  if (role_of(conference, person) >= needed) return std::nullopt;
  switch (needed) {
    case Role::guest:
      return std::nullopt;
    case Role::member:
      return Refusal{Reason::members_only, conference.title};
    case Role::moderator:
      return Refusal{Reason::moderators_only, conference.owner.text()};
    case Role::owner:
      return Refusal{Reason::owner_only, conference.owner.text()};
  }
  __builtin_unreachable();
}

std::optional<Refusal> refusal_to_invite(const Settings& settings, const model::Conference& conference,
                                         const model::Address& person) {
  if (!may_ask(settings, person)) return Refusal{Reason::not_allowed, person.domain()};
  if (conference.members_only || conference.locked) return refusal_below(Role::moderator, conference, person);
  return std::nullopt;
}

}  // namespace rollcall::rules
