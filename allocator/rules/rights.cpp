#include "allocator/rules/rights.h"

#include <algorithm>

namespace rollcall::rules {

bool may_ask(const Settings& settings, const model::Address& asker) {
  return std::ranges::find(settings.allowed_domains, asker.domain()) != settings.allowed_domains.end();
}

bool may_join(const Settings& settings, const model::Conference& conference, const model::Address& person) {
  return may_ask(settings, person) || conference.invitations.contains(person.bare());
}

bool may_end(const model::Conference& conference, const model::Address& person) {
  return conference.creator == person.bare();
}

}  // namespace rollcall::rules
